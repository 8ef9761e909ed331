"""Residents leaf through the meals to come, also those of a large network."""

from datetime import date, timedelta

import pytest

from services.booking.store.sittings import Filter
from services.booking.use_cases import look_at_week as week_module
from services.booking.use_cases.look_at_week import Place, Week, look_at_week
from tests.services.booking.house import BookingHouse, a_sitting


@pytest.fixture
def network(house: BookingHouse) -> BookingHouse:
    """Five meals a day, on ten days."""
    first = a_sitting("lunch")
    house.hear(
        *(
            a_sitting(
                f"day-{day}-{number}",
                date=first.date + timedelta(days=day),
                starts_at=first.starts_at + timedelta(days=day, minutes=number),
            )
            for day in range(10)
            for number in range(5)
        )
    )
    return house


def leaf(house: BookingHouse, at: Place | None = None) -> list[Week]:
    """All pages from a place on."""
    pages = [look_at_week(house.service, Filter(), at)]
    while pages[-1].later:
        pages.append(look_at_week(house.service, Filter(), pages[-1].later))
    return pages


def things(pages: list[Week]) -> list[str]:
    return [one.thing for page in pages for one in page.items]


def test_a_page_is_a_week(network: BookingHouse) -> None:
    pages = leaf(network)
    assert [len(page.items) for page in pages] == [35, 15]
    assert len(set(things(pages))) == 50


def test_where_a_week_is_too_long_for_a_page_no_meal_is_left_out_or_shown_twice(
    network: BookingHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = things(leaf(network))
    for most in (1, 3, 5, 7, 34):
        monkeypatch.setattr(week_module, "MOST", most)
        assert things(leaf(network)) == everything


def test_one_finds_the_way_back(network: BookingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(week_module, "MOST", 3)
    page = leaf(network)[-1]
    while page.earlier:
        page = look_at_week(network.service, Filter(), page.earlier)
    assert page.items[0].thing == "day-0-0"


@pytest.mark.parametrize(("asked", "begins"), [(date.max, "day-9-0"), (date.min, "day-0-0")])
def test_a_day_without_meals_is_the_nearest_with_some(network: BookingHouse, asked: date, begins: str) -> None:
    assert look_at_week(network.service, Filter(), Place(day=asked)).items[0].thing == begins


def test_there_may_be_no_meal_at_all(house: BookingHouse) -> None:
    assert look_at_week(house.service, Filter(), Place(day=date.max)) == Week(
        items=[], now=house.clock.at, earlier=None, later=None
    )
