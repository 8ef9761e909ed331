"""A call for cooks: for one sitting, to people who agreed to be asked, until enough have a place to cook.

Capacity knows how many cooks are sought; booking knows the people, and asks them.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.capacity.domain.mending import mending
from services.capacity.domain.places import Sitting
from shared.contracts.sitting import SittingStatus

MOST_CALL_HOURS = 168  # before the cutoff
TIME_TO_FILL = timedelta(hours=2)  # of a meal that was just opened


class NobodyIsSought(Exception):
    """There are cooks enough, or the meal takes no more."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call: until when (UTC) `wanted` cooks in all should have a place, of whom `sought` have none yet.

    Once nobody is sought it is over, and a cook who withdraws after that is a reason for a new one. `by` is the member
    of staff who called, None for the cantine's rule.
    """

    id: str
    wanted: int
    sought: int
    until: datetime
    at: datetime
    by: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether cooks are still sought."""
        return self.sought > 0


def cooks_wanted(sitting: Sitting, least: int) -> int:
    """How many cooks there should be in all: as many as the cantine needs at `least`, as its kitchen was planned with,
    and as mend the sitting if it is at risk; never more than there are places for.
    """
    kitchen, mend = sitting.kitchen, mending(sitting)
    planned = kitchen.planned_cooks or 0 if kitchen.hands else 0
    to_mend = sitting.cooks_held + (mend.cooks or 0) if mend else 0
    return min(kitchen.cook_places, max(least, planned, to_mend))


def cooks_missing(sitting: Sitting, least: int) -> int:
    """How many cooks are missing who could come; none where nobody can any more. Cooks eat too: each needs a chair."""
    if sitting.status is not SittingStatus.OPEN:
        return 0
    return min(sitting.chairs_left, max(0, cooks_wanted(sitting, least) - sitting.cooks_held))


def new_call(call_id: str, sitting: Sitting, least: int, *, until: datetime, by: str | None, now: datetime) -> Call:
    """A call for the cooks that are missing. Raises NobodyIsSought."""
    missing = cooks_missing(sitting, least)
    if not missing or now >= until:
        raise NobodyIsSought
    return Call(id=call_id, wanted=sitting.cooks_held + missing, sought=missing, until=until, at=now, by=by)


def rule_looks_at(cutoff_at: datetime, opened_at: datetime | None, hours: int) -> datetime:
    """When a cantine's rule looks whether cooks are missing: some hours before the cutoff, but not at once when a meal
    was just opened.
    """
    at = cutoff_at - timedelta(hours=hours)
    return max(at, opened_at + TIME_TO_FILL) if opened_at else at


def followed(call: Call, sitting: Sitting, until: datetime) -> Call:
    """The call as it stands after the sitting has changed; one that is over stays over."""
    if not call.is_open:
        return call
    open_still = sitting.status is SittingStatus.OPEN
    return replace(call, sought=max(0, call.wanted - sitting.cooks_held) if open_still else 0, until=until)


def ended(call: Call) -> Call:
    """The call, once nobody is sought any more."""
    return replace(call, sought=0)
