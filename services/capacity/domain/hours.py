"""Local days and hours, and the instants in UTC that follow from them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

YEARS = range(2000, 2200)  # in which meals can take place
MAX_DAYS_BEFORE = 14


def instant(day: date, at: time, zone: str) -> datetime:
    """A local date and time as an instant in UTC.

    An hour that comes twice (the clocks go back) is the first of the two; one that never comes (they go forward) is as
    much later as the clocks went forward: 2:30 that night is 3:30.
    """
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def comes(day: date, at: time, zone: str) -> bool:
    """Whether the clocks of the zone show that hour on that day: not in the hour that they leap over."""
    return instant(day, at, zone).astimezone(ZoneInfo(zone)).time() == at


def clock_changes(day: date, since: time, until: time, zone: str) -> bool:
    """Whether the clocks of the zone are put forward or back between these hours of a day.

    In Paris on 28 March 2027, at 2 in the morning: between 01:30 and 03:30, for example.
    """
    begins, ends = (datetime.combine(day, at, ZoneInfo(zone)) for at in (since, until))
    return begins.utcoffset() != ends.utcoffset()


@dataclass(frozen=True, kw_only=True)
class HourBefore:
    """An hour on the cantine's clock, so many days before the meal; 0 days: on the day itself."""

    days: int
    at: time

    def instant(self, day: date, zone: str) -> datetime:
        """When that is for a meal on this day, in UTC."""
        return instant(day - timedelta(days=self.days), self.at, zone)
