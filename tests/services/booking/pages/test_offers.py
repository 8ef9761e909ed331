"""A place is free for somebody who waits: they say yes or no on their booking's page."""

import re
from datetime import timedelta

import pytest

from shared.contracts.booking import BookingStatus
from shared.contracts.seats import Offer, Standing, Why
from tests.services.booking.house import TWO, BookingHouse
from tests.services.booking.pages.conftest import Browser, hidden


@pytest.fixture
def page(house: BookingHouse, browser: Browser) -> str:
    """The address of a booking for two to which places are offered, for an hour and five minutes."""
    house.announce()
    address = browser.book().location
    offered(house)
    return address


def offered(house: BookingHouse) -> None:
    until = house.clock.at + timedelta(minutes=65)
    made = house.only_booking()
    house.hear(house.answer(made, Standing.OFFERED, offer=Offer(id="an-offer", until=until)))


def test_the_page_asks_and_says_until_when(house: BookingHouse, browser: Browser, page: str) -> None:
    shown = " ".join(browser.open(page).text.split())
    assert "There is room for all of you: 2 people, 1 cooking. Would you still like to come?" in shown
    assert "We keep it until Tuesday 24 November, 11:05." in shown  # Lyon is an hour ahead
    assert "You have 1 hour and 5 minutes to answer." in shown
    house.clock.pass_time(minutes=65, seconds=1)
    assert "The time to answer is over." in browser.open(page).text


def test_the_countdown_goes_on_while_the_page_is_open(house: BookingHouse, browser: Browser, page: str) -> None:
    (address,) = re.findall(r'hx-get="([^"]+)"', browser.open(page).text)
    assert browser.open(address).status_code == 204
    house.clock.pass_time(minutes=1)
    assert "You have 1 hour and 4 minutes to answer." in browser.open(address).text


def test_yes_is_said_to_capacity_once_and_checked(house: BookingHouse, browser: Browser, page: str) -> None:
    sent = browser.send(page, page + "/accept")
    assert (sent.status_code, sent.location) == (303, page)
    wish = house.wish_said(house.only_booking())
    assert wish.reply and (wish.reply.offer, wish.reply.accepted, wish.party) == ("an-offer", True, TWO)
    assert house.outcome(house.only_booking()).checking
    browser.send(page, page + "/accept")
    browser.send(page, page + "/decline")
    assert house.wish_said(house.only_booking()) == wish


def test_no_leaves_the_list_and_one_may_ask_again(house: BookingHouse, browser: Browser, page: str) -> None:
    made = house.only_booking()
    browser.send(page, page + "/decline")
    wish = house.wish_said(made)
    assert wish.reply and not wish.reply.accepted
    house.refuse(made, Why.OFFER_DECLINED)
    assert "You have declined the place" in browser.open(page).text
    house.clock.pass_time(minutes=1)
    browser.send(page, page + "/party", people="2", cooks="1", children="0")
    again = house.wish_said(made)
    assert again.reply is None and again.asked_at == house.clock.at


def test_who_opens_the_links_answers_nothing(house: BookingHouse, browser: Browser, page: str) -> None:
    said = house.wish_said(house.only_booking())
    for door in ("/accept", "/decline"):
        assert browser.open(page + door).location == page
        assert browser.client.post(page + door).status_code == 400  # without the token of the form
    assert house.wish_said(house.only_booking()) == said


def test_after_its_time_one_may_still_say_yes_at_the_old_place(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    made = house.only_booking()
    before = house.find(made)
    house.refuse(made, Why.OFFER_EXPIRED)
    assert "We did not hear from you" in browser.open(page).text
    house.clock.pass_time(minutes=1)
    browser.send(page, page + "/accept")
    wish = house.wish_said(made)
    assert wish.reply and (wish.reply.offer, wish.reply.at) == ("", house.clock.at)
    assert wish.asked_at == before.asked_at
    house.refuse(made, Why.OFFER_EXPIRED)
    forms = hidden(browser.open(page).text)
    house.clock.pass_time(days=1)
    assert browser.client.post(page + "/accept", data=forms).status_code == 409


def test_who_lost_the_race_is_told_and_waits_on(house: BookingHouse, browser: Browser, page: str) -> None:
    house.hear(house.answer(house.only_booking(), Standing.WAITLISTED, why=Why.OFFER_TAKEN))
    shown = browser.open(page).text
    assert "Somebody else was faster to say yes" in shown and "You are number 1 on the waiting list" in shown


def test_notifications_hears_until_when_and_a_new_offer_is_news(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    made = house.only_booking()
    first = house.notice_said(made)
    assert (first.status, first.offer_until) == (BookingStatus.OFFERED, house.clock.at + timedelta(minutes=65))
    house.hear(
        house.answer(made, Standing.OFFERED, offer=Offer(id="another", until=house.clock.at + timedelta(minutes=20)))
    )
    assert house.notice_said(made).news > first.news


def test_the_request_reminds_capacity_of_an_offer_that_it_made(house: BookingHouse, page: str) -> None:
    made = house.only_booking()
    house.change(made, TWO.__class__(eaters=1))
    kept = house.wish_said(made).last_answer
    assert kept and kept.standing is Standing.OFFERED and kept.offer and kept.offer.id == "an-offer"
