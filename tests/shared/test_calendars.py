"""Calendars, read by a parser that is not ours."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from shared.calendars import Meal, ics, instant_of

PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2026, 12, 1, 11, 30, tzinfo=UTC)


def a_meal(begins_at: datetime = NOON, **changes: object) -> Meal:
    values: dict[str, object] = {
        "uid": "lunch@tablee",
        "begins_at": begins_at,
        "ends_at": begins_at + timedelta(hours=2),
        "zone": "Europe/Paris",
        "title": "Repas; à Vaise, 12 h 30",
        "text": "Soupe\nTarte, crème",
        "place": "14 rue des Trois-Marmites",
        "url": "http://127.0.0.1:8000/meals/lunch",
        "cancelled": False,
        "replanned_at": NOON,
        "changed_at": NOON,
    }
    return Meal(**{**values, **changes})  # type: ignore[arg-type]


def parsed(*meals: Meal) -> list[Event]:
    return Calendar.from_ical(ics("Vaise", meals, language="fr")).events


def in_a_zone_that_only_the_file_describes(meal: Meal) -> datetime:
    """The beginning as a program reads it that knows no zone but those in the file."""
    unknown = f"Cantine-{meal.begins_at.timestamp()}"  # each time another: the parser keeps the zones that it has read
    text = ics("Vaise", [meal], language="fr").replace(b"Europe/Paris", unknown.encode())
    begins: datetime = Calendar.from_ical(text).events[0].DTSTART
    return begins.astimezone(UTC)


def test_what_is_said_comes_back() -> None:
    (event,) = parsed(a_meal())
    assert (event.uid, event["summary"]) == ("lunch@tablee", "Repas; à Vaise, 12 h 30")
    assert (event.description, event.location) == ("Soupe\nTarte, crème", "14 rue des Trois-Marmites")
    assert (str(event["status"]), event.DTSTART, event.DTEND) == ("CONFIRMED", NOON, NOON + timedelta(hours=2))
    assert event["dtstart"].params["TZID"] == "Europe/Paris"


@pytest.mark.parametrize("change", [date(2026, 10, 25), date(2027, 3, 28)], ids=["winter", "summer"])
@pytest.mark.parametrize("days", [-1, 0, 1])
def test_lunch_is_at_half_past_twelve_before_at_and_after_a_clock_change(change: date, days: int) -> None:
    begins_at = datetime.combine(change + timedelta(days), time(12, 30), PARIS).astimezone(UTC)
    meal = a_meal(begins_at)
    (event,) = parsed(meal)
    assert event.DTSTART.time() == time(12, 30) and begins_at == event.DTSTART
    assert in_a_zone_that_only_the_file_describes(meal) == begins_at


@pytest.mark.parametrize("change", [date(2026, 10, 25), date(2027, 3, 28)], ids=["winter", "summer"])
def test_a_clock_change_inside_a_meal_makes_it_no_longer(change: date) -> None:
    begins_at = datetime.combine(change, time(1, 30), PARIS).astimezone(UTC)
    (event,) = parsed(a_meal(begins_at, ends_at=begins_at + timedelta(hours=3)))
    assert event.DTEND.astimezone(UTC) - event.DTSTART.astimezone(UTC) == timedelta(hours=3)


@given(st.dates(date(2026, 1, 1), date(2034, 1, 1)), st.times(time(6)))
def test_at_any_hour_when_people_eat_the_zone_in_the_file_is_right(day: date, at: time) -> None:
    begins_at = datetime.combine(day, at.replace(microsecond=0), PARIS).astimezone(UTC)
    assert in_a_zone_that_only_the_file_describes(a_meal(begins_at)) == begins_at


def test_a_later_plan_has_a_higher_sequence_and_the_same_uid() -> None:
    (before,) = parsed(a_meal())
    (after,) = parsed(a_meal(NOON + timedelta(days=1), replanned_at=NOON + timedelta(seconds=1)))
    assert after.uid == before.uid and after.sequence == before.sequence + 1


def test_a_sequence_fits_in_the_32_bits_that_programs_keep() -> None:
    (event,) = parsed(a_meal(replanned_at=datetime(2087, 1, 1, tzinfo=UTC)))
    assert 0 <= event.sequence < 2**31


def test_a_cancelled_meal_says_so() -> None:
    (event,) = parsed(a_meal(cancelled=True))
    assert str(event["status"]) == "CANCELLED"


def test_the_same_meals_are_the_same_bytes() -> None:
    assert ics("Vaise", [a_meal()], language="fr") == ics("Vaise", [a_meal()], language="fr")
    assert parsed() == []


def test_a_revision_is_an_instant() -> None:
    assert instant_of(int(NOON.timestamp() * 1_000_000) + 7) == NOON
