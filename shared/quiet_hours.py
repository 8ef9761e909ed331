"""The hours in which nobody is disturbed, on a cantine's own clock. Right across the changes of that clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BEGIN, END = time(21, 0), time(8, 0)  # local; END is on the next day


def awake(at: datetime, zone: str) -> datetime:
    """This instant, or, if it is quiet then, the one at which that ends (UTC)."""
    local = at.astimezone(ZoneInfo(zone))
    if local.time() >= BEGIN:
        return _instant(local.date() + timedelta(days=1), END, zone)
    return _instant(local.date(), END, zone) if local.time() < END else at


def awake_after(at: datetime, span: timedelta, zone: str) -> datetime:
    """The instant (UTC) at which so much time has gone by since then, quiet hours not counted."""
    while True:
        at = awake(at, zone)
        ends = _instant(at.astimezone(ZoneInfo(zone)).date(), BEGIN, zone)
        if at + span <= ends:
            return at + span
        span -= ends - at
        at = ends


def awake_between(since: datetime, until: datetime, zone: str) -> timedelta:
    """How much time goes by from one instant to another, quiet hours not counted; nothing if `until` is earlier."""
    span = timedelta()
    at = awake(since, zone)
    while at < until:
        ends = min(_instant(at.astimezone(ZoneInfo(zone)).date(), BEGIN, zone), until)
        span += ends - at
        at = awake(ends, zone) if ends < until else until
    return span


def _instant(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
