"""Who comes along, and what the guests of a meal know of one another: what they chose to show."""

import html

import pytest

from services.booking.domain.company import ALONE, Greeting
from services.booking.use_cases.erase import erase
from services.booking.use_cases.export import as_json, export
from shared.contracts.staff import StaffRole
from shared.links import Links
from tests.services.booking.house import CAMILLE, STARTS_AT, TWO, BookingHouse
from tests.services.booking.pages.conftest import Browser
from tests.services.booking.pages.team import browser_of

PAUL = {"people": "1", "cooks": "0", "name": "Paul Exemple", "email": "paul@example.org"}


@pytest.fixture
def page(house: BookingHouse, browser: Browser) -> str:
    """The address of Camille's confirmed booking, for two."""
    house.announce()
    address = str(browser.book(companions="Jeanne").location)
    house.confirm(house.only_booking())
    return address


def booked(house: BookingHouse, browser: Browser, **form: str) -> str:
    """Somebody books; the page of their booking."""
    answer = browser.book(**form)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def confirm_all(house: BookingHouse, browser: Browser, *pages: str) -> None:
    desk = browser.client.application.extensions["tablee.booking"]
    for page in pages:
        house.confirm(desk.booking_of(page.rsplit("/b/", 1)[1]))


def test_the_host_greets_companions_by_name_and_helpers_too(house: BookingHouse, browser: Browser, page: str) -> None:
    browser.send(page, f"{page}/company", companions="Jeanne Grandpré")
    hugo, yanis = browser_of(house, "hugo", StaffRole.HOST), browser_of(house, "yanis", StaffRole.HELPER)
    assert "with Jeanne Grandpré" in html.unescape(hugo.open("/table/lunch").text)
    seen = html.unescape(yanis.open("/table/lunch").text)
    assert "with Jeanne G." in seen and "Grandpré" not in seen
    assert "Jeanne Grandpré" in hugo.open("/table/lunch/guests.csv").text


