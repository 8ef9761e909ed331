"""Who comes every week is booked ahead, as any guest would be; and is asked, never shut out, when they stay away."""

from datetime import UTC, date, datetime

import pytest

from services.booking.domain.errors import NotExpected, NoUsualPlace, UnknownPerson
from services.booking.domain.staff import Staff
from services.booking.store import usual as usual_store
from services.booking.use_cases import check_in
from services.booking.use_cases.usual_places import begin_usual, end, resume
from services.capacity.domain.history import by_hand
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from shared.contracts.booking import BookingStatus, Origin
from shared.contracts.party import Party
from shared.contracts.staff import StaffRole
from tests.stories.agree import differences
from tests.stories.cooks import CAMILLE, URL, mail, send, until
from tests.stories.copies import copy_of, put_back
from tests.stories.house import House
from tests.stories.residents import CANTINE, call_off, lunch, outcome_of, reserve, rows, sitting_of, voice

FIRST, SECOND, THIRD, FOURTH = (date(2026, 11, 27), date(2026, 12, 4), date(2026, 12, 11), date(2026, 12, 18))
PARTY = Party(eaters=2)
DOOR = Staff(id="camille", name="Camille", role=StaffRole.HOST, cantines=(CANTINE.slug,))


def comes_every_week(house: House, booking: str) -> str:
    """The guest of a booking begins to come every week. Returns the id of the usual place."""
    begin_usual(house["booking"].service, voice(house), booking, sms=True)
    keep(house)
    return str(rows(house, "booking", house["booking"].metadata.tables["usual"])[-1].id)


def keep(house: House) -> None:
    """The clock keeps usual places, and all is said."""
    house["booking"].timers["keep usual places"]()
    house.settle()
    send(house)


def bookings_at(house: House, sitting: str) -> list[str]:
    table = house["booking"].metadata.tables["booking"]
    return sorted(row.id for row in rows(house, "booking", table) if row.sitting == sitting)


def a_regular(house: House, *, seats: int = 30) -> tuple[str, str]:
    """Jeanne has a place at Friday's lunch, and comes every Friday. Returns the meal and the usual place."""
    meal = lunch(house, seats=seats)
    house.settle()
    booking = reserve(house, meal, PARTY, language="en")
    house.settle()
    return meal, comes_every_week(house, booking)


def meal_on(house: House, day: date, *, seats: int = 30) -> str:
    meal = lunch(house, seats=seats, on=day)
    house.settle()
    keep(house)
    return meal


def test_a_usual_place_is_booked_once_and_answered_like_any_other(house: House) -> None:
    first, _usual = a_regular(house)
    assert len(bookings_at(house, first)) == 1  # where they are expected already
    second = meal_on(house, SECOND)
    (booking,) = bookings_at(house, second)
    keep(house)
    assert bookings_at(house, second) == [booking]
    became = outcome_of(house, booking)
    assert (became.status, became.party) == (BookingStatus.CONFIRMED, PARTY)
    assert sitting_of(house, second).seating.held == 2
    assert mail(house)[-1] == ("jeanne", "Your usual place on Friday 4 December")
    assert differences(house) == []


def test_a_meal_far_ahead_waits_and_a_cancelled_one_or_another_day_makes_none(house: House) -> None:
    a_regular(house)
    far, thursday = meal_on(house, FOURTH), meal_on(house, date(2026, 12, 3))
    off = lunch(house, on=SECOND)
    with house["capacity"].service.work() as work:
        cancel_sitting(work, off, URL, by_hand(CAMILLE))
    house.settle()
    keep(house)
    assert [bookings_at(house, one) for one in (far, thursday, off)] == [[], [], []]
    until(house, datetime(2026, 12, 4, 12, 0, tzinfo=UTC))
    keep(house)
    assert len(bookings_at(house, far)) == 1


def test_who_skips_one_week_is_not_booked_again_for_it(house: House) -> None:
    a_regular(house)
    second = meal_on(house, SECOND)
    (booking,) = bookings_at(house, second)
    call_off(house, booking)
    house.settle()
    keep(house)
    assert bookings_at(house, second) == [booking]
    assert outcome_of(house, booking).status is BookingStatus.CANCELLED
    until(house, datetime(2026, 11, 28, 9, 0, tzinfo=UTC))
    assert len(bookings_at(house, meal_on(house, THIRD))) == 1


