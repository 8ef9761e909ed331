"""What a device remembers of its guest, by choice."""

from datetime import timedelta

import pytest

from services.booking.pages.memory import COOKIE, KEPT
from tests.services.booking.house import BookingHouse
from tests.services.booking.pages.conftest import Browser

CHOSEN = {"people": "3", "children": "1", "remember": "1", "phone": "06 39 98 00 42", "companions": "Jeanne"}


@pytest.fixture(autouse=True)
def meal(house: BookingHouse) -> None:
    house.announce()


def value_of(page: str, field: str) -> str:
    return page.split(f'id="{field}"')[1].split('value="')[1].split('"', maxsplit=1)[0]


def test_nothing_is_remembered_unless_it_was_ticked(browser: Browser) -> None:
    answer = browser.book()
    assert "Set-Cookie" not in answer.headers or COOKIE not in answer.headers["Set-Cookie"]
    page = browser.open("/meals/lunch").text
    assert value_of(page, "email") == "" and "Forget me on this device" not in page
    assert "checked" not in page.split('id="remember"')[1].split(">")[0]


def test_the_form_is_filled_in_next_time_without_any_script(browser: Browser) -> None:
    answer = browser.book(**CHOSEN, newcomer="1", thanks="1")
    said = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith(COOKIE))
    assert "HttpOnly" in said and "SameSite=Lax" in said and "Path=/meals" in said
    answer = browser.open("/meals/lunch")
    assert answer.headers["Cache-Control"] == "no-store"
    for field, value in {"people": "3", "children": "1", "name": "Camille Exemple", "phone": "06 39 98 00 42"}.items():
        assert value_of(answer.text, field) == value
    assert '<option value="fr" selected' in answer.text
    assert value_of(answer.text, "companions") == ""  # others are not this guest's to keep
    assert "checked" not in answer.text.split('id="newcomer"')[1].split(">")[0]
    assert "Camille" not in browser.open("/").text


def test_one_press_forgets_it(browser: Browser) -> None:
    browser.book(**CHOSEN)
    answer = browser.send("/meals/lunch", "/meals/lunch/forget", name="Camille Exemple")
    assert answer.status_code == 303 and browser.client.get_cookie(COOKIE, path="/meals") is None
    page = browser.open("/meals/lunch").text
    assert "This device has forgotten you." in page and value_of(page, "name") == ""
    assert browser.open("/meals/lunch/forget").status_code == 302


def test_who_unticks_it_is_forgotten_with_the_next_booking(browser: Browser) -> None:
    browser.book(**CHOSEN)
    browser.book(name="Camille Exemple")
    assert browser.client.get_cookie(COOKIE, path="/meals") is None


def test_whom_one_books_for_is_not_remembered(browser: Browser) -> None:
    browser.book(**CHOSEN)
    other = {"proxy_name": "Camille", "contact_is": "guest", "name": "Odile", "email": "odile@example.org"}
    browser.book(remember="1", **other)
    page = browser.open("/meals/lunch").text
    assert value_of(page, "name") == "Camille Exemple" and "odile" not in page


def test_what_is_wrong_comes_back_with_the_tick(browser: Browser) -> None:
    answer = browser.book(**CHOSEN | {"email": "nobody"})
    assert answer.status_code == 422 and browser.client.get_cookie(COOKIE, path="/meals") is None
    assert "checked" in answer.text.split('id="remember"')[1].split(">")[0]


@pytest.mark.parametrize("forged", ["x", "é", "IjEi.aaaaaa.bbbb", "IiI.x.y"])
def test_a_cookie_that_is_not_ours_is_left_aside(browser: Browser, forged: str) -> None:
    browser.client.set_cookie(COOKIE, forged, path="/meals")
    assert value_of(browser.open("/meals/lunch").text, "name") == ""


def test_it_is_for_half_a_year(browser: Browser) -> None:
    assert timedelta(days=180) == KEPT
    said = next(one for one in browser.book(**CHOSEN).headers.getlist("Set-Cookie") if one.startswith(COOKIE))
    assert f"Max-Age={int(KEPT.total_seconds())}" in said
    assert "180 days after your last booking" in browser.open("/cantines/lyon-saone/privacy").text
