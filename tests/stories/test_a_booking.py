"""One booking travels the whole house."""

import pytest

from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from shared.contracts.seats import Why
from tests.stories.house import House
from tests.stories.residents import (
    booking_of,
    call_off,
    change_to,
    claims_of,
    lunch,
    outcome_of,
    reserve,
    sitting_of,
)

COUPLE = Party(cooks=1, eaters=1)


def test_a_resident_books_and_is_confirmed(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    jeanne = reserve(house, sitting, COUPLE)
    assert outcome_of(house, jeanne).status is BookingStatus.REQUESTED
    house.settle()
    assert outcome_of(house, jeanne).status is BookingStatus.CONFIRMED
    assert sitting_of(house, sitting).seating.held == 2


def test_while_capacity_is_away_a_booking_waits_and_is_answered_when_it_is_back(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    jeanne = reserve(house, sitting, COUPLE)
    house.publish()  # nobody delivers
    assert outcome_of(house, jeanne).checking
    house.settle()
    assert outcome_of(house, jeanne).status is BookingStatus.CONFIRMED


@pytest.mark.parametrize(("seats", "expected"), [(1, 1), (2, 2), (3, 3)])
def test_of_four_residents_as_many_are_confirmed_as_there_are_seats(house: House, seats: int, expected: int) -> None:
    sitting = lunch(house, seats=seats, cook_places=1)
    house.settle()
    four = [reserve(house, sitting, Party(eaters=1), name=f"Guest{n}") for n in range(4)]
    house.settle()
    statuses = [outcome_of(house, one).status for one in four]
    assert statuses.count(BookingStatus.CONFIRMED) == expected
    assert statuses.count(BookingStatus.WAITLISTED) == 4 - expected


def test_a_seat_that_comes_free_goes_to_the_first_in_line(house: House) -> None:
    sitting = lunch(house, seats=1, cook_places=0)
    house.settle()
    first = reserve(house, sitting, Party(eaters=1), name="First")
    house.settle()
    house.clock.pass_time(minutes=1)
    second = reserve(house, sitting, Party(eaters=1), name="Second")
    house.clock.pass_time(minutes=1)
    third = reserve(house, sitting, Party(eaters=1), name="Third")
    house.settle()
    call_off(house, first)
    house.settle()
    assert outcome_of(house, second).status is BookingStatus.CONFIRMED
    assert outcome_of(house, third).status is BookingStatus.WAITLISTED


def test_a_confirmed_party_keeps_its_seats_while_a_larger_one_waits(house: House) -> None:
    sitting = lunch(house, seats=3)
    house.settle()
    jeanne = reserve(house, sitting, Party(eaters=2))
    house.settle()
    change_to(house, jeanne, Party(eaters=3))
    house.settle()
    assert outcome_of(house, jeanne).party == Party(eaters=3)
    change_to(house, jeanne, Party(eaters=1))
    house.settle()
    other = reserve(house, sitting, Party(eaters=2), name="Other")
    house.settle()
    change_to(house, jeanne, Party(eaters=2))
    house.settle()
    assert outcome_of(house, jeanne).party == Party(eaters=1)
    assert outcome_of(house, jeanne).waiting
    call_off(house, other)
    house.settle()
    assert outcome_of(house, jeanne).party == Party(eaters=2)


def test_a_release_that_overtakes_its_request_leaves_nothing_held(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    jeanne = reserve(house, sitting, COUPLE)
    house.publish()
    overtaken, house.office.waiting = house.office.waiting, []
    call_off(house, jeanne)
    house.settle()
    for envelope in overtaken:
        house.office.deliver(envelope)
    house.settle()
    assert sitting_of(house, sitting).seating.held == 0
    assert claims_of(house)[jeanne].held == Party()


def test_asking_past_the_cutoff_is_refused_with_the_reason(house: House) -> None:
    sitting = lunch(house, seats=1)
    house.settle()
    reserve(house, sitting, Party(eaters=1), name="First")
    house.settle()
    late = reserve(house, sitting, Party(eaters=1), name="Late")
    house.settle()
    house.let_time_pass(days=3)
    assert outcome_of(house, late).status is BookingStatus.REFUSED
    assert outcome_of(house, late).why is Why.WAITLIST_CLOSED


def test_every_answer_is_to_the_latest_wish(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    jeanne = reserve(house, sitting, COUPLE)
    house.settle()
    change_to(house, jeanne, Party(eaters=4))
    house.settle()
    booking = booking_of(house, jeanne)
    assert booking.answer is not None
    assert booking.answer.answers == booking.revision
