"""Who books the same meal twice by mistake hears of it before it counts; a stranger with their address does not."""

import pytest

from services.booking.store.tables import booking
from tests.services.booking.house import BookingHouse
from tests.services.booking.pages.conftest import FILLED_IN, Browser, hidden

TWICE = "You already have a booking at this meal: 2 people, 1 cooking."


def another(browser: Browser) -> Browser:
    """Another device."""
    client = browser.client.application.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return Browser(client)


def books(browser: Browser, sitting: str = "lunch", **typed: str) -> str:
    """What is answered to a form, or where it leads."""
    answer = browser.send(f"/meals/{sitting}", **(FILLED_IN | typed))
    return str(answer.location or answer.text)


@pytest.fixture
def page(house: BookingHouse, browser: Browser) -> str:
    """The address of Camille's booking for two."""
    house.announce()
    return books(browser)


def test_a_second_booking_on_the_same_device_is_asked_about_once(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    shown = books(browser, name="Camille <Encore>", email="Camille@example.org")
    assert TWICE in shown and house.count(booking) == 1
    first = shown.split(TWICE)[1].split('href="')[1].split('"', maxsplit=1)[0]
    assert "Being checked" in browser.open(first).text
    assert 'value="Camille &lt;Encore&gt;"' in shown and "Book this one besides" in shown
    answer = browser.client.post("/meals/lunch", data=hidden(shown) | FILLED_IN)
    assert answer.status_code == 303 and answer.location != page and house.count(booking) == 2


def test_the_very_form_that_made_it_leads_to_it(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    form = hidden(browser.open("/meals/lunch").text) | FILLED_IN
    first, again = (browser.client.post("/meals/lunch", data=form).location for _ in range(2))
    assert house.count(booking) == 1
    assert first.startswith("/b/") and again.startswith("/b/")


def test_who_cancelled_or_books_another_meal_or_is_another_is_not_asked(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    house.announce("supper")
    assert books(browser, "supper").startswith("/b/")
    assert books(browser, email="paul@example.org").startswith("/b/")
    house.cancel(next(one for one in ids(house, "lunch") if house.find(one).contact.email == "camille@example.org"))
    assert books(browser).startswith("/b/")


def test_who_books_for_several_by_their_own_contact_is_asked_for_the_same_name_only(
    house: BookingHouse, browser: Browser
) -> None:
    house.announce()
    proxy = {"proxy_name": "Paul Exemple", "contact_is": "proxy"}
    assert books(browser, **proxy, name="Jeanne Exemple").startswith("/b/")
    assert books(browser, **proxy, name="Odette Exemple").startswith("/b/")
    assert "You already have" in books(browser, **proxy, name="jeanne exemple")


def test_a_stranger_who_types_the_address_is_told_nothing_and_its_owner_is(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    theirs = another(browser)
    made = books(theirs)
    assert made.startswith("/b/") and "already have" not in theirs.open(made).text
    for one in ids(house, "lunch"):
        house.confirm(one)
        letter = house.notice_said(one).link.split("/b/")[1].replace("lang=fr", "lang=en")
        shown = browser.open(f"/b/{letter}").text
        assert shown.count(TWICE) == 1
        assert browser.open("/b/" + shown.split(TWICE)[1].split("/b/")[1].split('"')[0]).status_code == 200
    house.cancel(next(other for other in ids(house, "lunch") if other != one))
    assert "already have" not in browser.open(f"/b/{letter}").text


def ids(house: BookingHouse, sitting: str) -> list[str]:
    """The bookings of a meal."""
    with house.service.read() as conn:
        query = booking.select().where(booking.c.sitting == sitting).order_by(booking.c.created_at)
        return [row.id for row in conn.execute(query)]
