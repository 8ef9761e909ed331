"""My bookings: a link that is sent to who is known, and tells nobody else whether they are."""

import re
from dataclasses import replace

import pytest
import sqlalchemy as sa

from services.booking.domain.contact import Contact
from services.booking.domain.guest_links import MOST_IN_A_DAY
from services.booking.store.tables import guest_link
from services.booking.use_cases.voice import EMAIL
from shared.contracts.guest_link import GuestLink
from shared.contracts.party import Party
from shared.links import ForgedLink, Links
from tests.services.booking.house import BookingHouse
from tests.services.booking.pages.conftest import Browser

ASK = "/my/bookings"
SHARED = Contact(name="Sacha Exemple", email=None, phone="+33639980055", language="fr")


def links(house: BookingHouse) -> list[GuestLink]:
    """The timer looks; what was said to notifications since the last time."""
    for name in ("send links", "forget links"):
        house.parts.timers[name]()
    outbox = house.service.tables.outbox
    with house.service.read() as conn:
        things = conn.scalars(sa.select(outbox.c.thing).where(outbox.c.kind == GuestLink.kind)).all()
    found = [house.said(GuestLink, thing) for thing in things]
    if found:
        house.receipt_all(GuestLink)
    return found


def ask(browser: Browser, contact: str) -> str:
    answer = browser.send(ASK, contact=contact)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/my/bookings/asked")
    return browser.open("/my/bookings/asked").text


def my_page(house: BookingHouse, browser: Browser, contact: str = "camille@example.org") -> str:
    """The path of the page behind the link that is sent."""
    ask(browser, contact)
    (link,) = links(house)
    return link.link.removeprefix("http://127.0.0.1:8000")


def is_an_emails(house: BookingHouse, page: str, booking: str) -> bool:
    """Whether the link to a booking on a page is one as e-mails have it. (No token is like another: it says when.)"""
    (token,) = re.findall(r'href="/b/([^"]+)"', page)
    links = Links(house.parts.settings.secret_keys)
    try:
        return links.read(EMAIL, token) == booking
    except ForgedLink:
        return False


def test_who_booked_is_sent_a_link(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    house.confirm(house.book())
    ask(browser, " Camille@Example.org ")
    (link,) = links(house)
    assert (link.email, link.phone, link.language) == ("camille@example.org", None, "en")
    assert "camille" not in link.link
    page = browser.open(link.link.removeprefix("http://127.0.0.1:8000"))
    assert page.headers["Cache-Control"] == "no-store" and page.headers["Referrer-Policy"] == "no-referrer"
    assert "La Tablée de Saône" in page.text and "Confirmed" in page.text and "2 people" in page.text


def test_who_is_unknown_is_answered_alike_and_not_kept(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    house.book()
    assert ask(browser, "nobody@example.org") == ask(browser, "camille@example.org")
    assert [link.email for link in links(house)] == ["camille@example.org"]
    with house.service.read() as conn:
        assert set(conn.scalars(sa.select(guest_link.c.address))) == {None, "camille@example.org"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Please write your e-mail address or your mobile number."),
        ("camille", "Please write your e-mail address or your mobile number."),
        ("camille@", "This e-mail address does not look right."),
        ("06 39", "This number does not look right."),
        ("04 78 00 00 00", "This number cannot receive text messages."),
    ],
)
def test_what_is_no_contact_is_said_and_kept_in_the_field(
    house: BookingHouse, browser: Browser, typed: str, said: str
) -> None:
    answer = browser.send(ASK, contact=typed)
    assert answer.status_code == 422 and said in answer.text
    assert f'value="{typed}"' in answer.text
    assert house.count(guest_link) == 0


def test_a_couple_that_shares_a_telephone_sees_what_both_booked(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    house.announce("supper")
    house.book(who=SHARED)
    house.book(who=replace(SHARED, name="Dominique Exemple"), sitting="supper")
    page = browser.open(my_page(house, browser, "06 39 98 00 55")).text
    assert "Sacha Exemple" in page and "Dominique Exemple" in page


def test_letters_of_another_way_are_not_taken_for_verified(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    booking = house.book()  # Camille gave an address and a number: letters go to the address
    by_address = browser.open(my_page(house, browser)).text
    by_number = browser.open(my_page(house, browser, "06 39 98 00 42")).text
    assert (is_an_emails(house, by_address, booking), is_an_emails(house, by_number, booking)) == (True, False)


def test_what_is_cancelled_or_over_is_not_shown(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    house.announce("supper")
    house.cancel(house.book())
    house.book(Party(eaters=3), sitting="supper")
    page = browser.open(my_page(house, browser)).text
    assert page.count("See, change or cancel") == 1 and "3 people" in page
    house.clock.pass_time(days=2)
    assert "You have no booking to come." in browser.open(my_page(house, browser)).text


def test_a_link_is_good_for_half_an_hour_and_opening_it_uses_nothing(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    house.book()
    page = my_page(house, browser)
    house.clock.pass_time(minutes=29)
    assert {browser.open(page).status_code for _ in range(3)} == {200}
    house.clock.pass_time(minutes=2)
    answer = browser.open(page)
    assert answer.status_code == 410 and "Please ask for another one" in answer.text
    links(house)
    with house.service.read() as conn:
        assert conn.scalars(sa.select(guest_link.c.address)).all() == [None]


def test_to_one_contact_go_few_links_and_nobody_is_told(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    house.book()
    sent = 0
    for _ in range(3):
        ask(browser, "camille@example.org")
    sent += len(links(house))
    assert sent == 1
    for _ in range(10):
        house.clock.pass_time(minutes=6)
        ask(browser, "CAMILLE@example.org")
        sent += len(links(house))
    assert sent == MOST_IN_A_DAY
    house.clock.pass_time(hours=25)
    ask(browser, "camille@example.org")
    assert len(links(house)) == 1


@pytest.mark.parametrize("token", ["x", "é", "IngiIg.aaaaaa.bbbbbb"])
def test_a_forged_link_opens_nothing(house: BookingHouse, browser: Browser, token: str) -> None:
    assert browser.open(f"/my/{token}").status_code == 404
