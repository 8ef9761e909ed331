"""A page was open for longer than its form is good for: what was typed comes back, and is sent with one more tap."""

from typing import Any

import pytest

from services.booking.store.tables import booking, cantine_page, host_message, needs
from shared.contracts.sitting import PartnerPlaces
from shared.contracts.staff import StaffRole
from tests.services.booking.house import BookingHouse
from tests.services.booking.pages.conftest import FILLED_IN, Browser, hidden, in_a_letter
from tests.services.booking.pages.team import browser_of

STALE = {"csrf_token": "of yesterday"}
MISSION = PartnerPlaces(id="p1", name="Mission locale", kept=4, largest_party=4)
AGAIN = ("Please send this again.", "Nothing that you wrote is lost.")


def of_partner(browser: Browser) -> str:
    """The address at which the partner books the meal."""
    desk = browser.client.application.extensions["tablee.booking"]
    return str(desk.partner_address("lyon-saone", MISSION.id).removeprefix(desk.public_url) + "/lunch")


def sends_late(browser: Browser, page: str, address: str = "", **form: Any) -> str:
    """What is answered to a form that was open for too long; sent again from there it is taken."""
    typed = hidden(browser.open(page).text) | form
    late = browser.client.post(address or page, data=typed | STALE)
    assert late.status_code == 400 and all(words in late.text for words in AGAIN)
    again = browser.client.post(address or page, data=typed | hidden(late.text))
    assert again.status_code in {200, 303}, again.text
    return late.text


def test_a_partner_loses_nothing_that_was_typed(house: BookingHouse, browser: Browser) -> None:
    house.announce(partners=(MISSION,))
    shown = sends_late(browser, of_partner(browser), **FILLED_IN | {"name": "Prune <Tard>", "newcomer": "1"})
    assert 'value="Prune &lt;Tard&gt;"' in shown and "Mission locale" in shown
    assert house.find(house.only_booking()).partner == "p1"


def test_on_a_bookings_page_every_form_keeps_what_was_typed(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    page = str(browser.book(people="3").location)
    house.confirm(house.only_booking())
    party = sends_late(browser, page, f"{page}/party", people="2", cooks="1", children="0")
    assert 'value="2"' in party.split('id="people"')[1].split(">")[0]
    names = sends_late(browser, page, f"{page}/company", companions="Zoé", shows_name="1")
    assert 'value="Zoé"' in names and '<details class="card" id="company" open>' in names
    told = sends_late(browser, page, f"{page}/needs", diet_vegan="1", allergen=["milk"], agrees="1")
    assert 'value="milk" checked' in told and '<details class="card" id="needs" open>' in told
    consent = told.split('name="agrees"')[1].split(">")[0]
    assert "checked" not in consent and house.count(needs) == 1
    page = in_a_letter(house, house.only_booking())
    letters = sends_late(browser, page, f"{page}/letters", language="en", reminders="0", quiet="1")
    assert "checked" in letters.split('id="quiet"')[1].split(">")[0]
    assert house.find(house.only_booking()).contact.language == "en"


def test_what_only_a_guest_may_tell_is_not_shown_to_a_partner(house: BookingHouse, browser: Browser) -> None:
    house.announce(partners=(MISSION,))
    page = browser.send(of_partner(browser), **FILLED_IN).location
    answer = browser.client.post(f"{page}/needs", data={"diet_vegan": "1"})
    assert answer.status_code == 400 and 'id="needs"' not in answer.text


def test_who_asks_for_their_bookings_types_the_address_once(browser: Browser) -> None:
    assert 'value="camille@example.org"' in sends_late(browser, "/my/bookings", contact="camille@example.org")


def test_a_host_with_wet_hands_writes_it_once(house: BookingHouse) -> None:
    house.announce()
    hugo = browser_of(house, "hugo", StaffRole.HOST)
    call = {"people": "2", "cooks": "0", "children": "0", "name": "Odette Appelle", "phone": "0639980011"}
    assert 'value="Odette Appelle"' in sends_late(hugo, "/table/lunch/phone", **call, language="fr")
    assert house.count(booking) == 1
    message = "/table/lunch/message"
    written = sends_late(hugo, message, message, words="Bring\na jar.", audience="everybody")
    assert "Bring\na jar." in written and house.count(host_message) == 1
    window = sends_late(hugo, "/table/window/lyon-saone", about="We are\nmany.", place="45.7780, 4.8040")
    assert "We are\nmany." in window and house.count(cantine_page) == 1


def test_who_is_signed_out_while_on_the_telephone_keeps_what_was_said(house: BookingHouse) -> None:
    house.announce()
    hugo, page = browser_of(house, "hugo", StaffRole.HOST), "/table/lunch/phone"
    call = {"people": "2", "cooks": "0", "children": "0", "name": "Odette Appelle", "phone": "0639980011"}
    token = hidden(hugo.open(page).text)["csrf_token"]
    with hugo.client.session_transaction() as session:
        since, session["since"] = session["since"], 0
    held = hugo.client.post(page, data=call | {"csrf_token": token})
    assert held.status_code == 401 and hidden(held.text) == call
    with hugo.client.session_transaction() as session:
        session["since"] = since
    assert 'value="Odette Appelle"' in hugo.client.post(page, data=hidden(held.text)).text


@pytest.mark.parametrize("address", ["/meals/nowhere", "/b/forged/party", "/partner/x/lunch"])
def test_where_there_is_no_such_page_it_says_to_send_it_again(browser: Browser, address: str) -> None:
    answer = browser.client.post(address, data=FILLED_IN)
    assert answer.status_code == 400 and "Please send this again" in answer.text
    assert "is lost" not in answer.text + browser.open("/").text
