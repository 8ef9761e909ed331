"""How a guest wants to be written to, and a word to the host that they come later."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.contracts.staff import StaffRole
from tests.services.booking.house import CANTINE, STARTS_AT, BookingHouse
from tests.services.booking.pages.conftest import FILLED_IN, Browser, hidden, in_a_letter
from tests.services.booking.pages.team import browser_of

SHOWN = "Letters and reminders"


@pytest.fixture
def from_the_form(house: BookingHouse, browser: Browser) -> str:
    """The address to which somebody came who booked, with both ways to be reached."""
    house.announce()
    address = browser.book(phone="06 39 98 00 42").location
    house.confirm(house.only_booking())
    return address


@pytest.fixture
def page(house: BookingHouse, from_the_form: str) -> str:
    """The address of the same booking in a letter to its guest."""
    return in_a_letter(house, house.only_booking())


def chosen(page: str) -> set[str]:
    """What is chosen on a page: names with values."""
    radios = re.findall(r'type="radio" name="(\w+)" value="(\w+)" checked', page)
    return {f"{name} {value}" for name, value in radios}


def test_by_sms_in_another_language_and_without_a_reminder(house: BookingHouse, browser: Browser, page: str) -> None:
    assert chosen(browser.open(page).text) == {"way email", "reminders 1"}
    news = house.notice_said(house.only_booking()).news
    answer = browser.send(page, f"{page}/letters", way="sms", language="en", reminders="0", quiet="1")
    assert answer.status_code == 303
    notice = house.notice_said(house.only_booking())
    assert (notice.by_sms, notice.language, notice.reminders, notice.quiet) == (True, "en", False, True)
    assert notice.news == news, "nobody is written to because of it"
    assert notice.link.endswith("?lang=en")
    assert chosen(browser.open(page).text) == {"way sms", "reminders 0"}
    browser.send(page, f"{page}/letters", way="email", language="fr", reminders="1")
    notice = house.notice_said(house.only_booking())
    assert (notice.by_sms, notice.language, notice.reminders, notice.quiet) == (False, "fr", True, False)


def test_a_stranger_who_books_with_the_address_of_another_keeps_no_letter_from_it(
    house: BookingHouse, browser: Browser, from_the_form: str
) -> None:
    shown = browser.open(from_the_form).text
    assert 'name="quiet"' not in shown and 'name="way"' not in shown and "open this page by the link" in shown
    browser.send(from_the_form, f"{from_the_form}/letters", way="sms", language="en", reminders="0", quiet="1")
    notice = house.notice_said(house.only_booking())
    assert (notice.by_sms, notice.language, notice.reminders, notice.quiet) == (False, "en", True, False)


def test_the_same_again_is_not_said_again(house: BookingHouse, browser: Browser, page: str) -> None:
    before = house.notice_said(house.only_booking()).revision
    browser.send(page, f"{page}/letters", way="email", language="fr", reminders="1")
    assert house.notice_said(house.only_booking()).revision == before


def test_who_gave_one_way_only_is_not_asked_which(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    page = browser.book().location
    shown = browser.open(page).text
    assert SHOWN in shown and 'name="way"' not in shown
    browser.send(page, f"{page}/letters", way="sms", language="fr", reminders="1")
    assert not house.find(house.only_booking()).preferences.by_sms


def test_a_language_that_we_do_not_speak_cannot_be_chosen(house: BookingHouse, browser: Browser, page: str) -> None:
    answer = browser.send(page, f"{page}/letters", way="email", language="x", reminders="1")
    assert answer.status_code == 422 and "This cannot be chosen." in answer.text
    assert house.find(house.only_booking()).contact.language == "fr"


def test_who_opens_the_address_as_mail_scanners_do_changes_nothing(browser: Browser, page: str) -> None:
    for path in ("letters", "late"):
        assert browser.open(f"{page}/{path}").status_code == 302


def test_a_cancelled_booking_has_nothing_left_to_choose(house: BookingHouse, browser: Browser, page: str) -> None:
    form = hidden(browser.open(page).text)
    house.cancel(house.only_booking())
    assert SHOWN not in browser.open(page).text
    assert browser.client.post(f"{page}/letters", data=form | {"language": "fr"}).status_code == 409


def test_the_host_sees_who_runs_late_until_they_are_there(house: BookingHouse, browser: Browser, page: str) -> None:
    assert "Running late?" not in browser.open(page).text
    assert browser.send(page, f"{page}/late", minutes="20").status_code == 422, "it is days away"
    house.clock.at = STARTS_AT - timedelta(minutes=30)
    host = browser_of(house, "samira", StaffRole.HOST)
    assert browser.send(page, f"{page}/late", minutes="20").status_code == 303
    assert "20 minutes later" in browser.open(page).text
    assert "20 min late" in host.open("/table/lunch").text
    browser.send(page, f"{page}/late", minutes="0")
    assert "min late" not in host.open("/table/lunch").text
    house.clock.at = STARTS_AT + timedelta(minutes=5)
    browser.send(page, f"{page}/late", minutes="10")
    assert "10 min late" in host.open("/table/lunch").text
    host.send("/table/lunch", "/table/lunch/door/guest", booking=house.only_booking(), came="all")
    assert "min late" not in host.open("/table/lunch").text


@pytest.mark.parametrize("minutes", ["", "x", "-5", "7", "100000000000000000000"])
def test_only_what_the_page_offers(house: BookingHouse, browser: Browser, page: str, minutes: str) -> None:
    house.clock.at = STARTS_AT - timedelta(minutes=30)
    assert browser.send(page, f"{page}/late", minutes=minutes).status_code == 422
    assert house.find(house.only_booking()).late_by is None


def test_an_sms_on_the_morning_where_the_canteen_offers_it(house: BookingHouse, browser: Browser, page: str) -> None:
    assert "on the morning" not in browser.open(page).text
    house.announce(revision=10, cantine=replace(CANTINE, morning_sms=True))
    assert "on the morning" in browser.open(page).text
    browser.send(page, f"{page}/letters", way="email", language="fr", reminders="2")
    notice = house.notice_said(house.only_booking())
    assert (notice.reminders, notice.morning_sms) == (True, True)
    assert chosen(browser.open(page).text) == {"way email", "reminders 2"}


TICK = 'name="thanks"'


def test_a_word_after_the_meal_is_never_ticked_beforehand(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    assert TICK not in browser.open("/meals/lunch").text, "this canteen writes no such words"
    house.announce(revision=2, cantine=replace(CANTINE, thanks=True))
    shown = browser.open("/meals/lunch").text
    assert TICK in shown and not re.search(f"{TICK}[^>]* checked", shown)
    again = browser.send("/meals/lunch", **{**FILLED_IN, "name": "", "thanks": "1"}).text
    assert re.search(f"{TICK}[^>]* checked", again), "nothing that was typed is lost"

    page = browser.book().location
    house.confirm(house.only_booking())
    assert not house.find(house.only_booking()).preferences.thanks
    browser.send(page, f"{page}/letters", language="fr", reminders="1", thanks="1")
    assert house.find(house.only_booking()).preferences.thanks
    assert re.search(f"{TICK}[^>]* checked", browser.open(page).text)
    browser.send(page, f"{page}/letters", language="fr", reminders="1")
    assert not house.find(house.only_booking()).preferences.thanks


def test_who_ticked_it_can_take_it_back_after_the_meal(house: BookingHouse, browser: Browser) -> None:
    house.announce(cantine=replace(CANTINE, thanks=True))
    page = browser.book(thanks="1").location
    made = house.only_booking()
    house.confirm(made)
    assert house.find(made).preferences.thanks
    house.clock.at = STARTS_AT + timedelta(hours=3)
    assert "No longer write to me after meals" in browser.open(page).text
    assert browser.open(f"{page}/no-thanks").status_code == 302 and house.find(made).preferences.thanks
    browser.send(page, f"{page}/no-thanks")
    assert not house.find(made).preferences.thanks
    shown = browser.open(page).text
    assert "We no longer write to you after meals." in shown
    assert "You wished for a message on the day after." not in shown
