"""What becomes of the claims when a coordinator or the clock changes the sitting itself."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from services.capacity.domain.claims import Claim
from services.capacity.domain.kitchen import Kitchen
from services.capacity.domain.offers import is_over
from services.capacity.domain.places import Sitting
from services.capacity.domain.rules import WaitingRules
from services.capacity.domain.seating import Decision, Seating
from shared.contracts.seats import Standing, Why
from shared.contracts.sitting import SittingStatus


def edit(
    sitting: Sitting,
    waiting: Iterable[Claim],
    *,
    kitchen: Kitchen,
    confirmed_only: bool = False,
    status: SittingStatus,
    cutoff_at: datetime,
    now: datetime,
) -> Decision:
    """Change a sitting; `waiting` is its whole line, and who has an offer.

    Raised limits seat who waits, lowered ones take nothing back: no seat, and no offer before its end.
    """
    reopened = sitting.waitlist_closed and cutoff_at > now
    changed = replace(
        sitting.planned_anew(kitchen, cutoff_at).under(kitchen, confirmed_only=confirmed_only),
        status=status,
        waitlist_closed=sitting.waitlist_closed and not reopened,
        untaken=sitting.untaken if cutoff_at == sitting.cutoff_at else 0,
    )
    seating = Seating(changed, waiting, now)
    if confirmed_only:
        seating.seat_cooks_who_are_asked()
    seating.refuse_who_can_never_fit()
    seating.walk()
    return seating.decision()


def under_rules(sitting: Sitting, waiting: Iterable[Claim], rules: WaitingRules, now: datetime) -> Decision:
    """The waiting list follows other rules, which may seat some of those who wait; `waiting` is the whole line, and who
    has an offer, which stands.
    """
    seating = Seating(sitting.ruled(rules), waiting, now)
    seating.walk()
    return seating.decision()


def count_confirmed_cooks(sitting: Sitting, waiting: Iterable[Claim], now: datetime) -> Decision:
    """From now on only those who have a place to cook count; `waiting` is as much of the line as can matter, and who
    has an offer: the cooks among them have their places now.
    """
    seating = Seating(sitting.under(sitting.kitchen, confirmed_only=True), waiting, now)
    seating.seat_cooks_who_are_asked()
    seating.walk()
    return seating.decision()


def release(sitting: Sitting, waiting: Iterable[Claim], now: datetime, *, kinds: Iterable[str] = ()) -> Decision:
    """Seats whose hour has come are kept no longer, nor those that a person releases now (`kinds`): who waits gets
    them, as any that come free. `waiting` is as much of the line as can matter, and who has an offer.
    """
    seating = Seating(sitting.releasing(kinds), waiting, now)
    seating.walk()
    return seating.decision()


def without_meals(sitting: Sitting, waiting: Iterable[Claim], now: datetime, *, left: Mapping[str, int]) -> Decision:
    """Who waits for more meals than are `left` of the month to their partner (by id), whatever becomes of offers, hears
    so, and leaves the line. `waiting` is the whole line, and who has an offer.
    """
    seating = Seating(sitting, waiting, now)
    for claim in waiting:
        meals = left.get(claim.kind or "")
        if claim.waits_for and meals is not None and claim.more > meals:
            seating.put(replace(claim, meals_left=meals).refused(Why.MEALS_USED_UP))
    seating.walk()
    return seating.decision()


def expire_offers(sitting: Sitting, claims: Iterable[Claim], now: datetime) -> Decision:
    """Whose time to answer is over leaves the line: before the cutoff the next are asked, and they may come back; after
    it booking is closed.

    `claims` are those with an offer, and as much of the line as can matter.
    """
    seating = Seating(sitting, claims, now)
    for claim in claims:
        if claim.offer and is_over(claim.offer, now):
            seating.put(claim.refused(Why.OFFER_EXPIRED if now < sitting.cutoff_at else Why.PAST_CUTOFF))
    if now < sitting.cutoff_at:
        seating.walk()
    if sitting.waitlist_closed:
        seating.close_line()
    return seating.decision()


def found_again(sitting: Sitting, claims: Iterable[Claim]) -> Sitting:
    """A sitting that was lost, as it is made anew: those who have a place at it kept it."""
    claims = list(claims)
    kinds = {claim.kind for claim in claims if claim.kind}
    return replace(
        sitting,
        held=sum(claim.taken.seats for claim in claims),
        cooks_held=sum(claim.taken.cooks for claim in claims),
        waitlist_length=sum(bool(claim.waits_for) for claim in claims),
        offered=sum(bool(claim.offer) for claim in claims),
        taken_by={kind: taken for kind in kinds if (taken := _people(claims, kind))},
    ).overhanging()


def _people(claims: Iterable[Claim], kind: str) -> int:
    return sum(claim.taken.seats for claim in claims if claim.kind == kind)


def cancel(sitting: Sitting, claims: Iterable[Claim], now: datetime) -> Decision:
    """Cancel a sitting for good: everybody who has a seat, is offered one or waits is told."""
    seating = Seating(replace(sitting, status=SittingStatus.CANCELLED), claims, now)
    for claim in claims:
        if claim.standing in {Standing.HELD, Standing.OFFERED, Standing.WAITLISTED}:
            seating.put(claim.ended(Why.SITTING_CANCELLED))
    return seating.decision()


def close_waitlist(sitting: Sitting, waiting: Iterable[Claim], now: datetime, *, all_of_them: bool) -> Decision:
    """The cutoff is over: these no longer wait. The list is closed if they were all of it. Offers stand."""
    seating = Seating(sitting, waiting, now)
    seating.close_line()
    seating.sitting = replace(seating.sitting, waitlist_closed=all_of_them)
    return seating.decision()
