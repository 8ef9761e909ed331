"""Local days and hours, and plans that cannot be followed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from services.capacity.domain.flaws import Flaw
from services.capacity.domain.hours import HourBefore, instant
from services.capacity.domain.kitchen import Kitchen, OwnKitchen
from services.capacity.domain.sittings import CUTOFF, FlawedPlan, Plan, check

PARIS = "Europe/Paris"
USUAL = Kitchen()
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PLAN = Plan(
    date=date(2026, 12, 1),
    cooking_starts=time(9, 30),
    meal_starts=time(12, 30),
    kitchen=OwnKitchen(room=34, cook_places=8),
    menu="Soupe",
    allergens=("milk",),
    break_even_price=1250,
)


@pytest.mark.parametrize(
    ("day", "meal", "closes"),
    [
        (date(2026, 7, 1), (10, 30), (30, 18)),  # summer
        (date(2026, 12, 1), (11, 30), (30, 19)),  # winter
        (date(2026, 3, 29), (10, 30), (28, 19)),  # clocks went forward this night
        (date(2026, 10, 25), (11, 30), (24, 18)),  # clocks went back this night
    ],
)
def test_noon_is_noon_on_every_day_of_the_year(day: date, meal: tuple[int, int], closes: tuple[int, int]) -> None:
    starts_at = instant(day, time(12, 30), PARIS)
    assert (starts_at.hour, starts_at.minute) == meal
    closes_at = CUTOFF.instant(day, PARIS)
    assert (closes_at.day, closes_at.hour) == closes


def test_a_good_plan_is_followed() -> None:
    check(PLAN, USUAL, PARIS, NOW)


@pytest.mark.parametrize(
    ("change", "field", "flaw"),
    [
        ({"date": date(2026, 11, 23)}, "date", Flaw.PAST),
        ({"date": date(2026, 11, 24)}, "date", Flaw.CUTOFF_PAST),
        ({"cooking_starts": time(12, 30)}, "cooking_starts", Flaw.COOKING_AFTER_MEAL),
        ({"kitchen": OwnKitchen(room=501, cook_places=8)}, "seats", Flaw.OUT_OF_RANGE),
        ({"kitchen": OwnKitchen(room=-1, cook_places=0)}, "seats", Flaw.OUT_OF_RANGE),
        ({"kitchen": OwnKitchen(room=7, cook_places=8)}, "cook_places", Flaw.MORE_COOKS_THAN_SEATS),
        ({"menu": "x" * 501}, "menu", Flaw.TOO_LONG),
        ({"menu": "Soupe\nau\x00pistou"}, "menu", Flaw.UNREADABLE),
        ({"break_even_price": -1}, "break_even_price", Flaw.OUT_OF_RANGE),
        ({"allergens": ("sun",)}, "allergens", Flaw.UNKNOWN_ALLERGEN),
        ({"diets": ("breatharian",)}, "diets", Flaw.UNKNOWN_DIET),
        ({"food_price": 1251}, "food_price", Flaw.MORE_THAN_PRICE),
        ({"food_price": -1}, "food_price", Flaw.OUT_OF_RANGE),
        ({"cutoff": HourBefore(days=15, at=time(20))}, "cutoff_days", Flaw.OUT_OF_RANGE),
        ({"cutoff": HourBefore(days=0, at=time(12, 31))}, "cutoff_at", Flaw.AFTER_MEAL),
        ({"date": date(2027, 3, 28), "cooking_starts": time(2, 30)}, "cooking_starts", Flaw.NO_SUCH_HOUR),
        ({"date": date(2027, 3, 28), "cooking_starts": time(1, 30)}, "cooking_starts", Flaw.CLOCK_CHANGES),
        ({"date": date(2027, 10, 31), "cooking_starts": time(1, 30)}, "cooking_starts", Flaw.CLOCK_CHANGES),
    ],
)
def test_a_flawed_plan_says_what_is_wrong_where(change: dict[str, object], field: str, flaw: Flaw) -> None:
    with pytest.raises(FlawedPlan) as error:
        check(replace(PLAN, **change), USUAL, PARIS, NOW)  # type: ignore[arg-type]
    assert error.value.flaws[field] is flaw


def test_limits_can_be_changed_after_the_cutoff_but_the_day_cannot_be_moved_into_it() -> None:
    tomorrow = replace(PLAN, date=date(2026, 11, 25))
    late = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
    check(replace(tomorrow, kitchen=OwnKitchen(room=20, cook_places=8)), USUAL, PARIS, late, before=tomorrow)
    with pytest.raises(FlawedPlan):
        check(tomorrow, USUAL, PARIS, late, before=PLAN)


def test_booking_may_close_on_the_morning_itself() -> None:
    today = replace(PLAN, date=NOW.date(), cutoff=HourBefore(days=0, at=time(10, 30)))
    check(today, USUAL, PARIS, NOW)
    assert today.cutoff.instant(today.date, PARIS) == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        (date(2027, 3, 28), time(2, 30), (1, 30)),  # leapt over: as 3:30, an hour on
        (date(2026, 10, 25), time(2, 30), (0, 30)),  # comes twice: the first
    ],
)
def test_an_hour_that_the_clocks_skip_or_repeat_is_one_instant(day: date, at: time, utc: tuple[int, int]) -> None:
    closes_at = HourBefore(days=0, at=at).instant(day, PARIS)
    assert (closes_at.hour, closes_at.minute) == utc