def test_the_share_of_usual_places_is_never_passed(house: House) -> None:
    meal = lunch(house, seats=16)  # of which 4 may be usual places
    house.settle()
    three = [reserve(house, meal, PARTY, name=name, language="en") for name in ("Ada", "Bo", "Cy")]
    house.settle()
    for one in three[:2]:
        house.clock.pass_time(seconds=1)
        comes_every_week(house, one)
    with pytest.raises(NoUsualPlace):
        comes_every_week(house, three[2])
    second = meal_on(house, SECOND, seats=8)  # a small one, of which 2
    assert len(bookings_at(house, second)) == 1
    assert ("bo", "No usual place on Friday 4 December") in mail(house)
    before = len(mail(house))
    keep(house)
    assert len(mail(house)) == before


def test_only_who_is_expected_can_begin(house: House) -> None:
    meal = lunch(house, seats=1, cook_places=0)
    house.settle()
    booking = reserve(house, meal, PARTY, language="en")
    house.settle()
    with pytest.raises(NotExpected):
        comes_every_week(house, booking)


def stays_away(house: House, meal: str) -> None:
    """Nobody of the booking at a meal comes, and somebody at the door says so."""
    (booking,) = bookings_at(house, meal)
    check_in.mark(house["booking"].service, voice(house), DOOR, meal, booking, came=0)
    house.settle()


def test_after_two_absences_it_rests_with_a_friendly_word_and_one_tap_resumes_it(house: House) -> None:
    _first, usual = a_regular(house)
    second = meal_on(house, SECOND)
    until(house, datetime(2026, 11, 28, 12, 0, tzinfo=UTC))
    third = meal_on(house, THIRD)
    until(house, datetime(2026, 12, 4, 12, 0, tzinfo=UTC))
    stays_away(house, second)
    until(house, datetime(2026, 12, 11, 12, 0, tzinfo=UTC))
    stays_away(house, third)
    until(house, datetime(2026, 12, 13, 11, 0, tzinfo=UTC))  # the last absence can still be corrected
    asked = ("jeanne", "Do you still come every Friday?")
    assert asked not in mail(house)
    until(house, datetime(2026, 12, 13, 12, 0, tzinfo=UTC))
    assert mail(house)[-1] == asked
    until(house, datetime(2026, 12, 14, 12, 0, tzinfo=UTC))
    assert mail(house).count(asked) == 1
    fourth = meal_on(house, FOURTH)
    assert bookings_at(house, fourth) == []
    resume(house["booking"].service, voice(house), usual)
    keep(house)
    house["booking"].timers["let usual places rest"]()
    with house["booking"].service.read() as conn:
        assert usual_store.some(conn, [usual])[usual].paused_at is None
    assert len(bookings_at(house, fourth)) == 1


def test_who_ends_it_is_forgotten_and_what_is_booked_stays(house: House) -> None:
    _first, usual = a_regular(house)
    second = meal_on(house, SECOND)
    (booking,) = bookings_at(house, second)
    for _ in range(2):
        end(house["booking"].service, voice(house), usual)
    house.settle()
    assert outcome_of(house, booking).status is BookingStatus.CONFIRMED
    assert rows(house, "booking", house["booking"].metadata.tables["person"]) == []
    assert rows(house, "notifications", house["notifications"].metadata.tables["known_person"]) == []
    with pytest.raises(UnknownPerson):
        resume(house["booking"].service, voice(house), usual)


def test_a_booking_that_was_put_back_makes_no_second_one(house: House) -> None:
    a_regular(house)
    copy = copy_of(house, "booking")
    house.clock.pass_time(minutes=1)
    second = meal_on(house, SECOND)
    put_back(house, "booking", copy)
    house.clock.pass_time(minutes=1)
    house["capacity"].resay()
    house.settle()
    keep(house)
    assert len(bookings_at(house, second)) == 1
    assert sitting_of(house, second).seating.held == 2


def test_a_usual_booking_says_where_it_comes_from(house: House) -> None:
    a_regular(house)
    second = meal_on(house, SECOND)
    table = house["booking"].metadata.tables["booking"]
    (row,) = [row for row in rows(house, "booking", table) if row.sitting == second]
    assert row.origin == Origin.STANDING
