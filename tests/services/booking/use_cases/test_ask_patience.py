"""When the kitchen does not answer, whoever asked is told that their wish has come; and only then."""

from datetime import timedelta

import pytest

from services.booking.use_cases.prefer import prefer
from services.booking.use_cases.resay import resay
from shared.contracts.booking import BookingNotice, BookingStatus
from shared.contracts.seats import SeatsRequest
from tests.services.booking.house import FOUR, STARTS_AT, BookingHouse


@pytest.fixture
def asked(house: BookingHouse) -> str:
    """A booking that nobody has answered yet."""
    house.announce()
    return house.book()


def look(house: BookingHouse) -> None:
    house.parts.timers["ask patience"]()


def test_an_answer_that_takes_a_second_needs_no_patience(house: BookingHouse, asked: str) -> None:
    house.confirm(asked)
    confirmed = house.notice_said(asked)
    house.clock.pass_time(minutes=10)
    look(house)
    assert house.notice_said(asked) == confirmed and not confirmed.unanswered


def test_after_five_minutes_without_an_answer_it_is_told_once(house: BookingHouse, asked: str) -> None:
    house.clock.pass_time(minutes=4, seconds=59)
    look(house)
    assert house.said(BookingNotice, asked) is None
    house.clock.pass_time(seconds=1)
    look(house)
    told = house.notice_said(asked)
    assert (told.status, told.unanswered, told.news) == (BookingStatus.REQUESTED, True, told.revision)
    house.clock.pass_time(minutes=5)
    look(house)
    assert house.notice_said(asked) == told

    house.confirm(asked)
    answered = house.notice_said(asked)
    assert (answered.status, answered.unanswered) == (BookingStatus.CONFIRMED, False)
    assert answered.news > told.news


def test_what_is_wished_meanwhile_is_told_by_the_answer_alone(house: BookingHouse, asked: str) -> None:
    house.clock.pass_time(minutes=5)
    look(house)
    told = house.notice_said(asked)
    house.change(asked, FOUR)
    prefer(house.service, house.voice, asked, house.find(asked).preferences, ("en", ["fr", "en"]), by_letter=True)
    house.clock.pass_time(minutes=5)
    look(house)
    again = house.notice_said(asked)
    assert (again.unanswered, again.news, again.party) == (True, told.news, FOUR), "no news, so no second letter"


def test_who_was_answered_once_is_told_nothing_while_it_is_checked_again(house: BookingHouse, asked: str) -> None:
    house.put_on_waiting_list(asked)
    waiting = house.notice_said(asked).news
    resay(house.service, house.voice)
    assert house.find(asked).revision == house.said(SeatsRequest, asked).revision
    house.clock.pass_time(minutes=10)
    look(house)
    assert (house.notice_said(asked).news, house.notice_said(asked).unanswered) == (waiting, False)


@pytest.mark.parametrize("late", [timedelta(), timedelta(days=1)])
def test_at_a_meal_that_has_begun_nobody_is_told(house: BookingHouse, asked: str, late: timedelta) -> None:
    house.clock.at = STARTS_AT + late
    look(house)
    assert house.said(BookingNotice, asked) is None


def test_who_has_cancelled_meanwhile_is_not_told_to_wait(house: BookingHouse, asked: str) -> None:
    house.cancel(asked)
    cancelled = house.said(BookingNotice, asked)
    house.clock.pass_time(minutes=10)
    look(house)
    assert house.said(BookingNotice, asked) == cancelled
