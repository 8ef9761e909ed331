"""What all decisions end with: keep what was decided, and say it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.capacity.domain.addresses import sitting_page
from services.capacity.domain.alerts import is_full
from services.capacity.domain.claims import Claim
from services.capacity.domain.sittings import PlannedSitting
from services.capacity.domain.staff import Staff
from services.capacity.store import cantines as cantine_store
from services.capacity.store import claims as claim_store
from services.capacity.store import sittings as sitting_store
from services.capacity.store import staff as staff_store
from shared.contracts.alert import AlertKind, CapacityAlert, Recipient
from shared.contracts.seats import SeatsAnswer
from shared.contracts.sitting import Cantine, SittingNotice
from shared.messaging.service import UnitOfWork


def conclude(
    work: UnitOfWork, sittings: Sequence[PlannedSitting], claims: Iterable[Claim], public_url: str
) -> list[PlannedSitting]:
    """Keep changed sittings and claims under new revisions, and say them; tell coordinators once of a full sitting.

    Returns the sittings as kept.
    """
    kept_claims = [replace(claim, revision=work.next_revision(claim.revision)) for claim in claims]
    claim_store.save(work.conn, kept_claims)
    for claim in kept_claims:
        work.say(seats_answer(claim))
    sittings = [replace(one, revision=work.next_revision(one.revision)) for one in sittings]
    sittings = _alert(work, sittings, public_url)
    sitting_store.save(work.conn, sittings)
    say_sittings(work, sittings)
    return sittings


def say_sittings(work: UnitOfWork, sittings: Sequence[PlannedSitting]) -> None:
    """Say how these sittings stand."""
    if sittings:
        cantines = cantine_store.some(work.conn, {one.cantine for one in sittings})
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
    )


def sitting_notice(one: PlannedSitting, cantine: Cantine) -> SittingNotice:
    """A sitting, as the others hear it."""
    seating = one.seating
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
    )


def _alert(work: UnitOfWork, sittings: Sequence[PlannedSitting], public_url: str) -> list[PlannedSitting]:
    """Tell the coordinators of each sitting that is full for the first time; the sittings, marked as told."""
    full = {one.id for one in sittings if one.full_alerted_at is None and is_full(one.seating)}
    if not full:
        return list(sittings)
    people = staff_store.to_alert(work.conn, {one.cantine for one in sittings if one.id in full})
    return [_told(work, one, people, public_url) if one.id in full else one for one in sittings]


def _told(work: UnitOfWork, one: PlannedSitting, people: Sequence[Staff], public_url: str) -> PlannedSitting:
    recipients = tuple(
        Recipient(name=person.name, email=person.email, language=person.language)
        for person in people
        if person.email and one.cantine in person.cantines
    )
    if not recipients:
        return one
    work.say(
        CapacityAlert(
            thing=f"full-{one.id}",
            revision=work.next_revision(),
            alert=AlertKind.SITTING_FULL,
            sitting=one.id,
            covers=one.seating.held,
            cooks=one.seating.cooks_held,
            waitlist_length=one.seating.waitlist_length,
            link=sitting_page(public_url, one.id),
            recipients=recipients,
        )
    )
    return replace(one, full_alerted_at=work.now)
