"""Who is told that they came, or were missed: the rule, in itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.booking import Answer, Booking, new_booking
from services.booking.domain.contact import Contact
from services.booking.domain.persons import address_of
from services.booking.domain.proxy import Proxy
from services.booking.domain.standing import outcome
from services.booking.domain.thanks import attendance_of, is_time_to_thank
from services.booking.domain.wish import Wish
from shared.contracts.booking import Attended, BookingStatus
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import Standing
from shared.contracts.sitting import SittingNotice, SittingStatus
from tests.services.booking.house import CANTINE, a_sitting

NOON = datetime(2026, 11, 25, 11, 30, tzinfo=UTC)
TWO = Party(eaters=2)


def booking(number: int, address: str = "ada@example.org", *, wishes: bool = True, comes: bool = True) -> Booking:
    contact = Contact(name="Ada", email=address, phone=None, language="fr")
    one = new_booking(f"booking-{number}", "lunch", Wish(party=TWO, contact=contact, thanks=wishes), NOON, 1)
    standing, held = (Standing.HELD, TWO) if comes else (Standing.RELEASED, NOBODY)
    answer = Answer(revision=1, answers=1, standing=standing, held=held, wished=TWO, why=None)
    return replace(one, answer=answer, cancelled_at=None if comes else NOON)


def meal(day: date, at: time = time(12, 30), zone: str = "Europe/Paris", *, thanks: bool = True) -> SittingNotice:
    starts_at = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    return a_sitting(date=day, meal_starts=at, starts_at=starts_at, cantine=replace(CANTINE, zone=zone, thanks=thanks))


def test_who_came_is_thanked_and_who_was_absent_was_missed() -> None:
    two = [booking(1), booking(2, "bo@example.org")]
    told = attendance_of(two, {"booking-1": 1, "booking-2": 0})
    assert told == {"booking-1": Attended.CAME, "booking-2": Attended.ABSENT}


@pytest.mark.parametrize(
    ("one", "marks"),
    [
        (booking(1, wishes=False), {"booking-1": 2}),
        (booking(1, wishes=False), {"booking-1": 0}),
        (booking(1, comes=False), {"booking-1": 0}),
        (booking(1), {}),
    ],
    ids=["came, did not ask for it", "absent, did not ask for it", "had cancelled", "nobody knows"],
)
def test_others_are_told_nothing(one: Booking, marks: dict[str, int]) -> None:
    assert attendance_of([one], marks) == {"booking-1": None}


def test_who_came_by_another_booking_is_not_missed() -> None:
    both = [booking(1), booking(2, "ADA@example.org", wishes=False)]
    assert attendance_of(both, {"booking-1": 0, "booking-2": 1})["booking-1"] is Attended.CAME
    assert attendance_of(both, {"booking-1": 0})["booking-1"] is None, "perhaps they came by the other"


def test_who_booked_for_a_guest_without_contact_is_another() -> None:
    for_a_neighbour = replace(booking(2, wishes=False), proxy=Proxy(name="Ada", reached=True))
    both = [booking(1), replace(for_a_neighbour, contact=replace(for_a_neighbour.contact, name="Bo"))]
    assert attendance_of(both, {"booking-1": 0, "booking-2": 2})["booking-1"] is Attended.ABSENT


bookings = st.lists(
    st.tuples(st.sampled_from(["ada@x.org", "Ada@x.org", "bo@x.org", ""]), st.booleans(), st.booleans()), max_size=6
).map(
    lambda some: [
        booking(number, address, wishes=wishes, comes=comes) for number, (address, wishes, comes) in enumerate(some)
    ]
)


@given(bookings, st.dictionaries(st.integers(0, 5).map(lambda number: f"booking-{number}"), st.integers(0, 2)))
def test_one_word_for_a_contact_and_only_to_who_wished_for_it(some: list[Booking], came: dict[str, int]) -> None:
    told = attendance_of(some, came)
    assert told.keys() == {one.id for one in some}
    heard = [(one, told[one.id]) for one in some if told[one.id]]
    addresses = [address_of(one.contact) for one, _attended in heard if one.contact.email]
    assert len(addresses) == len(set(addresses))
    for one, attended in heard:
        assert one.preferences.thanks and outcome(one).status is BookingStatus.CONFIRMED
        alike = [
            other
            for other in some
            if other is one or (one.contact.email and address_of(other.contact) == address_of(one.contact))
        ]
        expected = [came.get(other.id) for other in alike if outcome(other).status is BookingStatus.CONFIRMED]
        assert any(expected) if attended is Attended.CAME else not any(expected) and None not in expected


@pytest.mark.parametrize(
    ("day", "zone", "midnight"),
    [
        (date(2026, 3, 28), "Europe/Paris", datetime(2026, 3, 28, 23, 0, tzinfo=UTC)),
        (date(2026, 3, 29), "Europe/Paris", datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),  # a day of 23 hours
        (date(2026, 10, 25), "Europe/Paris", datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),  # a day of 25 hours
        (date(2026, 10, 25), "Indian/Reunion", datetime(2026, 10, 25, 20, 0, tzinfo=UTC)),
        (date(2026, 10, 25), "Asia/Kolkata", datetime(2026, 10, 25, 18, 30, tzinfo=UTC)),
    ],
)
def test_it_is_told_once_the_day_is_over_on_the_canteens_clock(day: date, zone: str, midnight: datetime) -> None:
    one = meal(day, zone=zone)
    assert not is_time_to_thank(one, midnight - timedelta(seconds=1))
    assert is_time_to_thank(one, midnight)
    assert not is_time_to_thank(one, one.starts_at + timedelta(days=3))


def test_nobody_is_told_of_a_meal_that_was_off_nor_where_no_such_words_are_written() -> None:
    one = meal(NOON.date())
    later = NOON + timedelta(days=1)
    assert not is_time_to_thank(replace(one, status=SittingStatus.CANCELLED), later)
    assert not is_time_to_thank(meal(NOON.date(), thanks=False), later)
