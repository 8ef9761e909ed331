"""Somebody phones: the booking, and what is said back to them."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from services.booking.domain.preferences import Preferences
from services.booking.use_cases.prefer import prefer
from shared.contracts.seats import Offer, Standing, Why
from shared.contracts.staff import StaffRole
from tests.services.booking.house import CANTINE, STARTS_AT, BookingHouse
from tests.services.booking.pages.conftest import Browser
from tests.services.booking.pages.team import browser_of

CALL = {"people": "2", "cooks": "1", "children": "0", "name": "Lucienne Noiret", "phone": "", "language": "fr"}
PATH = "/table/lunch/phone"


@pytest.fixture
def samira(house: BookingHouse) -> Browser:
    house.announce()
    return browser_of(house, "samira", StaffRole.COORDINATOR)


def test_a_call_is_a_booking_like_any_other(house: BookingHouse, samira: Browser) -> None:
    assert samira.send(PATH, **CALL).location == "/table/lunch"
    booking = house.only_booking()
    assert house.wish_said(booking).party.seats == 2
    page = samira.open("/table/lunch").text
    assert "Booked by the team" in page
    assert "Being checked" in page
    house.confirm(booking)
    assert house.notice_said(booking).name == "Lucienne Noiret"
    assert house.notice_said(booking).by_team
    assert "Being checked" not in samira.open("/table/lunch/guests").text


def test_the_same_form_sent_twice_books_once(house: BookingHouse, samira: Browser) -> None:
    form = {"form_token": "the same"}
    for people in ("2", "2", "3"):
        samira.send(PATH, **{**CALL, "people": people, **form})
    house.only_booking()


def test_a_number_at_home_is_kept_for_calls_and_gets_no_sms(house: BookingHouse, samira: Browser) -> None:
    samira.send(PATH, **{**CALL, "phone": "04 72 00 00 00"})
    booking = house.only_booking()
    house.confirm(booking)
    assert house.notice_said(booking).phone is None
    assert "04\N{NO-BREAK SPACE}72" in samira.open("/table/calls").text


@pytest.mark.parametrize(
    ("field", "wrong"), [("name", ""), ("name", "\x00"), ("phone", "12"), ("people", "0"), ("people", "many")]
)
def test_what_is_wrong_is_said_and_kept(samira: Browser, field: str, wrong: str) -> None:
    answer = samira.send(PATH, **{**CALL, "name": "Lucienne", field: wrong})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    if field != "name":
        assert 'value="Lucienne"' in answer.text


def test_what_no_letter_says_is_to_be_said_once(house: BookingHouse, samira: Browser) -> None:
    samira.send(PATH, **CALL)
    booking = house.only_booking()
    assert "Nobody is to be called." in samira.open("/table/calls").text
    house.put_on_waiting_list(booking)
    assert "they are on the waiting list" in samira.open("/table/calls").text
    house.clock.pass_time(seconds=1)
    before = samira.open("/table/calls")
    house.confirm(booking)  # while somebody speaks of the waiting list
    samira.client.post("/table/calls", data=_hidden(before.text))
    assert "they are expected" in samira.open("/table/calls").text
    samira.send("/table/calls")
    assert "Nobody is to be called." in samira.open("/table/calls").text


def test_who_has_no_address_is_reminded_by_voice_the_day_before(house: BookingHouse, samira: Browser) -> None:
    samira.send(PATH, **CALL)
    house.confirm(house.only_booking())
    samira.send("/table/calls")
    house.clock.at = STARTS_AT - timedelta(hours=20, minutes=20)  # 16:10 in Lyon
    assert "Remind them" in samira.open("/table/calls").text
    samira.send("/table/calls")
    assert "Nobody is to be called." in samira.open("/table/calls").text


def test_a_meal_that_moves_is_said_to_who_has_no_address(house: BookingHouse, samira: Browser) -> None:
    samira.send(PATH, **CALL)
    house.confirm(house.only_booking())
    samira.send("/table/calls")
    house.clock.pass_time(minutes=5)
    later = STARTS_AT + timedelta(hours=1)
    revision = int(house.clock.at.timestamp() * 1_000_000)
    house.announce(revision=revision, starts_at=later, meal_starts=time(13, 30))
    house.clock.pass_time(minutes=5)
    house.announce(revision=revision + 1, starts_at=later, meal_starts=time(13, 30), seats_left=9)
    page = samira.open("/table/calls").text
    assert "the meal has moved" in page and "13:30" in page
    samira.send("/table/calls")
    assert "Nobody is to be called." in samira.open("/table/calls").text


def test_who_was_told_of_the_old_hour_is_to_be_told_of_the_new(house: BookingHouse, samira: Browser) -> None:
    samira.send(PATH, **CALL)
    house.confirm(house.only_booking())
    before = samira.open("/table/calls")
    house.clock.pass_time(minutes=5)
    revision = int(house.clock.at.timestamp() * 1_000_000)
    house.announce(revision=revision, starts_at=STARTS_AT + timedelta(hours=1), meal_starts=time(13, 30))
    house.clock.pass_time(minutes=1)
    samira.client.post("/table/calls", data=_hidden(before.text))  # they spoke of 12:30
    assert "the meal has moved" in samira.open("/table/calls").text
    samira.send("/table/calls")
    assert "Nobody is to be called." in samira.open("/table/calls").text


def test_who_comes_to_eat_is_not_called_because_cooking_begins_earlier(house: BookingHouse, samira: Browser) -> None:
    samira.send(PATH, **CALL)
    house.confirm(house.only_booking())
    samira.send("/table/calls")
    house.clock.pass_time(minutes=5)
    house.announce(revision=int(house.clock.at.timestamp() * 1_000_000), cooking_starts=time(9, 0))
    assert "Nobody is to be called." in samira.open("/table/calls").text


def test_they_are_reminded_when_their_cantine_reminds_its_guests(house: BookingHouse, samira: Browser) -> None:
    house.announce(revision=2, cantine=replace(CANTINE, reminder_days=1, reminder_at=time(11, 30)))
    samira.send(PATH, **CALL)
    house.confirm(house.only_booking())
    samira.send("/table/calls")
    house.clock.at = STARTS_AT - timedelta(hours=25, minutes=10)  # 11:20 in Lyon
    assert "Nobody is to be called." in samira.open("/table/calls").text
    house.clock.pass_time(minutes=15)
    assert "Remind them" in samira.open("/table/calls").text


def test_who_wishes_for_no_reminder_is_not_called_for_one(house: BookingHouse, samira: Browser) -> None:
    samira.send(PATH, **CALL)
    booking = house.only_booking()
    house.confirm(booking)
    samira.send("/table/calls")
    prefer(house.service, house.voice, booking, Preferences(reminders=False), ("fr", ["fr", "en"]), by_letter=True)
    house.clock.at = STARTS_AT - timedelta(hours=20, minutes=20)
    assert "Nobody is to be called." in samira.open("/table/calls").text


def test_who_has_a_mobile_or_cancelled_is_not_called(house: BookingHouse, samira: Browser) -> None:
    samira.send(PATH, **{**CALL, "phone": "06 39 98 00 42"})
    booking = house.only_booking()
    house.refuse(booking, Why.SITTING_CLOSED)
    assert house.notice_said(booking).phone == "+33639980042"
    assert "Nobody is to be called." in samira.open("/table/calls").text
    samira.send(PATH, **CALL)


def test_nothing_unreadable_is_noted_as_said(samira: Browser) -> None:
    for said in ({"booking": "\x00", "about": "standing"}, {"booking": "x", "about": "?"}, {"booking": "x"}):
        assert samira.send("/table/calls", None, **said).status_code == 400
    assert samira.send("/table/", "/table/calls", booking="x", about="standing", news="1").status_code == 404


def _hidden(page: str) -> dict[str, str]:
    from tests.services.booking.pages.conftest import hidden

    return hidden(page)


def test_who_has_no_address_is_asked_by_voice_and_their_answer_is_noted(house: BookingHouse, samira: Browser) -> None:
    samira.send(PATH, **CALL)
    booking = house.only_booking()
    until = house.clock.at + timedelta(minutes=20)
    house.hear(house.answer(booking, Standing.OFFERED, offer=Offer(id="an-offer", until=until)))
    assert "there is room for them until Tuesday 24 November, 10:20" in samira.open("/table/calls").text
    samira.send("/table/calls", reply="yes")
    wish = house.wish_said(booking)
    assert wish.reply and wish.reply.accepted
    assert "Nobody is to be called." in samira.open("/table/calls").text
    samira.send("/table/", "/table/calls", booking=booking, about="standing", news="1", reply="no")
    assert house.wish_said(booking) == wish


def test_nobody_is_called_about_an_offer_that_has_passed(house: BookingHouse, samira: Browser) -> None:
    samira.send(PATH, **CALL)
    until = house.clock.at + timedelta(minutes=20)
    house.hear(house.answer(house.only_booking(), Standing.OFFERED, offer=Offer(id="an-offer", until=until)))
    house.clock.pass_time(minutes=21)
    assert "Nobody is to be called." in samira.open("/table/calls").text
    assert "Asked" in samira.open("/table/lunch").text
