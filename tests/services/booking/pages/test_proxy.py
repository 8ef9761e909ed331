"""A neighbour books for Jeanne: what the form asks, what each of the two sees, and what the team."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest

from services.booking.store.tables import needs
from services.booking.use_cases.export import as_json, export
from services.booking.use_cases.voice import LETTER
from shared.contracts.seats import Offer, Standing, Why
from shared.contracts.staff import StaffRole
from shared.links import Links
from tests.services.booking.house import CAMILLE, STARTS_AT, BookingHouse
from tests.services.booking.pages.conftest import Browser
from tests.services.booking.pages.team import browser_of

FOR_JEANNE = {"name": "Jeanne Exemple", "proxy_name": "Camille Voisine", "contact_is": "guest"}
TOLD: dict[str, Any] = {"diet_vegan": "1", "agrees": "1"}


def links(house: BookingHouse) -> Links:
    return Links(house.parts.settings.secret_keys)


def letter_link(house: BookingHouse, booking_id: str) -> str:
    return f"/b/{links(house).sign(LETTER, booking_id)}"


def read(browser: Browser, address: str) -> str:
    return " ".join(html.unescape(browser.open(address).text).split())


def test_who_books_for_themself_finds_it_closed_and_loses_nothing_by_it(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    form = browser.open("/meals/lunch").text
    assert '<details class="group">' in form and "I book for somebody else" in form
    browser.book(proxy_name="", contact_is="")
    assert house.find(house.only_booking()).proxy is None


def test_what_was_opened_and_left_empty_stands_open_when_the_form_comes_back(
    house: BookingHouse, browser: Browser
) -> None:
    house.announce()
    closed, opened = '<details class="group">', '<details class="group" open>'
    assert (browser.book(name="").text.count(closed), browser.book(name="").text.count(opened)) == (2, 0)
    for fold in ("opened_proxy", "opened_company"):
        text = browser.book(**{"name": "", fold: "1"}).text
        assert (text.count(closed), text.count(opened)) == (1, 1)
    assert browser.book(opened_proxy="1").status_code == 303
    assert house.find(house.only_booking()).proxy is None


def test_what_is_missing_is_said_where_it_can_be_seen(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    answer = browser.book(name="", contact_is="guest", proxy_name="", email="")
    text = html.unescape(answer.text)
    assert answer.status_code == 422 and '<details class="group" open>' in text
    for field in ("proxy_name", "name", "email"):
        assert f'id="{field}-error"' in text
    assert 'value="guest" checked' in text


def test_a_landline_is_said_to_do_for_the_guest_only(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    landline = {"email": "", "phone": "04 72 00 00 00"}
    answer = browser.book(**FOR_JEANNE | landline | {"contact_is": "proxy"})
    assert answer.status_code == 422 and "a number of the guest, also a landline" in answer.text
    assert "of the guest, a landline will do too" in answer.text
    assert "a landline, and choose" not in browser.book(**landline).text
    assert browser.book(**FOR_JEANNE | landline).status_code == 303


def test_the_guest_is_written_to_and_alone_tells_what_they_do_not_eat(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    page = browser.book(**FOR_JEANNE).location
    jeanne = house.only_booking()
    house.confirm(jeanne)
    notice = house.notice_said(jeanne)
    assert (notice.name, notice.proxy, notice.to_proxy) == ("Jeanne Exemple", "Camille Voisine", False)
    of_camille, of_jeanne = read(browser, page), read(browser, letter_link(house, jeanne))
    assert "You booked this for somebody else. We write to them" in of_camille
    assert "Allergies, diet, wheelchair" not in of_camille and "Letters and reminders" not in of_camille
    assert browser.send("/my/bookings", f"{page}/letters", quiet="1", language="fr").status_code == 403
    assert not house.find(jeanne).preferences.quiet
    assert "Camille Voisine booked this for you" in of_jeanne and "Allergies, diet, wheelchair" in of_jeanne
    assert browser.send("/my/bookings", f"{page}/needs", **TOLD).status_code == 422, "the guest agrees, not the proxy"
    assert house.count(needs) == 0
    before = needs_form(browser, page)
    assert browser.send("/my/bookings", f"{letter_link(house, jeanne)}/needs", **TOLD).status_code == 303
    assert needs_form(browser, page) == before, "a proxy does not learn that something was told"


def another_browser(house: BookingHouse) -> Browser:
    client = house.web.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return Browser(client)


def needs_form(browser: Browser, page: str) -> str:
    """The form to tell what somebody does not eat, without its token."""
    form = browser.open(page).text.split('id="needs"')[1].split("</details>")[0]
    return re.sub(r'name="csrf_token" value="[^"]+"', "", form)


def test_a_proxy_passes_on_what_the_guest_agreed_to_and_the_guest_has_the_last_word(
    house: BookingHouse, browser: Browser
) -> None:
    house.announce()
    page = browser.book(**FOR_JEANNE).location
    jeanne = house.only_booking()
    house.confirm(jeanne)
    letter, hugo = letter_link(house, jeanne), browser_of(house, "hugo", StaffRole.HOST)
    blank = needs_form(browser, page)

    def tells(address: str, **form: Any) -> None:
        assert browser.send("/my/bookings", f"{address}/needs", **form).status_code == 303

    assert "Delete what I told" not in blank, "nothing was told yet"
    tells(page, diet_vegan="1", allergen=["nuts"], they_agree="1")
    told = needs_form(browser, page)
    assert "You have told the kitchen" in told and "Delete what I told" in told
    assert "checked" not in told and "Nuts" not in told, "that something was told, not what"
    assert needs_form(another_browser(house), page) == blank, "in their own browser alone"
    assert "Camille Voisine told this for you, and said that you agree" in read(browser, letter)
    assert "1 vegan; without nuts" in read(hugo, "/table/lunch/prep")
    (kept,) = as_json(export(house.service, links(house), CAMILLE))["bookings"]
    assert kept["needs_told_by_who_booked"] is True
    tells(page, allergen=["milk"], they_agree="1")  # a slip is put right
    assert "Exemple:</strong> without milk" in read(hugo, "/table/lunch/prep")
    tells(page, delete="1")
    assert house.count(needs) == 0 and needs_form(browser, page) == blank

    tells(letter, diet_vegetarian="2", agrees="1")
    tells(page, diet_vegetarian="1", allergen=["milk"], they_agree="1")
    assert "2 vegetarians; without milk" in read(hugo, "/table/lunch/prep"), "a guest's own words stay"
    assert "Camille Voisine added to what you told, and said that you agree" in read(browser, letter)
    (kept,) = as_json(export(house.service, links(house), CAMILLE))["bookings"]
    assert kept["needs_told_by_who_booked"] is True
    tells(page, they_agree="1", access_wheelchair="1")
    tells(page, delete="1")
    assert "What you added to their own words, if they told something themselves, only they delete." in read(
        browser, page
    )
    assert "2 vegetarians; without milk" in read(hugo, "/table/lunch/prep"), "nor does a proxy replace a mixture"
    tells(letter, diet_vegetarian="2", agrees="1")
    assert "said that you agree" not in read(browser, letter)
    tells(letter, delete="1")
    assert house.count(needs) == 0


def test_who_become_fewer_is_no_word_to_a_proxy_of_what_was_told(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    page = browser.book(**FOR_JEANNE).location
    house.confirm(house.only_booking())
    letter = letter_link(house, house.only_booking())
    browser.send("/my/bookings", f"{letter}/needs", diet_vegan="2", agrees="1")
    browser.send(page, f"{page}/party", people="1", cooks="0", children="0")
    assert "You are fewer" not in browser.open(page).text


def test_who_is_written_to_for_a_guest_agrees_to_nothing_for_them(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    browser.book(**FOR_JEANNE | {"contact_is": "proxy"})
    jeanne = house.only_booking()
    house.confirm(jeanne)
    notice = house.notice_said(jeanne)
    assert (notice.name, notice.proxy, notice.to_proxy) == ("Jeanne Exemple", "Camille Voisine", True)
    page = letter_link(house, jeanne)
    text = read(browser, page)
    assert (
        "We write to you, for them" in text and "Allergies, diet, wheelchair" not in text and "every week" not in text
    )
    assert browser.send("/my/bookings", f"{page}/needs", **TOLD).status_code == 422
    for address, form in (("usual", {}), ("cook-calls", {"agrees": "1"})):
        assert browser.send("/my/bookings", f"{page}/{address}", **form).status_code == 403
    form = {"reminders": "0", "language": "fr", "thanks": "1"}
    assert browser.send("/my/bookings", f"{page}/letters", **form).status_code == 303, "but the letters are theirs"
    preferences = house.find(jeanne).preferences
    assert (preferences.reminders, preferences.thanks) == (False, False)
    assert browser.send("/my/bookings", f"{page}/cancel").status_code == 303, "and they may cancel"


def test_the_page_speaks_to_a_proxy_of_the_guest_by_name(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    page = browser.book(**FOR_JEANNE | {"contact_is": "proxy"}, people="1", cooks="0", children="0").location
    jeanne = house.only_booking()
    house.confirm(jeanne)
    text = read(browser, page)
    for words in (
        "<h1>Booking for Jeanne Exemple</h1>",
        "We expect Jeanne Exemple: 1 person",
        "How many people come?",
        "Jeanne Exemple must not eat",
    ):
        assert words in text
    for words in ("You are expected", "See you at the table", "How many are you?", "Your booking", "How many of them<"):
        assert words not in text
    house.put_on_waiting_list(jeanne)
    assert "Jeanne Exemple is number 1 on the waiting list" in read(browser, f"{page}/status")
    house.cancel(jeanne)
    assert "The booking for Jeanne Exemple is cancelled." in read(browser, page)
    assert "the place goes to somebody else" in read(browser, page)


OF_JEANNE = [  # what a proxy reads of their guest, and what they would read of themself
    (
        {"standing": Standing.OFFERED, "offer": True},
        "If you say no, Jeanne Exemple leaves the waiting list",
        "you leave",
    ),
    ({"why": Why.OFFER_EXPIRED}, "Would Jeanne Exemple still like to come?", "you are back|hear from you"),
    ({"why": Why.OFFER_DECLINED}, "Jeanne Exemple has left the waiting list", "You have declined"),
    ({"standing": Standing.WAITLISTED, "why": Why.OFFER_TAKEN}, "Jeanne Exemple stays on the waiting", "you keep"),
    ({"why": Why.PARTY_TOO_LARGE}, "This meal does not take so many people on one booking", "more of you"),
]


@pytest.mark.parametrize(("became", "of_guest", "of_reader"), OF_JEANNE)
def test_whatever_becomes_of_it_is_told_of_the_guest(
    house: BookingHouse, browser: Browser, became: dict[str, Any], of_guest: str, of_reader: str
) -> None:
    house.announce()
    page = browser.book(**FOR_JEANNE).location
    offer = Offer(id="an-offer", until=house.clock.at + timedelta(minutes=65)) if became.get("offer") else None
    house.hear(house.answer(house.only_booking(), **{"standing": Standing.REFUSED} | became | {"offer": offer}))
    shown = read(browser, page).split('id="status-now"')[1]
    assert of_guest in shown and not re.search(of_reader, shown)


def test_what_is_wrong_is_told_of_the_guests(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    page = browser.book(**FOR_JEANNE).location
    house.confirm(house.only_booking())
    wrong = browser.send(page, f"{page}/party", people="0", cooks="-1", children="0").text
    assert "Please say how many people come" in wrong and "how many of them cook" in wrong and "you are" not in wrong
    named = html.unescape(browser.send(page, f"{page}/company", companions="Zoé, Ana, Léo").text)
    assert "You name more people than come along" in named
    told = browser.send(page, f"{page}/needs", diet_vegan="7", they_agree="1").text
    assert "That is more than come on this booking" in told
    browser.send(page, f"{page}/company", companions="Zoé")
    browser.send(page, f"{page}/party", people="1", cooks="0", children="0")
    assert "Fewer come" in browser.open(page).text


def test_the_meal_in_a_proxys_calendar_is_the_guests(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    page = browser.book(**FOR_JEANNE).location
    jeanne = house.only_booking()
    house.confirm(jeanne)
    assert "Put it into a calendar" in browser.open(page).text
    entry = browser.open(f"{page}/meal.ics").text.replace("\r\n ", "")
    assert "Cooking and meal for Jeanne: La Tablée" in entry and "the page of the booking tells it" in entry
    own = browser.open(f"{letter_link(house, jeanne)}/meal.ics").text.replace("\r\n ", "")
    assert "Cooking and meal: La Tablée" in own and "our messages tell you" in own


def test_the_one_who_is_late_is_the_guest(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    page = browser.book(**FOR_JEANNE).location
    house.confirm(house.only_booking())
    house.clock.at = STARTS_AT - timedelta(hours=1)
    assert "Is Jeanne Exemple running late?" in read(browser, page)
    browser.send(page, f"{page}/late", minutes="20")
    assert "The host knows that Jeanne Exemple comes 20 minutes later." in read(browser, page)
    browser.send(page, f"{page}/late", minutes="0")
    assert "the host expects them in time" in read(browser, page)


def test_a_guest_with_a_landline_is_called_and_told_who_booked(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    page = browser.book(**FOR_JEANNE, email="", phone="04 72 00 12 34").location
    house.confirm(house.only_booking())
    assert "The canteen calls them" in read(browser, page)
    samira = browser_of(house, "samira", StaffRole.COORDINATOR)
    to_phone = read(samira, "/table/calls")
    assert "Camille Voisine booked for them: say so, and that they may refuse." in to_phone
    assert "04 72 00 12 34" in to_phone.replace("\N{NO-BREAK SPACE}", " ")


def test_the_team_sees_who_booked_for_whom_and_a_helper_does_not(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    browser.book(**FOR_JEANNE | {"contact_is": "proxy"}, phone="06 39 98 00 42")
    house.confirm(house.only_booking())
    seen = read(browser_of(house, "samira", StaffRole.COORDINATOR), "/table/lunch")
    assert "Booked by Camille Voisine" in seen and "(of Camille Voisine)" in seen
    assert "Camille Voisine" in browser_of(house, "samira", StaffRole.COORDINATOR).open("/table/lunch/guests.csv").text
    yanis = browser_of(house, "yanis", StaffRole.HELPER)
    for path in ("/table/lunch", "/table/lunch/guests.csv"):
        text = yanis.open(path).text
        assert "Jeanne E." in text and "Camille" not in text and "39" not in text.replace("&#39;", "")
