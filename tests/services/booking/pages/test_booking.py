"""A booking in the browser, from the form to the page of its own."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.booking.store.tables import booking
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import Standing, Why
from shared.contracts.sitting import SittingStatus
from tests.services.booking.house import CANTINE, STARTS_AT, TWO, BookingHouse, a_sitting
from tests.services.booking.pages.conftest import FILLED_IN, Browser, hidden


@pytest.fixture
def page(house: BookingHouse, browser: Browser) -> str:
    """The address of a booking for two, of whom one cooks."""
    house.announce()
    return browser.book().location


def test_book_and_see_it_confirmed(house: BookingHouse, browser: Browser, page: str) -> None:
    shown = browser.open(page)
    assert "We are checking that there is room: 2 people, 1 cooking" in shown.text
    assert 'hx-trigger="every 1s"' in shown.text

    house.confirm(house.only_booking())
    shown = browser.open(page)
    assert "You are expected: 2 people, 1 cooking" in shown.text and "hx-get" not in shown.text


def test_the_address_is_kept_secret(browser: Browser, page: str) -> None:
    for shown in (browser.open(page), browser.open(page + "/status"), browser.open("/b/forged")):
        assert shown.headers["Cache-Control"] == "no-store"
        assert shown.headers["Referrer-Policy"] == "no-referrer"
        assert shown.headers["X-Robots-Tag"] == "noindex"


def test_who_waits_alone_reads_of_one_place(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    page = browser.book(people="1", cooks="0").location
    house.put_on_waiting_list(house.only_booking())
    shown = browser.open(page).text
    assert "There is no place yet." in shown and "all of you" not in shown


def test_the_page_is_told_only_what_it_has_not_seen(house: BookingHouse, browser: Browser, page: str) -> None:
    def asks_again(shown: str) -> str:
        (address,) = re.findall(r'hx-get="([^"]+)"', shown)
        return str(address)

    address = asks_again(browser.open(page).text)
    assert browser.open(address).status_code == 204
    house.put_on_waiting_list(house.only_booking())
    fragment = browser.open(address)
    assert "You are number 1 on the waiting list: 2 people, 1 cooking" in fragment.text and "<html" not in fragment.text
    assert 'hx-trigger="every 15s"' in fragment.text
    house.confirm(house.only_booking())
    assert "hx-get" not in browser.open(asks_again(fragment.text)).text


def test_a_long_check_is_looked_at_less_often(house: BookingHouse, browser: Browser, page: str) -> None:
    house.clock.pass_time(minutes=1)
    assert 'hx-trigger="every 5s"' in browser.open(page).text


def test_without_javascript_there_is_a_link_to_look_again(browser: Browser, page: str) -> None:
    assert re.search(r'<noscript><p><a href="/b/[^"]+">Look again', browser.open(page).text)


def test_a_larger_party_is_checked_while_the_confirmed_one_stands(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    made = house.only_booking()
    house.confirm(made)
    sent = browser.send(page, page + "/party", people="4", cooks="1", children="1")
    assert (sent.status_code, sent.location) == (303, page)
    shown = browser.open(page).text
    assert "You are expected: 2 people, 1 cooking" in shown
    assert "We are checking the change: 4 people, 1 cooking, 1 child" in shown

    house.hear(house.answer(made, Standing.HELD, TWO))
    shown = browser.open(page).text
    assert ") is number 1 on the waiting list" in shown

    house.hear(house.answer(made, Standing.HELD, TWO, why=Why.PARTY_TOO_LARGE))
    shown = browser.open(page).text
    assert "The change was not made." in shown and "This meal does not take so many people on one booking." in shown


def test_to_be_fewer_is_noted_and_nothing_stands_in_its_way(house: BookingHouse, browser: Browser, page: str) -> None:
    house.confirm(house.only_booking())
    browser.send(page, page + "/party", people="1", cooks="1", children="0")
    shown = browser.open(page).text
    assert "We note the change: 1 person, who also cooks." in shown and "stands as it was" not in shown


def test_who_still_cooks_reads_when_the_cooks_begin(house: BookingHouse, browser: Browser, page: str) -> None:
    made = house.only_booking()
    house.confirm(made)
    browser.send(page, page + "/party", people="4", cooks="0", children="0")
    house.hear(house.answer(made, Standing.HELD, TWO))
    shown = browser.open(page).text
    assert ") is number 1 on the waiting list" in shown
    assert "Cooks begin at 09:30." in shown

    house.confirm(made)
    assert "Cooks begin" not in browser.open(page).text


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (Why.WAITLIST_CLOSED, "The meal is full, and so is its waiting list."),
        (Why.PAST_CUTOFF, "Booking had closed"),
        (Why.SITTING_CANCELLED, "The meal is cancelled."),
        (Why.UNKNOWN_SITTING, "This meal does not exist any more."),
        (Why.SITTING_CLOSED, "This meal takes no more bookings."),
        (Why.PARTY_TOO_LARGE, "This meal does not take so many people on one booking."),
    ],
)
def test_no_place_has_its_reason(house: BookingHouse, browser: Browser, page: str, why: Why, words: str) -> None:
    house.refuse(house.only_booking(), why)
    assert words in browser.open(page).text


def test_who_would_be_too_many_of_one_group_finds_other_dates(house: BookingHouse, browser: Browser, page: str) -> None:
    unsuitable: dict[str, dict[str, Any]] = {
        "full": {"seats_left": 1},
        "small": {"largest_party": 1},
        "closed": {"status": SittingStatus.CLOSED},
    }
    for days, thing in enumerate(("next", "full", "small", "closed", "later"), start=1):
        starts_at = a_sitting().starts_at + timedelta(days=days)
        cutoff_at = starts_at - timedelta(hours=16)
        house.announce(
            thing, starts_at=starts_at, cutoff_at=cutoff_at, date=starts_at.date(), **unsuitable.get(thing, {})
        )
    house.announce("elsewhere", cantine=replace(CANTINE, slug="lille-moulin"))
    house.refuse(house.only_booking(), Why.GROUP_TOO_LARGE)
    shown = browser.open(page).text
    assert "With the other bookings on this contact" in shown
    assert re.findall(r'href="/meals/([a-z]+)"', shown) == ["next", "later"]


def test_cancel(house: BookingHouse, browser: Browser, page: str) -> None:
    for _ in range(2):
        assert browser.client.post(page + "/cancel", data=hidden(browser.open("/meals/lunch").text)).status_code == 303
    shown = browser.open(page).text
    assert "Your booking is cancelled." in shown and 'href="/meals/lunch">Book this meal again' in shown
    assert house.wish_said(house.only_booking()).party == NOBODY

    late = browser.client.post(
        page + "/party", data=hidden(browser.open("/meals/lunch").text) | {"people": "3", "cooks": "0", "children": "0"}
    )
    assert late.status_code == 409 and "cancelled and cannot be changed" in late.text


@pytest.mark.parametrize("asked", ["cancel", "skip"])
def test_a_letters_link_to_cancel_asks_and_cancels_nothing(
    house: BookingHouse, browser: Browser, page: str, asked: str
) -> None:
    made = house.only_booking()
    house.confirm(made)
    for _ in range(2):  # the guest, and what scans their mail
        shown = browser.open(f"{page}?lang=en&{asked}=1").text
        assert "Cancel the booking?" in shown and shown.count("Yes, cancel my booking") == 1
    assert "You are expected" in browser.open(page).text and "Cancel the booking?" not in browser.open(page).text

    browser.send(page, page + "/cancel")
    shown = browser.open(f"{page}?{asked}=1").text
    assert "Your booking is cancelled." in shown and "Cancel the booking?" not in shown


def offers(shown: str) -> set[str]:
    """To which addresses of a booking the forms on its page go."""
    return set(re.findall(r'action="/b/[^/"]+/([a-z-]+)"', shown))


def test_without_a_place_there_is_nothing_to_give_up_but_one_may_ask_again(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    made = house.only_booking()
    assert offers(browser.open(page).text) == {"party", "cancel", "company", "needs", "letters", "member"}
    house.refuse(made, Why.WAITLIST_CLOSED)
    shown = browser.open(f"{page}?cancel=1").text
    assert offers(shown) == {"party"} and "Ask again for this meal" in shown and "Cancel" not in shown
    assert "#needs" not in shown and "what is booked stays booked" not in shown
    house.clock.at = STARTS_AT - timedelta(hours=1)  # booking has closed
    assert offers(browser.open(page).text) == set()
    house.clock.at = STARTS_AT - timedelta(hours=20)
    browser.send(page, page + "/party", people="1", cooks="0", children="0")
    assert offers(browser.open(page).text) == {"party", "cancel", "company", "needs", "letters", "member"}


@pytest.mark.parametrize("gone", ["the booking", "the meal"])
def test_what_is_cancelled_offers_nothing_that_cannot_be_done(house: BookingHouse, browser: Browser, gone: str) -> None:
    house.announce()
    page = browser.book(proxy_name="Paul Exemple", contact_is="guest").location
    house.confirm(house.only_booking())
    letter = house.notice_said(house.only_booking()).link.split("/b/")[1].replace("lang=fr", "lang=en")
    assert "Cancel it below" in browser.open(f"/b/{letter}").text
    if gone == "the booking":
        house.cancel(house.only_booking())
    else:
        house.announce(revision=2, status=SittingStatus.CANCELLED)
    for address in (page, f"/b/{letter}"):
        shown = browser.open(address).text
        assert ("Book this meal again" in shown) is (gone == "the booking")
        assert offers(shown) <= {"cook-calls", "usual"} and "ancel it" not in shown and "#needs" not in shown
    assert "Paul Exemple booked it for you." in shown


def test_a_cancelled_meal_says_so(house: BookingHouse, browser: Browser, page: str) -> None:
    house.announce(revision=2, status=SittingStatus.CANCELLED)
    shown = browser.open(page).text
    assert "This meal is cancelled." in shown and "/party" not in shown


def test_once_the_meal_has_begun_nothing_changes(house: BookingHouse, browser: Browser, page: str) -> None:
    forms = hidden(browser.open(page).text)
    house.clock.at = STARTS_AT
    shown = browser.open(page).text
    assert "This meal has begun" in shown and "hx-get" not in shown
    for address, typed in (("/cancel", {}), ("/party", {"people": "1"})):
        assert browser.client.post(page + address, data=forms | typed).status_code == 409
    assert house.wish_said(house.only_booking()).party == TWO


def test_after_the_cutoff_fewer_may_come_but_not_more(house: BookingHouse, browser: Browser, page: str) -> None:
    house.confirm(house.only_booking())
    house.clock.at = STARTS_AT - timedelta(hours=1)
    more = browser.send(page, page + "/party", people="3", cooks="1", children="0")
    assert more.status_code == 409 and "the shopping is done" in more.text
    fewer = browser.send(page, page + "/party", people="1", cooks="1", children="0")
    assert fewer.status_code == 303
    assert house.wish_said(house.only_booking()).party == Party(cooks=1)


@pytest.mark.parametrize(
    "typed", [{"people": "0"}, {"people": "100"}, {"people": "x"}, {"people": "2", "cooks": "3"}, {}]
)
def test_a_wrong_party_is_said_at_its_field(
    house: BookingHouse, browser: Browser, page: str, typed: dict[str, str]
) -> None:
    blank = {"people": "", "cooks": "", "children": ""}
    answer = browser.send(page, page + "/party", **(blank | typed))
    assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text and "<details" in answer.text
    assert house.wish_said(house.only_booking()).party == TWO


@pytest.mark.parametrize("token", ["forged", "%00", "é", "a.b.c"])
def test_a_forged_link_opens_nothing(house: BookingHouse, browser: Browser, page: str, token: str) -> None:
    assert browser.open(f"/b/{token}").status_code == 404
    assert browser.open(f"/b/{token}/status").status_code == 404
    forms = hidden(browser.open("/meals/lunch").text)
    assert browser.client.post(f"/b/{token}/cancel", data=forms).status_code == 404
    assert "Please use the whole link" in browser.open(f"/b/{token}").text


def test_a_link_whose_booking_is_not_found(house: BookingHouse, browser: Browser, page: str) -> None:
    house.forget_bookings([house.only_booking()])
    answer = browser.open(page)
    assert answer.status_code == 404 and "try again in a few minutes" in answer.text


def test_a_form_without_its_csrf_token_changes_nothing(house: BookingHouse, browser: Browser, page: str) -> None:
    posts: list[Callable[[], int]] = [
        lambda: browser.client.post("/meals/lunch", data=FILLED_IN).status_code,
        lambda: browser.client.post(page + "/cancel").status_code,
        lambda: browser.client.post(page + "/party", data={"people": "1"}).status_code,
    ]
    assert [post() for post in posts] == [400, 400, 400]
    assert house.count(booking) == 1 and house.wish_said(house.only_booking()).party == TWO


def test_who_opens_the_address_of_a_form_finds_the_booking(browser: Browser, page: str) -> None:
    assert browser.open(page + "/party").location == browser.open(page + "/cancel").location == page
