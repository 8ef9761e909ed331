"""Ninety days after a meal nobody knows any more who sat at the table."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from services.booking.domain.errors import UnknownBooking
from services.booking.domain.staff import Staff
from services.booking.store import tables as booking_tables
from services.booking.use_cases import check_in
from services.booking.use_cases.look import look
from services.capacity.store import tables as capacity_tables
from shared.contracts.party import Party
from shared.contracts.staff import StaffRole
from shared.messaging.post_office import Envelope
from tests.stories.agree import differences
from tests.stories.house import House
from tests.stories.residents import call_off, claims_of, lunch, reserve, rows, sitting_of, voice

TWO_AND_A_CHILD = Party(cooks=1, eaters=1, children=1)
AT_TABLE = datetime(2026, 11, 27, 11, 40, tzinfo=UTC)
YANIS = Staff(id="yanis", name="Yanis", role=StaffRole.HELPER, cantines=("lyon-saone",))


@pytest.fixture
def meal(house: House) -> str:
    """Jeanne comes with two, Paul cancels, two come without a booking."""
    meal = lunch(house)
    house.settle()
    jeanne = reserve(house, meal, TWO_AND_A_CHILD, name="Jeanne")
    paul = reserve(house, meal, Party(eaters=1), name="Paul")
    house.settle()
    house.clock.pass_time(minutes=1)
    call_off(house, paul)
    house.clock.at = AT_TABLE
    check_in.mark(house["booking"].service, voice(house), YANIS, meal, jeanne, came=2)
    house.clock.pass_time(minutes=1)
    check_in.walk_in(house["booking"].service, YANIS, meal, 2, "a form")
    house.settle()
    return meal


def test_before_that_day_all_is_kept(house: House, meal: str) -> None:
    house.let_time_pass(days=88)
    assert {"Jeanne", "Paul"} <= set(words(house))
    assert not differences(house)


def test_after_it_no_name_and_no_address_is_left_anywhere(house: House, meal: str) -> None:
    house.let_time_pass(days=91)
    names = ("Jeanne", "Paul", "jeanne@", "paul@")
    assert not [word for word in words(house) if any(name in word for name in names)]
    assert not differences(house)


def test_what_is_left_of_a_visit_says_who_came_but_not_who_they_were(house: House, meal: str) -> None:
    house.let_time_pass(days=91)
    visits = {
        (row.adults, row.children, row.cooks, row.came, row.walk_in, row.newcomer)
        for row in rows(house, "booking", booking_tables.visit)
    }
    assert visits == {(2, 1, 1, 2, False, False), (2, 0, 0, 2, True, None)}


def test_the_meal_keeps_what_its_claims_came_to(house: House, meal: str) -> None:
    house.let_time_pass(days=91)
    assert not claims_of(house)
    assert sitting_of(house, meal).seating.held == 3
    attendance = rows(house, "capacity", capacity_tables.attendance)
    assert [(row.came, row.absent, row.walk_ins) for row in attendance] == [(2, 1, 2)]


def test_a_link_to_a_forgotten_booking_leads_to_nothing(house: House, meal: str) -> None:
    (jeanne, *_) = [row.id for row in rows(house, "booking", booking_tables.booking)]
    house.let_time_pass(days=91)
    with pytest.raises(UnknownBooking):
        look(house["booking"].service, jeanne)


def test_whatever_comes_once_more_brings_nobody_back(house: House) -> None:
    meal = lunch(house)
    house.settle()
    reserve(house, meal, TWO_AND_A_CHILD, name="Jeanne")
    copies = settle_with_copies(house)
    house.let_time_pass(days=95)
    for envelope in copies:
        house.office.deliver(envelope)
    house.settle()
    assert "Jeanne" not in words(house)
    assert not claims_of(house)
    assert not rows(house, "booking", booking_tables.booking)


def test_nobody_is_forgotten_while_something_about_them_has_no_receipt(house: House) -> None:
    meal = lunch(house)
    house.settle()
    jeanne = reserve(house, meal, TWO_AND_A_CHILD, name="Jeanne")
    house.clock.pass_time(days=95)  # nobody delivered anything
    for timer in house["booking"].timers.values():
        timer()
    assert [row.id for row in rows(house, "booking", booking_tables.booking)] == [jeanne]
    house.do_what_is_due()
    house.do_what_is_due()
    assert "Jeanne" not in words(house)


def settle_with_copies(house: House) -> list[Envelope]:
    """Let everything travel; copies of all that travelled."""
    copies: list[Envelope] = []
    while house.publish() + len(house.office.waiting):
        copies += house.office.waiting
        house.office.deliver_all()
    return copies


def words(house: House) -> Iterator[str]:
    """Every text in every table of every service."""
    for name, part in house.parts.items():
        for table in part.metadata.tables.values():
            for row in rows(house, name, table):
                yield from texts(row)


def texts(value: Any) -> Iterator[str]:
    """The texts in a row or a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, sa.Row | list | tuple):
        for part in value:
            yield from texts(part)
