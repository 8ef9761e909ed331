"""What all decisions end with: keep what was decided, note in the history who decided it, and say it.

Only here is a plan kept, so no change of a sitting can stay out of its history.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from services.capacity.domain.allotments import NEWCOMERS
from services.capacity.domain.claims import Claim
from services.capacity.domain.history import Author, changes
from services.capacity.domain.sittings import PlannedSitting
from services.capacity.store import alerts as alert_store
from services.capacity.store import cantines as cantine_store
from services.capacity.store import claims as claim_store
from services.capacity.store import history
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.alerts import watch
from shared.contracts.cook_call import CookCall
from shared.contracts.seats import SeatsAnswer, Why
from shared.contracts.sitting import Cantine, PartnerPlaces, SittingNotice
from shared.messaging.service import UnitOfWork

Changed = tuple[PlannedSitting | None, PlannedSitting]  # as it was (None: not there), and as it is


def conclude(
    work: UnitOfWork, changed: Sequence[Changed], claims: Iterable[Claim], public_url: str, by: Author
) -> list[PlannedSitting]:
    """Keep changed sittings and claims under new revisions, and say them; raise and ease the alerts that follow, and
    end the calls for cooks that have found enough.

    What somebody decided of a sitting is in its history. Returns the sittings as kept.
    """
    kept_claims = [replace(claim, revision=work.next_revision(claim.revision)) for claim in claims]
    claim_store.save(work.conn, kept_claims)
    for claim in kept_claims:
        work.say(seats_answer(claim))
    if not changed:
        return []
    places = alert_store.places(work.conn, {after.cantine for _before, after in changed})
    sittings = [replace(after, revision=work.next_revision(after.revision)) for _before, after in changed]
    sittings = _with_calls_followed(work, watch(work, sittings, places, public_url))
    sitting_store.save(work.conn, sittings)
    history.note(work.conn, work.now, by, [(after.id, changes(before, after)) for before, after in changed])
    _say(work, sittings, {slug: place.cantine for slug, place in places.items()})
    return sittings


def _with_calls_followed(work: UnitOfWork, sittings: Sequence[PlannedSitting]) -> list[PlannedSitting]:
    """The sittings with their calls for cooks as they stand now; of those that changed, the others are told."""
    followed = [one.with_call_followed() for one in sittings]
    for before, after in zip(sittings, followed, strict=True):
        if after.call != before.call:
            work.say(cook_call(after))
    return followed


def say_sittings(work: UnitOfWork, sittings: Sequence[PlannedSitting]) -> None:
    """Say how these sittings stand."""
    if sittings:
        cantines = cantine_store.some(work.conn, {one.cantine for one in sittings})
        _say(work, sittings, cantines)


def _say(work: UnitOfWork, sittings: Sequence[PlannedSitting], cantines: Mapping[str, Cantine]) -> None:
    for one in sittings:
        work.say(sitting_notice(one, cantines[one.cantine]))


def seats_answer(claim: Claim) -> SeatsAnswer:
    """A claim, as booking hears it."""
    return SeatsAnswer(
        thing=claim.booking,
        revision=claim.revision,
        answers=claim.request_revision,
        sitting=claim.sitting,
        standing=claim.standing,
        held=claim.held,
        wished=claim.wished,
        asked_at=claim.asked_at,
        why=claim.why,
        offer=claim.offer,
        meals_left=claim.meals_left if claim.why is Why.MEALS_USED_UP else None,
    )


def sitting_notice(one: PlannedSitting, cantine: Cantine) -> SittingNotice:
    """A sitting, as the others hear it."""
    seating = one.seating
    kept = seating.still_kept
    return SittingNotice(
        thing=one.id,
        revision=one.revision,
        cantine=cantine,
        date=one.date,
        cooking_starts=one.cooking_starts,
        meal_starts=one.meal_starts,
        starts_at=one.starts_at,
        cutoff_at=seating.cutoff_at,
        status=seating.status,
        menu=one.menu,
        allergens=one.allergens,
        break_even_price=one.break_even_price,
        seats=seating.limits.seats,
        seats_left=seating.seats_left,
        cook_places=seating.limits.cook_places,
        cook_places_left=seating.cook_places_left,
        waitlist_length=seating.waitlist_length,
        at_risk=seating.at_risk,
        diets=one.diets,
        food_price=one.food_price,
        waitlist_policy=seating.policy,
        largest_party=seating.kitchen.most_on_one_booking(),
        newcomer_seats=kept.get(NEWCOMERS, 0),
        partners=tuple(
            PartnerPlaces(
                id=partner.id,
                name=partner.name,
                kept=kept.get(partner.id, 0),
                largest_party=seating.kitchen.most_on_one_booking(partner.id),
            )
            for partner in seating.kitchen.partners
        ),
        walk_ins=seating.kitchen.walk_in_seats,
    )


def cook_call(one: PlannedSitting) -> CookCall:
    """The call for cooks of a sitting for which there is or was one, as booking hears it."""
    call = one.call
    assert call
    return CookCall(
        thing=one.id, revision=one.revision, call=call.id, cantine=one.cantine, sought=call.sought, until=call.until
    )