def test_more_names_than_people_come_back_as_they_were_typed(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    answer = browser.book(companions="Jeanne, Paul, Zoé", shows_name="1", newcomer="1", welcomed="1")
    assert answer.status_code == 422 and 'id="companions-error"' in answer.text
    assert 'value="Jeanne, Paul, Zoé"' in answer.text and '<details class="group" open>' in answer.text
    for ticked in ("shows_name", "welcomed"):
        assert "checked" in answer.text.split(f'id="{ticked}"')[1].split(">")[0]


def test_on_the_booking_page_as_well(house: BookingHouse, browser: Browser, page: str) -> None:
    answer = browser.send(page, f"{page}/company", companions="Jeanne, Paul", shows_name="1")
    assert answer.status_code == 422 and 'value="Jeanne, Paul"' in answer.text
    assert house.find(house.only_booking()).company.companions == ("Jeanne",)
    assert browser.send(page, f"{page}/company", companions="", shows_name="1").status_code == 303
    assert house.find(house.only_booking()).company.companions == ()
    assert browser.open(f"{page}/company").location == page


def test_who_become_fewer_name_no_more_than_come_along(house: BookingHouse, browser: Browser, page: str) -> None:
    browser.send(page, f"{page}/party", people="3", cooks="1", children="0")
    browser.send(page, f"{page}/company", companions="Jeanne, Paul")
    browser.send(page, f"{page}/party", people="2", cooks="1", children="0")
    assert "You are fewer" in browser.open(page).text
    assert house.find(house.only_booking()).company.companions == ("Jeanne",)
    browser.send(page, f"{page}/party", people="1", cooks="1", children="0")
    assert house.find(house.only_booking()).company.companions == ()


def test_nobody_sees_a_name_that_was_not_shown(house: BookingHouse, browser: Browser, page: str) -> None:
    paul = booked(house, browser, **PAUL)
    confirm_all(house, browser, paul)
    assert "Also at the table" not in browser.open(paul).text
    browser.send(page, f"{page}/company", companions="Jeanne", shows_name="1")
    assert "The others see: Camille" in browser.open(page).text
    seen = browser.open(paul).text
    assert "<p>Camille</p>" in seen and "Exemple" not in seen.split('id="others-here"')[1].split("</section>")[0]
    assert "Jeanne" not in seen and "Also at the table" not in browser.open(page).text
    browser.send(page, f"{page}/company", companions="Jeanne")
    assert "Also at the table" not in browser.open(paul).text


def test_only_who_has_a_place_sees_and_only_who_has_one_is_seen(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    browser.send(page, f"{page}/company", shows_name="1")
    paul = booked(house, browser, **PAUL, shows_name="1")
    assert "Camille" not in browser.open(paul).text.split("<main")[1]
    assert "Also at the table" not in browser.open(page).text
    other = booked(house, browser, **PAUL | {"name": "Ana Voisine", "email": "ana@example.org"}, sitting="lunch")
    confirm_all(house, browser, other)
    assert "<p>Camille</p>" in browser.open(other).text
    house.cancel(house.find(house_id(browser, page)).id)
    assert "Camille" not in browser.open(other).text.split("<main")[1]


def house_id(browser: Browser, page: str) -> str:
    booking: str = browser.client.application.extensions["tablee.booking"].booking_of(page.rsplit("/b/", 1)[1])
    return booking


def test_nobody_agrees_for_somebody_else(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    proxy = {"proxy_name": "Camille Voisine", "contact_is": "guest", "name": "Jeanne Exemple"}
    page = booked(house, browser, **proxy, newcomer="1", welcomed="1", shows_name="1", companions="Paul")
    one = house.find(house.only_booking())
    assert one.company.companions == ("Paul",) and not one.company.shows_name and one.company.greeting is None
    house.confirm(one.id)
    assert 'id="shows_name"' not in browser.open(page).text
    browser.send(page, f"{page}/company", companions="Ana", shows_name="1", welcomed="1")
    one = house.find(one.id)
    assert one.company.companions == ("Ana",) and not one.company.shows_name and one.company.greeting is None


def test_the_host_is_told_who_could_welcome_whom_and_they_are_not(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    paul = booked(house, browser, **PAUL, newcomer="1", welcomed="1", welcomes="1")
    confirm_all(house, browser, paul)
    hugo, yanis = browser_of(house, "hugo", StaffRole.HOST), browser_of(house, "yanis", StaffRole.HELPER)
    assert "Paul E. comes for the first time, and would like company" in hugo.open("/table/lunch").text
    browser.send(page, f"{page}/company", welcomes="1")
    said = "Paul E. comes for the first time: Camille E. would welcome somebody new."
    assert said in hugo.open("/table/lunch").text and "To bring together" not in yanis.open("/table/lunch").text
    assert "Camille" not in browser.open(paul).text.split("<main")[1]
    assert "Paul" not in browser.open(page).text.split("<main")[1]


def test_it_is_no_news_to_anybody(house: BookingHouse, browser: Browser, page: str) -> None:
    wish, notice = house.wish_said(house.only_booking()), house.notice_said(house.only_booking())
    browser.send(page, f"{page}/company", companions="Ana", shows_name="1", welcomes="1")
    assert house.wish_said(house.only_booking()) == wish and house.notice_said(house.only_booking()) == notice
    assert "Ana" not in repr((wish, notice))


def test_it_is_taken_along_forgotten_on_request_and_at_cancelling(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    browser.send(page, f"{page}/company", companions="Ana", shows_name="1", welcomes="1")
    (kept,) = as_json(export(house.service, house.links, CAMILLE))["bookings"]
    assert kept["companions"] == ["Ana"] and kept["shows_a_first_name_to_the_others"]
    assert kept["wishes_for_company"] == Greeting.WELCOMES
    second = house.book(TWO)
    erase(house.service, Links(house.parts.settings.secret_keys), house.voice, CAMILLE)
    assert all(house.find(one).company == ALONE for one in (second, house_id(browser, page)))


def test_it_goes_when_the_booking_is_cancelled(house: BookingHouse, browser: Browser, page: str) -> None:
    house.cancel(house.only_booking())
    assert house.find(house.only_booking()).company == ALONE
    assert browser.send("/my/bookings", f"{page}/company", companions="Ana").status_code == 409


def test_after_the_meal_it_can_still_be_taken_back_and_names_are_seen_until_the_day_after(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    browser.send(page, f"{page}/company", shows_name="1")
    paul = booked(house, browser, **PAUL)
    confirm_all(house, browser, paul)
    house.clock.at = STARTS_AT.replace(hour=20)
    assert "<p>Camille</p>" in browser.open(paul).text
    assert "checked" in browser.open(page).text.split('id="shows_name"')[1].split(">")[0]
    house.clock.at = STARTS_AT.replace(day=STARTS_AT.day + 1, hour=12)
    assert "Also at the table" not in browser.open(paul).text
    browser.send(page, f"{page}/company")
    assert not house.find(house_id(browser, page)).company.shows_name
