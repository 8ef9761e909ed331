"""At the door: many at once, corrections, and those who had not reserved."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.attendance import Count, door_is_open
from services.booking.domain.errors import DoorClosed, UnknownBooking, UnknownMeal
from services.booking.domain.staff import Staff
from services.booking.store import door
from services.booking.use_cases.check_in import all_others_came, mark, take_back, walk_in
from shared.contracts.attendance import Attendance
from shared.contracts.party import Party
from shared.contracts.sitting import SittingStatus
from shared.contracts.staff import StaffRole
from tests.services.booking.house import STARTS_AT, TWO, BookingHouse, a_sitting

YANIS = Staff(id="yanis", name="Yanis", role=StaffRole.HELPER, cantines=("lyon-saone",))
LEA = Staff(id="lea", name="Léa", role=StaffRole.HELPER, cantines=("lyon-saone",))
HUGO = Staff(id="hugo", name="Hugo", role=StaffRole.HOST, cantines=("dijon",))


def expected(house: BookingHouse, *parties: Party) -> list[str]:
    """Confirmed bookings, on the morning of the meal."""
    house.announce()
    made = [house.book(party) for party in parties]
    for one in made:
        house.confirm(one)
    house.clock.at = STARTS_AT
    return made


def counted(house: BookingHouse) -> Count:
    with house.service.read() as conn:
        return door.count(conn, "lunch")


def said(house: BookingHouse) -> Attendance:
    message: Attendance = house.said(Attendance, "lunch")
    return message


def test_who_came_who_did_not_and_who_had_not_reserved(house: BookingHouse) -> None:
    first, second, third = expected(house, Party(eaters=3), TWO, Party(eaters=1))
    mark(house.service, house.voice, YANIS, "lunch", first, came=2)
    mark(house.service, house.voice, LEA, "lunch", second, came=0)
    walk_in(house.service, LEA, "lunch", 4, "a key")
    assert counted(house) == Count(came=2, absent=3, walk_ins=4)
    all_others_came(house.service, house.voice, YANIS, "lunch")
    assert counted(house) == Count(came=3, absent=3, walk_ins=4)
    mark(house.service, house.voice, YANIS, "lunch", third, came=None)
    mark(house.service, house.voice, YANIS, "lunch", second, came=1000)
    message = said(house)
    assert (message.came, message.absent, message.walk_ins) == (4, 1, 4)
    assert not house.wish_said("a key")  # a walk-in is attendance, never a claim


def test_twenty_check_in_the_same_list_at_once_and_nobody_is_lost(house: BookingHouse) -> None:
    made = expected(house, *[Party(eaters=1 + number % 3) for number in range(20)])

    def at_the_door(number: int) -> None:
        staff = (YANIS, LEA)[number % 2]
        mark(house.service, house.voice, staff, "lunch", made[number], came=0 if number % 5 == 0 else 1000)
        walk_in(house.service, staff, "lunch", 1, f"key {number}")

    with ThreadPoolExecutor(20) as helpers:
        list(helpers.map(at_the_door, range(20)))
    absent = sum(1 + number % 3 for number in range(0, 20, 5))
    everybody = sum(1 + number % 3 for number in range(20))
    assert counted(house) == Count(came=everybody - absent, absent=absent, walk_ins=20)
    message = said(house)
    assert (message.came, message.absent, message.walk_ins) == (everybody - absent, absent, 20)


def test_the_same_walk_in_sent_twice_counts_once_and_can_be_taken_back(house: BookingHouse) -> None:
    expected(house)
    for _ in range(2):
        walk_in(house.service, YANIS, "lunch", 3, "key")
    assert counted(house).walk_ins == 3
    take_back(house.service, LEA, "lunch", "key")
    walk_in(house.service, YANIS, "lunch", 3, "key")  # it comes once more, late
    assert counted(house).walk_ins == 0


def test_of_one_guest_whoever_says_it_last_is_believed(house: BookingHouse) -> None:
    (one,) = expected(house, TWO)
    mark(house.service, house.voice, YANIS, "lunch", one, came=2)
    mark(house.service, house.voice, LEA, "lunch", one, came=0)
    assert counted(house) == Count(absent=2)


def test_all_the_others_leaves_what_was_said_of_some(house: BookingHouse) -> None:
    one, _two = expected(house, TWO, TWO)
    mark(house.service, house.voice, YANIS, "lunch", one, came=0)
    for _ in range(2):
        all_others_came(house.service, house.voice, LEA, "lunch")
    assert counted(house) == Count(came=2, absent=2)


def test_who_cancels_after_being_marked_absent_is_neither(house: BookingHouse) -> None:
    (one,) = expected(house, TWO)
    house.clock.at = STARTS_AT - timedelta(hours=2)
    mark(house.service, house.voice, YANIS, "lunch", one, came=0)
    house.cancel(one)
    assert counted(house) == Count()


def test_the_door_of_another_cantine_stays_closed(house: BookingHouse) -> None:
    (one,) = expected(house, TWO)
    for reach in (
        lambda: mark(house.service, house.voice, HUGO, "lunch", one, came=1),
        lambda: all_others_came(house.service, house.voice, HUGO, "lunch"),
        lambda: walk_in(house.service, HUGO, "lunch", 1, "key"),
        lambda: take_back(house.service, HUGO, "lunch", "key"),
    ):
        with pytest.raises(UnknownMeal):
            reach()


def test_a_guest_of_another_meal_is_not_on_this_list(house: BookingHouse) -> None:
    expected(house, TWO)
    house.clock.at = STARTS_AT - timedelta(days=1)
    house.announce("dinner")
    other = house.book(TWO, sitting="dinner")
    house.clock.at = STARTS_AT
    with pytest.raises(UnknownBooking):
        mark(house.service, house.voice, YANIS, "lunch", other, came=1)


@given(st.integers(-72, 72))
def test_the_door_is_open_on_the_day_and_two_days_after(hours: int) -> None:
    meal = a_sitting()  # 12:30 in Lyon
    assert door_is_open(meal, STARTS_AT + timedelta(hours=hours)) is (-12 <= hours < 48)


def test_before_the_day_nobody_is_checked_in(house: BookingHouse) -> None:
    expected(house, TWO)
    house.clock.at = STARTS_AT - timedelta(days=1)
    with pytest.raises(DoorClosed):
        walk_in(house.service, YANIS, "lunch", 1, "key")


def test_nobody_walks_in_at_a_meal_that_was_cancelled(house: BookingHouse) -> None:
    expected(house)
    house.announce(status=SittingStatus.CANCELLED, revision=2)
    with pytest.raises(DoorClosed):
        walk_in(house.service, YANIS, "lunch", 1, "key")


def test_what_capacity_keeps_higher_is_said_above_it(house: BookingHouse) -> None:
    expected(house)
    walk_in(house.service, YANIS, "lunch", 2, "key")
    house.receipt_all(Attendance, {"lunch": 10**18})
    assert (said(house).revision, said(house).walk_ins) == (10**18 + 1, 2)


def test_attendance_is_said_again_after_a_restore(house: BookingHouse) -> None:
    expected(house)
    walk_in(house.service, YANIS, "lunch", 2, "key")
    house.receipt_all(Attendance)
    assert said(house) is None
    house.parts.resay()
    assert said(house).walk_ins == 2


def test_who_cancels_or_comes_with_fewer_after_they_were_marked_is_counted_anew(house: BookingHouse) -> None:
    family, couple = expected(house, Party(eaters=4), TWO)
    house.clock.at = STARTS_AT - timedelta(hours=2)
    mark(house.service, house.voice, YANIS, "lunch", family, came=4)
    mark(house.service, house.voice, LEA, "lunch", couple, came=0)
    house.clock.pass_time(minutes=1)
    house.cancel(couple)
    assert (said(house).came, said(house).absent) == (4, 0)
    house.clock.pass_time(minutes=1)
    house.change(family, Party(eaters=2))
    house.confirm(family)
    assert (said(house).came, said(house).absent) == (2, 0)
