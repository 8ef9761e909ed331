"""Who books the same meal twice by mistake hears of it before it counts; a stranger with their address does not."""

import pytest

from services.booking.domain.preferences import Preferences
from services.booking.store import persons
from services.booking.store.tables import booking
from services.booking.use_cases.prefer import prefer
from tests.services.booking.house import CAMILLE, BookingHouse
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
    assert "Jeanne Exemple already has a booking at this meal" in books(browser, **proxy, name="jeanne exemple")


def test_a_stranger_who_types_the_address_is_told_nothing_and_its_owner_is(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    theirs = another(browser)
    made = books(theirs)
    assert made.startswith("/b/") and "already have" not in theirs.open(made).text
    for one in ids(house, "lunch"):
        house.confirm(one)
        letter = str(house.notice_said(one).email_link).split("/b/")[1].replace("lang=fr", "lang=en")
        shown = browser.open(f"/b/{letter}", follow_redirects=True).text
        assert shown.count(TWICE) == 1
        assert browser.open("/b/" + shown.split(TWICE)[1].split("/b/")[1].split('"')[0]).status_code == 200
    house.cancel(next(other for other in ids(house, "lunch") if other != one))
    assert "already have" not in browser.open(f"/b/{letter}", follow_redirects=True).text


def test_an_sms_does_not_prove_the_address_that_was_typed_beside_its_number(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    """Mallory booked with Camille's address and their own number, and chose to be written to there when that was still
    open to everybody.
    """
    mallory = another(browser)
    books(mallory, name="Mallory", phone="06 39 98 00 66")
    theirs = next(one for one in ids(house, "lunch") if house.find(one).contact.name == "Mallory")
    prefer(house.service, house.voice, theirs, Preferences(by_sms=True), ("en", ["fr", "en"]), by_letter=True)
    for one in ids(house, "lunch"):
        house.confirm(one)
    agree_and_come_every_week(house, browser, page_in_email(house, browser, theirs))
    notice = house.notice_said(theirs)
    assert notice.by_sms and notice.email_link != notice.link
    sms = "/b/" + notice.link.split("/b/")[1].split("?")[0]
    shown = mallory.open(sms).text
    assert "Mallory" in shown and "already have a booking" not in shown
    assert "calls you when cooks are missing" not in shown and "/usual/" not in shown
    assert "by the link in an e-mail from us" in shown
    for what, sent in (("cook-calls", {"calls": "0"}), ("usual", {})):
        assert mallory.send(sms, f"{sms}/{what}", **sent).status_code == 403
    with house.service.read() as conn:
        assert persons.find(conn, CAMILLE)
    owners = browser.open(page_in_email(house, browser, theirs)).text
    assert "calls you when cooks are missing" in owners and "/usual/" in owners and TWICE in owners


def page_in_email(house: BookingHouse, browser: Browser, booking_id: str) -> str:
    """The page of a booking, as an e-mail about it leads there."""
    link = "/b/" + str(house.notice_said(booking_id).email_link).split("/b/")[1]
    page, asked = browser.open(f"{link}&cancel=1").location.split("?")
    assert asked in {"lang=fr&cancel=1", "lang=en&cancel=1"}
    return str(page)


def agree_and_come_every_week(house: BookingHouse, browser: Browser, page: str) -> None:
    """Who reads that mailbox agrees to be called to cook, and to come every week."""
    assert browser.send(page, f"{page}/cook-calls", calls="1").status_code == 303
    assert browser.send(page, f"{page}/usual").status_code == 303


def test_a_letter_to_the_only_way_there_is_proves_it_as_letters_of_before_do(
    house: BookingHouse, browser: Browser
) -> None:
    house.announce()
    for phone in ("", "06 39 98 00 42"):
        for _time in "ab":
            books(another(browser), email="" if phone else "ada@example.org", phone=phone)
    for one in ids(house, "lunch"):
        house.confirm(one)
        notice = house.notice_said(one)
        page = "/b/" + notice.link.split("/b/")[1].split("?")[0]
        assert TWICE in browser.open(page).text, notice.email


def test_what_was_booked_here_is_forgotten_here_after_two_hours(
    house: BookingHouse, browser: Browser, page: str
) -> None:
    house.clock.pass_time(minutes=119)
    assert TWICE in books(browser)
    house.clock.pass_time(minutes=2)
    assert books(browser).startswith("/b/"), "whoever sits here now learns nothing of Camille's"


def ids(house: BookingHouse, sitting: str) -> list[str]:
    """The bookings of a meal."""
    with house.service.read() as conn:
        query = booking.select().where(booking.c.sitting == sitting).order_by(booking.c.created_at)
        return [row.id for row in conn.execute(query)]
