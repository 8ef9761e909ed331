"""Who tells what they do not eat or need to come and sit, who sees it, and when it is gone."""

import html
import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from services.booking.store.tables import needs
from services.booking.use_cases.export import as_json, export
from services.booking.use_cases.tell_needs import forget_needs
from shared.contracts.seats import Standing, Why
from shared.contracts.sitting import SittingStatus
from shared.contracts.staff import StaffRole
from tests.services.booking.house import CAMILLE, FOUR, STARTS_AT, TWO, BookingHouse
from tests.services.booking.pages.conftest import Browser
from tests.services.booking.pages.team import browser_of

TOLD: dict[str, Any] = {"diet_vegetarian": "2", "allergen": ["milk", "fish"], "agrees": "1"}
PREP = "/table/lunch/prep"


@pytest.fixture
def page(house: BookingHouse, browser: Browser) -> str:
    """The address of a confirmed booking."""
    house.announce()
    address = browser.book().location
    house.confirm(house.only_booking())
    return str(address)


def tells(browser: Browser, page: str, **form: Any) -> TestResponse:
    return browser.send("/my/bookings", f"{page}/needs", **form)


def test_it_is_optional_nothing_is_ticked_beforehand_and_it_says_what_for(browser: Browser, page: str) -> None:
    text = browser.open(page).text
    form = text.split('id="needs"')[1].split("</details>")[0]
    assert "checked" not in form and "Delete what I told" not in form
    assert "It is deleted the day after the meal" in form


