"""After the meal: who wished for a word is told of as marked at the door, and every correction follows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.booking.domain.staff import Staff
from services.booking.use_cases.check_in import all_others_came, mark
from shared.contracts.booking import Attended, BookingNotice
from shared.contracts.reply import GuestAnswer, GuestReply
from shared.contracts.staff import StaffRole
from tests.services.booking.house import CAMILLE, CANTINE, STARTS_AT, TWO, BookingHouse

YANIS = Staff(id="yanis", name="Yanis", role=StaffRole.HELPER, cantines=("lyon-saone",))
DAY_AFTER = STARTS_AT + timedelta(hours=13)


@pytest.fixture
def expected(house: BookingHouse) -> str:
    """A confirmed booking of somebody who wished for a word after the meal."""
    house.announce(cantine=replace(CANTINE, thanks=True))
    made = house.book(thanks=True)
    house.confirm(made)
    return made


def door(house: BookingHouse, booking: str, came: int | None) -> None:
    mark(house.service, house.voice, YANIS, "lunch", booking, came=came)


def told(house: BookingHouse, booking: str) -> Attended | None:
    notice: BookingNotice = house.notice_said(booking)
    return notice.attended


def look(house: BookingHouse) -> None:
    house.parts.timers["thank"]()


def test_notifications_is_told_when_the_day_is_over_and_it_is_no_news(house: BookingHouse, expected: str) -> None:
    news = house.notice_said(expected).news
    house.clock.at = STARTS_AT
    door(house, expected, 2)
    look(house)
    assert told(house, expected) is None
    house.clock.at = DAY_AFTER
    look(house)
    assert (told(house, expected), house.notice_said(expected).news) == (Attended.CAME, news)
    revision = house.notice_said(expected).revision
    look(house)
    assert house.notice_said(expected).revision == revision, "once"


def test_a_correction_on_the_day_after_is_told_at_once(house: BookingHouse, expected: str) -> None:
    house.clock.at = STARTS_AT
    door(house, expected, 0)
    house.clock.at = DAY_AFTER
    look(house)
    assert told(house, expected) is Attended.ABSENT
    door(house, expected, None)
    assert told(house, expected) is None
    all_others_came(house.service, house.voice, YANIS, "lunch")
    assert told(house, expected) is Attended.CAME


def test_who_did_not_ask_for_it_is_not_told_of(house: BookingHouse, expected: str) -> None:
    other = house.book(TWO, who=replace(CAMILLE, email="other@example.org"))
    house.confirm(other)
    house.clock.at = STARTS_AT
    all_others_came(house.service, house.voice, YANIS, "lunch")
    house.clock.at = DAY_AFTER
    look(house)
    assert (told(house, expected), told(house, other)) == (Attended.CAME, None)


def test_where_the_canteen_no_longer_writes_such_words_nobody_is_told_of(house: BookingHouse, expected: str) -> None:
    house.announce(revision=2)
    house.clock.at = STARTS_AT
    door(house, expected, 2)
    house.clock.at = DAY_AFTER
    look(house)
    assert told(house, expected) is None


def test_who_wants_no_more_of_it_is_told_of_at_no_meal(house: BookingHouse, expected: str) -> None:
    house.announce("next", cantine=replace(CANTINE, thanks=True), starts_at=STARTS_AT + timedelta(days=7))
    next_one = house.book(TWO, sitting="next", who=replace(CAMILLE, email="CAMILLE@example.org"), thanks=True)
    stranger = house.book(TWO, sitting="next", who=replace(CAMILLE, email="other@example.org"), thanks=True)
    for made in (next_one, stranger):
        house.confirm(made)
    house.clock.at = STARTS_AT
    door(house, expected, 2)
    house.clock.at = DAY_AFTER
    look(house)
    house.hear(
        GuestReply(
            thing=f"unsubscribe:thanks:{expected}",
            revision=1,
            answer=GuestAnswer.NO_MORE_THANKS,
            said_at=DAY_AFTER,
            booking=expected,
        )
    )
    assert told(house, expected) is None
    assert [house.find(one).preferences.thanks for one in (expected, next_one, stranger)] == [False, False, True]
    look(house)
    assert told(house, expected) is None
