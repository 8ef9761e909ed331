"""Meals for calendar programs: iCalendar (RFC 5545), which they fetch again and again from one address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

REFRESH = timedelta(hours=1)
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)  # a SEQUENCE counts its seconds: 32 bits last until 2088


@dataclass(frozen=True, kw_only=True)
class Meal:
    """One meal as a calendar shows it. Instants are UTC; they are written on the clock of `zone` (IANA).

    `uid` never changes. `replanned_at` is when the meal last changed for whoever comes: calendars order versions by it,
    so it never goes back. `changed_at` is when anything that is shown last changed.
    """

    uid: str
    begins_at: datetime
    ends_at: datetime
    zone: str
    title: str
    text: str
    place: str
    url: str
    cancelled: bool
    replanned_at: datetime
    changed_at: datetime


def ics(name: str, meals: Sequence[Meal], *, language: str) -> bytes:
    """A calendar. The same meals give the same bytes, so that their hash says whether anything changed."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Tablée//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for meal in meals:
        calendar.add_component(_event(meal))
    if meals:  # zones are described for the years of these meals
        first, last = min(meal.begins_at for meal in meals).year, max(meal.ends_at for meal in meals).year
        calendar.add_missing_timezones(first_date=date(first - 1, 1, 1), last_date=date(last + 2, 1, 1))
    text: bytes = calendar.to_ical()
    return text


def instant_of(revision: int) -> datetime:
    """When a revision was given: revisions are the microseconds of a database's clock."""
    return datetime.fromtimestamp(revision // 1_000_000, UTC)


def _event(meal: Meal) -> Event:
    zone = ZoneInfo(meal.zone)
    event = Event()
    event.add("uid", meal.uid)
    event.add("dtstamp", meal.changed_at)
    event.add("last-modified", meal.changed_at)
    event.add("sequence", max(0, int((meal.replanned_at - _EPOCH).total_seconds())))
    event.add("dtstart", meal.begins_at.astimezone(zone))
    event.add("dtend", meal.ends_at.astimezone(zone))
    event.add("summary", meal.title)
    event.add("description", meal.text)
    event.add("location", meal.place)
    event.add("url", meal.url)
    event.add("status", "CANCELLED" if meal.cancelled else "CONFIRMED")
    return event