def test_who_is_refused_keeps_nothing_here_that_nobody_cooks_for(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    assert tells(browser, page, **TOLD).status_code == 303
    assert house.count(needs) == 1
    house.refuse(house.only_booking(), Why.WAITLIST_CLOSED)
    assert house.count(needs) == 0


def test_what_was_told_can_be_taken_back_when_the_meal_is_cancelled(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    assert tells(browser, page, **TOLD).status_code == 303
    house.announce(revision=2, status=SittingStatus.CANCELLED)
    assert "Delete what I told" in browser.open(page).text
    assert tells(browser, page, delete="1").status_code == 303
    assert house.count(needs) == 0


def test_without_consent_nothing_is_kept_and_nothing_typed_is_lost(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    answer = tells(browser, page, **{**TOLD, "agrees": "", "diet_vegan": "x"})
    assert answer.status_code == 422
    form = answer.text.split('id="needs"')[1]
    assert form.startswith(" open") and 'id="agrees-error"' in form and 'id="diet_vegan-error"' in form
    assert 'value="x"' in form and re.search(r'value="milk" checked', form)
    assert house.count(needs) == 0


def test_the_cooks_see_counts_clashes_first_and_the_host_the_names(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    assert tells(browser, page, **TOLD).status_code == 303
    samira = browser_of(house, "samira", StaffRole.COORDINATOR)
    sheet = " ".join(html.unescape(samira.open(PREP).text).split())
    for words in ("2 vegetarians <span", "not in this menu", "without milk: 1 booking <span", "it is in this menu"):
        assert words in sheet
    assert sheet.index("without milk") < sheet.index("without fish")
    assert "For the host alone" not in sheet
    assert "2 vegetarians" in samira.open("/table/").text
    hugo = browser_of(house, "hugo", StaffRole.HOST)
    sheet = " ".join(html.unescape(hugo.open(PREP).text).split())
    assert "<strong>Camille Exemple:</strong> 2 vegetarians; without fish, milk" in sheet
    yanis = browser_of(house, "yanis", StaffRole.HELPER)
    for path in ("/table/", "/table/lunch", "/table/lunch/guests.csv"):
        assert "vegetarian" not in yanis.open(path).text
    assert "vegetarian" not in hugo.open("/table/lunch/guests.csv").text


def test_helpers_see_how_many_need_what_and_the_host_who(house: BookingHouse, browser: Browser, page: str) -> None:
    tells(browser, page, access_wheelchair="1", access_carer="1", access_seated_cooking="1", agrees="1")
    told = "1 place for a wheelchair; 1 carer, seated beside; 1 person cooks seated"
    hugo, yanis = browser_of(house, "hugo", StaffRole.HOST), browser_of(house, "yanis", StaffRole.HELPER)
    samira = browser_of(house, "samira", StaffRole.COORDINATOR)
    for path in ("/table/", PREP):
        assert "1 place for a wheelchair" in samira.open(path).text and told not in samira.open(path).text
        assert f"<strong>Camille Exemple:</strong> {told}" in html.unescape(hugo.open(path).text)
    assert "1 carer, seated beside" in yanis.open("/table/").text and "Camille" not in yanis.open("/table/").text
    assert told in html.unescape(hugo.open("/table/lunch").text)
    assert "wheelchair" not in samira.open("/table/lunch").text + yanis.open("/table/lunch").text
    assert "wheelchair" not in hugo.open("/table/lunch/guests.csv").text


def test_a_carer_is_one_of_the_party_and_takes_no_seat_besides(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    answer = tells(browser, page, access_carer="2", access_high_chair="1", diet_vegan="3", agrees="1")
    assert answer.status_code == 422 and house.count(needs) == 0
    for field in ("access_carer", "access_high_chair", "diet_vegan"):
        assert f'id="{field}-error"' in answer.text
    assert "A carer is one of you, with a seat." in answer.text
    house.change(house.only_booking(), FOUR)
    assert tells(browser, page, access_carer="2", access_high_chair="1", diet_vegan="3", agrees="1").status_code == 303
    assert house.find(house.only_booking()).party == FOUR


def test_who_become_fewer_need_no_more_than_they_are(house: BookingHouse, browser: Browser, page: str) -> None:
    house.change(house.only_booking(), FOUR)
    house.confirm(house.only_booking())
    told = {"access_carer": "3", "access_high_chair": "1", "access_seated_cooking": "1", "diet_vegan": "3"}
    assert tells(browser, page, **told, allergen=["milk"], agrees="1").status_code == 303
    browser.send(page, f"{page}/party", people="2", cooks="1", children="0")
    text = browser.open(page).text
    assert "You are fewer: so is what you told of who comes along" in text and "Delete what I told" in text
    for field, value in (("access_carer", "1"), ("access_high_chair", ""), ("diet_vegan", "2")):
        assert f'value="{value}"' in text.split(f'id="{field}"')[1].split(">")[0]
    sheet = " ".join(html.unescape(browser_of(house, "hugo", StaffRole.HOST).open(PREP).text).split())
    assert "2 vegans; without milk" in sheet and "1 carer, seated beside; 1 person cooks seated" in sheet
    browser.send(page, f"{page}/party", people="3", cooks="1", children="0")
    assert "You are fewer" not in browser.open(page).text


def test_what_a_larger_party_told_that_only_waits_is_not_cooked_for(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    one = house.only_booking()
    house.change(one, FOUR)
    house.hear(house.answer(one, Standing.HELD, TWO))
    assert tells(browser, page, diet_vegan="4", access_high_chair="1", agrees="1").status_code == 303
    hugo = browser_of(house, "hugo", StaffRole.HOST)
    assert "2 vegans" in hugo.open(PREP).text and "high chair" not in hugo.open(PREP).text
    house.hear(house.answer(one, Standing.HELD, TWO, why=Why.PARTY_TOO_LARGE))
    assert 'value="2"' in browser.open(page).text.split('id="diet_vegan"')[1].split(">")[0]


def test_a_need_that_nobody_is_left_for_is_forgotten(house: BookingHouse, browser: Browser, page: str) -> None:
    tells(browser, page, access_carer="1", agrees="1")
    browser.send(page, f"{page}/party", people="1", cooks="1", children="0")
    assert house.count(needs) == 0


def test_it_is_taken_along_and_gone_the_day_after(house: BookingHouse, browser: Browser, page: str) -> None:
    tells(browser, page, access_wheelchair="1", agrees="1")
    (kept,) = as_json(export(house.service, house.links, CAMILLE))["bookings"]
    assert kept["needs_to_sit"] == {"wheelchair": 1}
    house.clock.at = STARTS_AT.replace(day=STARTS_AT.day + 1, hour=12)
    assert "wheelchair" not in browser_of(house, "hugo", StaffRole.HOST).open("/table/").text
    assert forget_needs(house.service) == 1
    (kept,) = as_json(export(house.service, house.links, CAMILLE))["bookings"]
    assert kept["needs_to_sit"] == {}


def test_the_sheet_follows_the_menu(house: BookingHouse, browser: Browser, page: str) -> None:
    tells(browser, page, **TOLD)
    hugo = browser_of(house, "hugo", StaffRole.HOST)
    house.announce(revision=2, diets=("vegan",), allergens=None)
    sheet = hugo.open(PREP).text
    assert "not in this menu" not in sheet and sheet.count("allergens not yet known") == 2
    house.announce(revision=3, diets=("vegan",), allergens=("fish",))
    assert hugo.open(PREP).text.count("it is in this menu") == 1


def test_it_is_changed_and_taken_back_by_the_guest(house: BookingHouse, browser: Browser, page: str) -> None:
    tells(browser, page, **TOLD)
    tells(browser, page, diet_vegan="1", agrees="1")
    text = browser.open(page).text
    assert 'value="1"' in text.split('id="diet_vegan"')[1][:200] and 'value="milk" checked' not in text
    tells(browser, page, delete="1")
    assert house.count(needs) == 0
    assert "Delete what I told" not in browser.open(page).text


def test_it_goes_when_the_booking_is_cancelled(house: BookingHouse, browser: Browser, page: str) -> None:
    tells(browser, page, **TOLD)
    house.cancel(house.only_booking())
    assert house.count(needs) == 0
    assert tells(browser, page, **TOLD).status_code == 409


def test_it_is_deleted_the_day_after_the_meal(house: BookingHouse, browser: Browser, page: str) -> None:
    tells(browser, page, **TOLD)
    house.clock.at = STARTS_AT.replace(hour=23)
    assert forget_needs(house.service) == 0
    assert tells(browser, page, **TOLD).status_code == 409
    assert "Delete what I told" in browser.open(page).text
    hugo = browser_of(house, "hugo", StaffRole.HOST)
    assert "2 vegetarians" in hugo.open(PREP).text
    house.clock.at = STARTS_AT.replace(day=STARTS_AT.day + 1, hour=12)
    assert "2 vegetarians" not in hugo.open(PREP).text  # also if the timer is late
    assert forget_needs(house.service) == 1
    assert house.count(needs) == 0


def test_who_only_waits_is_not_cooked_for(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    page = browser.book().location
    house.put_on_waiting_list(house.only_booking())
    tells(browser, page, **TOLD)
    hugo = browser_of(house, "hugo", StaffRole.HOST)
    assert "vegetarian" not in hugo.open(PREP).text
    house.confirm(house.only_booking())
    assert "2 vegetarians" in hugo.open(PREP).text


def test_it_goes_with_its_booking(house: BookingHouse, browser: Browser, page: str) -> None:
    tells(browser, page, **TOLD)
    house.forget_bookings([house.only_booking()])
    assert house.count(needs) == 0


def test_only_who_has_the_link_tells(house: BookingHouse, browser: Browser, page: str) -> None:
    assert tells(browser, "/b/forged", **TOLD).status_code == 404
    assert browser.open(f"{page}/needs").location == page
    assert house.count(needs) == 0
