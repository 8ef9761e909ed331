"""The invented network of the demo."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.capacity.bootstrap import assemble
from services.capacity.domain.allotments import NEWCOMERS, WALK_INS
from services.capacity.domain.places import Limits
from services.capacity.seed import seed_demo
from services.capacity.seed.demo import TODAY_AT, a_meal_today
from services.capacity.seed.network import CANTINES, COORDINATORS
from services.capacity.store import sittings as sitting_store
from shared.assembly import Assembly
from shared.clock import SetClock
from shared.contracts.sitting import SittingNotice
from tests.services.capacity.house import SETTINGS, CapacityHouse

Databases = Callable[[str], str]


def seeded(database_of: Databases, clock: SetClock) -> Assembly:
    parts = assemble({"CAPACITY_DATABASE_URL": database_of("capacity"), **SETTINGS}, clock=clock)
    seed_demo(parts.service)
    return parts


def test_the_next_three_weeks_have_their_rhythm(database_of: Databases, clock: SetClock) -> None:
    parts = seeded(database_of, clock)
    with parts.service.read() as conn:
        vaise = sitting_store.of_cantines(conn, ["lyon-vaise"], clock.at.date(), date(2027, 1, 1))
    assert {one.date.weekday() for one in vaise} == {1, 2, 3, 4, 6}
    assert clock.at.date() < vaise[0].date
    assert vaise[-1].date <= clock.at.date() + timedelta(days=21)
    assert {one.meal_starts for one in vaise if one.date.weekday() == 4} == {time(12, 30), time(20, 0)}
    parts.service.database.dispose()


def test_the_seed_shows_variety_and_is_sown_once(database_of: Databases, clock: SetClock) -> None:
    parts = seeded(database_of, clock)
    with parts.service.read() as conn:
        slugs = [cantine.slug for cantine in CANTINES]
        everything = sitting_store.of_cantines(conn, slugs, clock.at.date(), date(2027, 1, 1))
    assert len({one.menu for one in everything}) >= 10
    assert {one.allergens is None for one in everything} == {True, False}
    assert () in {one.allergens for one in everything}
    assert Limits(seats=6, cook_places=2) in {one.seating.limits for one in everything}
    kept = {frozenset(one.seating.still_kept) for one in everything}
    assert {frozenset(), frozenset({NEWCOMERS, WALK_INS, "amis-du-quai"})} <= kept
    assert all(sum(one.seating.still_kept.values()) < one.seating.limits.seats for one in everything)
    assert seed_demo(parts.service) == 0
    parts.service.database.dispose()


def test_nobody_real_is_in_it() -> None:
    assert all(re.fullmatch(r"\+3363998\d{4}", cantine.phone) for cantine in CANTINES)
    assert all(email.endswith("@example.org") for email, *_ in COORDINATORS)


def test_a_network_that_exists_is_left_alone(house: CapacityHouse) -> None:
    assert seed_demo(house.parts.service) == 0
    assert house.said(SittingNotice) == {}


@pytest.mark.parametrize("hour", [0, 9, 14, 22])
@pytest.mark.parametrize("day", range(23, 30))
def test_there_is_a_meal_today_on_any_weekday_at_any_hour(day: int, hour: int) -> None:
    (cantine,) = (one for one in CANTINES if one.slug == TODAY_AT)
    now = datetime(2026, 11, day, hour, 30, tzinfo=UTC)
    meal = a_meal_today(cantine, now)
    assert meal.date == now.astimezone(ZoneInfo(cantine.zone)).date()
    assert meal.seating.cutoff_at <= now, "booking has closed: it is booked as the past is"
