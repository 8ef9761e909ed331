"""What becomes of the claims when a coordinator or the clock changes the sitting itself."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from services.capacity.domain.claims import Claim
from services.capacity.domain.kitchen import Kitchen
from services.capacity.domain.places import Sitting
from services.capacity.domain.seating import Decision, Seating
from shared.contracts.seats import Standing, Why
from shared.contracts.sitting import SittingStatus, WaitlistPolicy


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
    """Change a sitting; `waiting` is its whole line. Raised limits seat who waits, lowered ones take nothing back."""
    reopened = sitting.waitlist_closed and cutoff_at > now
    changed = replace(
        sitting.under(kitchen, confirmed_only=confirmed_only),
        status=status,
        cutoff_at=cutoff_at,
        waitlist_closed=sitting.waitlist_closed and not reopened,
    )
    seating = Seating(changed, waiting)
    seating.refuse_who_can_never_fit()
    seating.walk()
    return seating.decision()


def under_policy(sitting: Sitting, waiting: Iterable[Claim], policy: WaitlistPolicy) -> Decision:
    """The waiting list follows another policy, which may seat some of those who wait; `waiting` is the whole line."""
    seating = Seating(replace(sitting, policy=policy), waiting)
    seating.walk()
    return seating.decision()


def count_confirmed_cooks(sitting: Sitting, waiting: Iterable[Claim]) -> Decision:
    """From now on only those who have a place to cook count; `waiting` is as much of the line as can matter."""
    seating = Seating(sitting.under(sitting.kitchen, confirmed_only=True), waiting)
    seating.walk()
    return seating.decision()


def cancel(sitting: Sitting, claims: Iterable[Claim]) -> Decision:
    """Cancel a sitting for good: everybody who has a seat or waits is told."""
    seating = Seating(replace(sitting, status=SittingStatus.CANCELLED), claims)
    for claim in claims:
        if claim.standing in {Standing.HELD, Standing.WAITLISTED}:
            seating.put(claim.ended(Why.SITTING_CANCELLED))
    return seating.decision()


def close_waitlist(sitting: Sitting, waiting: Iterable[Claim], *, all_of_them: bool) -> Decision:
    """The cutoff is over: these no longer wait. The list is closed if they were all of it."""
    seating = Seating(sitting, waiting)
    seating.close_line()
    seating.sitting = replace(seating.sitting, waitlist_closed=all_of_them)
    return seating.decision()
