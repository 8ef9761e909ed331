"""What recurs: on which days, beside what else, and who follows."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.capacity.domain.closures import Closure, Exceptions
from services.capacity.domain.flaws import Flaw
from services.capacity.domain.kitchen import Kitchen, OwnKitchen
from services.capacity.domain.sittings import FlawedPlan, Plan
from services.capacity.domain.templates import OverlappingTemplates, Template, check
from shared.holidays import Region

PARIS = "Europe/Paris"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TUESDAY = date(2026, 12, 1)


def weekly(first: date = TUESDAY, cooking: int = 9, meal: int = 12, **changes: object) -> Template:
    usual = Plan(
        date=first,
        cooking_starts=time(cooking, 30),
        meal_starts=time(meal, 30),
        kitchen=OwnKitchen(room=34, cook_places=8),
    )
    values = {"id": "lunch", "cantine": "lyon-vaise", "usual": usual}
    return Template(**{**values, **changes})  # type: ignore[arg-type]


def test_every_other_tuesday_until_christmas() -> None:
    lunch = weekly(every=2, until=date(2026, 12, 29))
    assert list(lunch.days(NOW.date(), date(2027, 3, 1))) == [TUESDAY, date(2026, 12, 15), date(2026, 12, 29)]


def test_holidays_and_closures_are_off() -> None:
    friday = weekly(date(2026, 12, 4))
    works = Closure(id="", cantine="lyon-vaise", name="Works", first=date(2026, 12, 10), last=date(2026, 12, 12))
    off = Exceptions(closures=(works,))
    days = friday.days(NOW.date(), date(2027, 1, 8))
    assert [day.isoformat() for day in days if friday.is_off(day, off)] == ["2026-12-11", "2026-12-25", "2027-01-01"]
    open_on_holidays = replace(friday, on_holidays=True)
    assert open_on_holidays.is_off(date(2026, 12, 11), off)
    assert not open_on_holidays.is_off(date(2026, 12, 25), off)
    good_friday = date(2027, 3, 26)
    assert friday.is_off(good_friday, Exceptions(region=Region.ALSACE_MOSELLE))
    assert not friday.is_off(good_friday, Exceptions())


@pytest.mark.parametrize(
    ("other", "beside"),
    [
        (weekly(cooking=14, meal=17), True),  # lunch is eaten at 14:30
        (weekly(cooking=13, meal=17), False),
        (weekly(TUESDAY + timedelta(days=1)), True),
        (weekly(TUESDAY + timedelta(weeks=9)), False),
        (weekly(until=date(2026, 12, 8)), False),
        (weekly(date(2026, 11, 3), until=date(2026, 11, 24)), True),  # it ends before
    ],
)
def test_two_meals_never_need_one_kitchen_at_once(other: Template, beside: bool) -> None:
    lunch = weekly()
    other = replace(other, id="other")
    if beside:
        check(lunch, Kitchen(), PARIS, NOW, [lunch, other])
    else:
        with pytest.raises(OverlappingTemplates) as error:
            check(lunch, Kitchen(), PARIS, NOW, [lunch, other])
        assert error.value.other is other


@given(
    weeks=st.tuples(st.integers(0, 12), st.integers(0, 12)),
    every=st.tuples(st.integers(1, 8), st.integers(1, 8)),
    lasts=st.tuples(st.integers(0, 30), st.integers(0, 30)),
)
def test_an_overlap_is_found_exactly_if_the_two_share_a_day(
    weeks: tuple[int, int], every: tuple[int, int], lasts: tuple[int, int]
) -> None:
    one, other = (
        weekly(
            TUESDAY + timedelta(weeks=week), every=each, until=TUESDAY + timedelta(weeks=week + last), id=str(number)
        )
        for number, (week, each, last) in enumerate(zip(weeks, every, lasts, strict=True))
    )
    far = TUESDAY + timedelta(weeks=100)
    shared = set(one.days(TUESDAY, far)) & set(other.days(TUESDAY, far))
    try:
        check(one, Kitchen(), PARIS, NOW, [other])
    except OverlappingTemplates:
        assert shared
    else:
        assert not shared


@pytest.mark.parametrize(
    ("template", "field", "flaw"),
    [
        (weekly(every=0), "every", Flaw.OUT_OF_RANGE),
        (weekly(until=date(2026, 11, 30)), "until", Flaw.ENDS_BEFORE_IT_BEGINS),
        (weekly(cooking=13), "cooking_starts", Flaw.COOKING_AFTER_MEAL),
        (
            replace(weekly(), usual=replace(weekly().usual, kitchen=OwnKitchen(room=-1, cook_places=0))),
            "seats",
            Flaw.OUT_OF_RANGE,
        ),
        (weekly(date(1999, 1, 5)), "since", Flaw.UNREADABLE),
    ],
)
def test_a_flawed_template_says_what_is_wrong_where(template: Template, field: str, flaw: Flaw) -> None:
    with pytest.raises(FlawedPlan) as error:
        check(template, Kitchen(), PARIS, NOW, [])
    assert error.value.flaws[field] is flaw


def test_a_template_may_have_begun_long_ago() -> None:
    check(weekly(date(2025, 9, 2)), Kitchen(), PARIS, NOW, [])


def test_booking_closes_at_eight_on_both_sides_of_a_clock_change() -> None:
    sunday = weekly(date(2027, 3, 21))
    closes = [sunday.plan(day).cutoff.instant(day, PARIS) for day in sunday.days(sunday.first, date(2027, 4, 4))]
    assert [at.hour for at in closes] == [19, 19, 18]
