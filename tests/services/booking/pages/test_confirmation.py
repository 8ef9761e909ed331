"""A booking on the site waits until who it names has confirmed it, where the network wishes that."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from services.booking.bootstrap import assemble
from services.booking.domain.contact import Contact
from services.booking.domain.held import CONFIRMED_FOR, MOST_IN_A_DAY
from services.booking.store.erasing import every_contact
from services.booking.store.tables import booking, confirmed_contact, held_wish
from services.booking.use_cases.erase import erase
from services.booking.use_cases.export import as_json, export
from services.booking.use_cases.hold import forget_requests
from shared.clock import SetClock
from shared.contracts.guest_link import GuestLink
from shared.contracts.seats import SeatsRequest
from shared.contracts.sitting import PartnerPlaces
from shared.contracts.staff import StaffRole
from shared.links import Links
from tests.services.booking.conftest import SETTINGS
from tests.services.booking.house import CAMILLE, STARTS_AT, BookingHouse
from tests.services.booking.pages.conftest import Browser
from tests.services.booking.pages.team import browser_of

HERE = "lyon-saone"


@pytest.fixture(params=["all", f"elsewhere, {HERE}"])
def house(database_of: Callable[[str], str], clock: SetClock, request: pytest.FixtureRequest) -> Iterator[BookingHouse]:
    """Booking that asks to confirm."""
    env = {"BOOKING_DATABASE_URL": database_of("booking"), **SETTINGS, "CONFIRM_BOOKINGS": request.param}
    parts = assemble(env, clock=clock)
    house = BookingHouse(parts, clock)
    house.announce()
    yield house
    parts.service.database.dispose()


def letters(house: BookingHouse) -> list[GuestLink]:
    """What was said to notifications, in order."""
    bodies = house._bodies(GuestLink)
    return sorted((house.said(GuestLink, thing) for thing in bodies), key=lambda one: one.revision)


def link(house: BookingHouse) -> str:
    """The link of the newest letter."""
    return letters(house)[-1].link.removeprefix("http://127.0.0.1:8000").partition("?")[0]


def test_nothing_is_booked_and_capacity_hears_nothing_before_it_is_confirmed(
    house: BookingHouse, browser: Browser
) -> None:
    assert "until then nothing is booked" in browser.open("/meals/lunch").text
    answer = browser.book(companions="Jeanne", shows_name="1")
    assert answer.status_code == 303 and answer.location.startswith("/asked/")
    page = browser.open(answer.location)
    assert page.status_code == 200 and "Until then nothing is booked" in page.text
    assert "Camille" not in page.text and page.headers["Referrer-Policy"] == "no-referrer"
    assert house.count(booking) == 0 and house._bodies(SeatsRequest) == {}

    (letter,) = letters(house)
    assert letter.confirms and letter.email == "camille@example.org"
    assert "Camille" not in letter.link and letter.valid_until == STARTS_AT - timedelta(hours=16, minutes=30)
    shown = browser.open(link(house))
    assert "Camille Exemple, 2 people" in shown.text and house.count(booking) == 0

    answer = browser.send(link(house))
    assert answer.status_code == 303 and answer.location.startswith("/b/")
    made = house.find(house.only_booking())
    assert made.contact.name == "Camille Exemple" and made.company.companions == ("Jeanne",) and made.company.shows_name
    assert house.wish_said(made.id).party == made.party
    house.confirm(made.id)
    assert 'id="cook-calls"' in browser.open(answer.location).text  # by a letter: it is verified


def test_confirming_twice_books_once(house: BookingHouse, browser: Browser) -> None:
    browser.book()
    first = browser.send(link(house))
    assert browser.client.post(link(house), data={"csrf_token": ""}).status_code in {303, 400}
    assert browser.open(link(house)).status_code == 302 and house.count(booking) == 1
    assert first.location.startswith("/b/")


def test_who_confirmed_lately_is_not_asked_again(house: BookingHouse, browser: Browser) -> None:
    browser.book()
    browser.send(link(house))
    assert browser.book(email="Camille@example.org").location.startswith("/b/")
    assert browser.book(email="paul@example.org").location.startswith("/asked/")
    house.clock.at += CONFIRMED_FOR + timedelta(minutes=1)
    house.announce(
        revision=9, starts_at=house.clock.at + timedelta(days=2), cutoff_at=house.clock.at + timedelta(days=1)
    )
    assert browser.book().location.startswith("/asked/")
    forget_requests(house.service)
    assert house.count(confirmed_contact) == 0


def test_it_works_by_sms(house: BookingHouse, browser: Browser) -> None:
    browser.book(email="", phone="06 39 98 00 42")
    (letter,) = letters(house)
    assert (letter.email, letter.phone) == (None, "+33639980042")
    assert browser.send(link(house)).location.startswith("/b/")


def test_the_form_sent_twice_is_one_request_and_with_other_words_not_another(
    house: BookingHouse, browser: Browser
) -> None:
    browser.book(form_token="same")
    browser.book(form_token="same")
    browser.book(form_token="same", name="Somebody Else")
    assert house.count(held_wish) == 1 and len(letters(house)) == 1


def test_nobody_fills_a_mailbox(house: BookingHouse, browser: Browser) -> None:
    for _ in range(MOST_IN_A_DAY):
        assert browser.book().status_code == 303
    answer = browser.book(name="Camille Again")
    assert answer.status_code == 429 and 'value="Camille Again"' in answer.text
    assert "wait to be confirmed" in answer.text and len(letters(house)) == MOST_IN_A_DAY
    assert browser.book(email="paul@example.org").status_code == 303


def test_it_lapses_with_a_word_and_whom_it_named_is_forgotten(house: BookingHouse, browser: Browser) -> None:
    asked = browser.book().location
    house.clock.at = letters(house)[-1].valid_until
    for page in (asked, link(house)):
        answer = browser.open(page)
        assert answer.status_code == 410 and "This request is over" in answer.text
    assert browser.send("/my/bookings", link(house)).status_code == 410
    assert forget_requests(house.service) == 1 and house.count(booking) == 0
    with house.service.read() as conn:
        (row,) = conn.execute(held_wish.select()).all()
    assert (row.wish, row.address) == (None, None)
    house.clock.at += timedelta(days=3)
    forget_requests(house.service)
    assert house.count(held_wish) == 0


def test_who_did_not_ask_says_so(house: BookingHouse, browser: Browser) -> None:
    browser.book()
    assert browser.send(link(house), f"{link(house)}/no").status_code == 303
    assert browser.open(link(house)).status_code == 410 and house.count(booking) == 0
    assert browser.open(f"{link(house)}/no").status_code == 302


def test_what_became_of_the_meal_meanwhile_is_said(house: BookingHouse, browser: Browser) -> None:
    browser.book()
    house.announce(revision=2, largest_party=1)
    assert browser.send(link(house)).status_code == 422 and house.count(booking) == 0
    house.announce(revision=3)
    assert browser.send(link(house)).status_code == 303  # it waited on


def test_the_team_partners_and_who_has_but_a_landline_are_not_asked(house: BookingHouse, browser: Browser) -> None:
    house.announce(revision=2, partners=(PartnerPlaces(id="quai", name="Les Amis du Quai", kept=1),))
    samira = browser_of(house, "samira", StaffRole.COORDINATOR)
    form = {"people": "1", "cooks": "0", "children": "0", "name": "Odile", "phone": "", "language": "fr"}
    assert samira.send("/table/lunch/phone", **form).status_code == 303
    desk = browser.client.application.extensions["tablee.booking"]
    partner = desk.partner_address(HERE, "quai").removeprefix("http://127.0.0.1:8000")
    answer = browser.send(f"{partner}/lunch", **form, email="quai@example.org")
    assert answer.location.startswith("/b/")
    landline = {"proxy_name": "Paul", "contact_is": "guest", "email": "", "phone": "04 72 00 12 34"}
    assert browser.book(**landline).location.startswith("/b/")
    assert house.count(booking) == 3 and letters(house) == []


def test_a_guest_confirms_what_somebody_else_asked_for(house: BookingHouse, browser: Browser) -> None:
    guest = {"name": "Jeanne Exemple", "email": "jeanne@example.org"}
    asked = browser.book(proxy_name="Paul Voisin", contact_is="guest", **guest)
    assert "we have sent a link to who comes" in browser.open(asked.location).text
    assert "Paul Voisin asked for it." in browser.open(link(house)).text
    browser.send(link(house))
    proxy = house.find(house.only_booking()).proxy
    assert proxy is not None and proxy.name == "Paul Voisin"


def test_who_asked_for_somebody_else_confirms_it_of_them(house: BookingHouse, browser: Browser) -> None:
    for_jeanne = {"proxy_name": "Camille Exemple", "contact_is": "proxy", "name": "Jeanne Voisine"}
    browser.book(**for_jeanne)
    first = link(house)
    asked = browser.book(**for_jeanne, people="3")
    browser.send(first)
    assert "open the link that we have sent" in browser.open(asked.location).text
    shown = browser.open(link(house)).text
    assert "You asked for it, for Jeanne Voisine." in shown and "Please confirm the booking" in shown
    assert "Jeanne Voisine already has a booking at this meal: 2 people" in shown and "You already have" not in shown


def test_the_api_is_no_way_around_it(house: BookingHouse, browser: Browser) -> None:
    wish = {"sitting": "lunch", "party": {"people": 1}, "name": "Camille Exemple", "email": "camille@example.org"}
    assert browser.client.post("/api/v1/bookings", json=wish).status_code == 403
    browser.book()
    browser.send(link(house))
    assert browser.client.post("/api/v1/bookings", json=wish).status_code == 202


def test_it_is_taken_along_and_forgotten_on_request(house: BookingHouse, browser: Browser) -> None:
    browser.book()
    (kept,) = as_json(export(house.service, house.links, CAMILLE))["waits_to_be_confirmed"]
    assert (kept["people"], kept["name"]) == (2, "Camille Exemple")
    links = Links(house.parts.settings.secret_keys)
    erase(house.service, links, house.voice, CAMILLE)
    assert house.count(held_wish) == 0 and letters(house) == []
    browser.book()
    browser.send(link(house))
    erase(house.service, links, house.voice, CAMILLE)
    assert house.count(confirmed_contact) == 0


def test_who_asks_by_telephone_gets_and_forgets_what_waits_with_that_number(
    house: BookingHouse, browser: Browser
) -> None:
    browser.book(phone="06 39 98 00 42")
    by_phone = Contact(name=None, email=None, phone="+33639980042", language="fr")
    (kept,) = as_json(export(house.service, house.links, by_phone))["waits_to_be_confirmed"]
    assert kept["name"] == "Camille Exemple"
    with house.service.read() as conn:
        assert {"camille@example.org", "+33639980042"} <= every_contact(conn, house.clock.at)
    erase(house.service, Links(house.parts.settings.secret_keys), house.voice, by_phone)
    assert house.count(held_wish) == 0


def test_the_notice_says_it(house: BookingHouse, browser: Browser) -> None:
    assert "until it is confirmed" in browser.open(f"/cantines/{HERE}/privacy").text


def test_a_link_to_look_at_a_request_does_not_confirm_it(house: BookingHouse, browser: Browser) -> None:
    asked = browser.book().location
    assert browser.open(asked.replace("/asked/", "/confirm/")).status_code == 404
    assert browser.open("/confirm/forged").status_code == 404


def test_who_has_a_booking_at_the_meal_reads_so_before_confirming_another(
    house: BookingHouse, browser: Browser
) -> None:
    house.book(who=CAMILLE)
    page = browser.book().location
    assert "already have" not in browser.open(page).text  # whoever filled in the form is told nothing
    shown = browser.open(link(house)).text
    assert "You already have a booking at this meal: 2 people, 1 cooking." in shown
    assert "Yes, book this one besides" in shown and browser.open(_opened(shown)).status_code == 200
    assert browser.send(link(house)).status_code == 303 and house.count(booking) == 2


def _opened(shown: str) -> str:
    return "/b/" + shown.split("You already have")[1].split('href="/b/')[1].split('"', maxsplit=1)[0]
