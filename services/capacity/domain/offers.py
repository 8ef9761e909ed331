"""When places that come free are offered, rather than given, and for how long.

While there is time, who waits simply gets them. Nearer the cutoff somebody may have made other plans: the places are
kept for one party, which is asked. The time to answer shrinks with what is left, and stands still in quiet hours.
"""

from datetime import datetime, timedelta

from services.capacity.domain.places import Sitting
from shared.contracts.seats import Offer
from shared.contracts.sitting import WaitlistPolicy
from shared.quiet_hours import awake_after, awake_between

GRACE = timedelta(seconds=60)  # an answer may be on its way
WINDOWS = (timedelta(hours=24), timedelta(hours=2), timedelta(minutes=20))
AT_ONCE = 5  # parties to whom one set of seats may be offered
SHARED_WITHIN = timedelta(hours=2)  # of the cutoff, and only under the policy *fill*
WORTH_ASKING = timedelta(minutes=10)  # nobody is asked into an offer that ends sooner


def asks_first(sitting: Sitting, now: datetime) -> bool:
    """Whether who waits is asked first: from so many hours before the cutoff on, as the cantine chose."""
    return sitting.cutoff_at - timedelta(hours=sitting.offers_hours) <= now < sitting.cutoff_at


def is_shared(sitting: Sitting, now: datetime) -> bool:
    """Whether the same places may be offered to several parties: the first yes wins."""
    fills = sitting.policy is WaitlistPolicy.FILL
    return fills and asks_first(sitting, now) and now >= sitting.cutoff_at - SHARED_WITHIN


def time_to_answer(left: timedelta) -> timedelta:
    """The longest window that leaves as much time again for the next in line; the shortest if none does. `left` is
    without quiet hours, as windows are.
    """
    return next((window for window in WINDOWS if 2 * window <= left), WINDOWS[-1])


def ends_at(sitting: Sitting, now: datetime) -> datetime:
    """Until when an offer that is made now holds (UTC): never beyond the cutoff."""
    window = time_to_answer(awake_between(now, sitting.cutoff_at, sitting.zone))
    return min(awake_after(now, window, sitting.zone), sitting.cutoff_at)


def is_over(offer: Offer, at: datetime) -> bool:
    """Whether a yes at that instant is too late."""
    return at > offer.until + GRACE
