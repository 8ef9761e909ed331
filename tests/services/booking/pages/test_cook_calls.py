"""Who wishes to be called says so on a booking's page, and answers a call by its link; only a form answers."""

from datetime import timedelta

from services.booking.domain.booking import Booking
from services.booking.domain.contact import Contact
from services.booking.store import bookings, persons
from services.booking.store.tables import booking, person
from services.booking.use_cases.voice import LETTER
from shared.contracts.booking import BookingNotice, Origin
from shared.contracts.cook_call import CookCall, CookReplies
from shared.contracts.party import Party
from shared.contracts.person import PersonNotice
from shared.contracts.seats import SeatsRequest
from shared.links import Links
from tests.services.booking.house import STARTS_AT, BookingHouse
from tests.services.booking.pages.conftest import Browser, hidden

ADA = Contact(name="Ada Exemple", email="ada@example.org", phone=None, language="en")
UNTIL = STARTS_AT - timedelta(hours=3)


def from_letter(house: BookingHouse, booking_id: str) -> str:
    """The address in the letter about a booking."""
    return f"/b/{Links(house.parts.settings.secret_keys).sign(LETTER, booking_id)}"


def page_of(house: BookingHouse) -> str:
    house.announce("before")
    return from_letter(house, house.book(Party(eaters=1), sitting="before", who=ADA))


def agree(house: BookingHouse, browser: Browser) -> str:
    """Ada agrees on the page of a booking. Returns her id."""
    page = page_of(house)
    browser.send(page, f"{page}/cook-calls", calls="1")
    with house.service.read() as conn:
        found = persons.find(conn, ADA)
    assert found
    return found.id


def call(house: BookingHouse, ada: str) -> str:
    """Capacity seeks a cook for lunch. Returns the page in Ada's call."""
    house.announce("lunch")
    house.hear(CookCall(thing="lunch", revision=2, call="c1", cantine="lyon-saone", sought=1, until=UNTIL))
    (asked,) = house.said(PersonNotice, ada).asked
    return str(asked.link).removeprefix("http://127.0.0.1:8000").split("?")[0]


def test_the_letter_about_a_booking_leads_to_the_wish(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    house.confirm(made := house.book(who=ADA))
    link = house.said(BookingNotice, made).link
    shown = browser.open(link.removeprefix("http://127.0.0.1:8000")).text
    assert "Call me when cooks are missing at La Tablée de Saône" in shown
    assert 'type="checkbox"' in shown
    assert "checked=" not in shown


def test_who_has_not_come_by_a_letter_cannot_agree(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    page = browser.book().headers["Location"]
    assert "Open this page by the link in the message" in browser.open(page).text
    assert browser.send(page, f"{page}/cook-calls", calls="1").status_code == 403
    assert house.count(person) == 0


def test_a_box_that_is_not_ticked_changes_nothing(house: BookingHouse, browser: Browser) -> None:
    page = page_of(house)
    browser.send(page, f"{page}/cook-calls")
    assert "the box was not ticked" in browser.open(page).text
    assert house.count(person) == 0


def test_somebody_agrees_and_no_longer_agrees(house: BookingHouse, browser: Browser) -> None:
    ada = agree(house, browser)
    told = house.said(PersonNotice, ada)
    assert (told.name, told.email, told.phone, told.ended) == ("Ada Exemple", "ada@example.org", None, False)
    page = from_letter(house, house.only_booking())
    assert "calls you when cooks are missing, at most once a week" in browser.open(page).text
    browser.send(page, f"{page}/cook-calls", calls="0")
    assert house.count(person) == 0
    assert (house.said(PersonNotice, ada).ended, house.said(PersonNotice, ada).email) == (True, None)


def test_yes_makes_a_booking_and_asks_capacity_for_a_cook_place(house: BookingHouse, browser: Browser) -> None:
    page = call(house, agree(house, browser))
    assert "Would you come and cook?" in browser.open(page).text
    answered = browser.send(page, f"{page}/yes")
    assert answered.status_code == 303
    assert "We are checking that there is room" in browser.open(answered.headers["Location"]).text
    made = next(one for one in _bookings(house) if one.sitting == "lunch")
    assert (made.party, made.contact, made.origin) == (Party(cooks=1), ADA, Origin.COOK_CALL)
    assert house.said(SeatsRequest, made.id).party == Party(cooks=1)
    house.confirm(made.id)
    assert house.said(CookReplies, "lunch").coming == 1
    assert "You said yes" in browser.open(page).text
    assert browser.send(page, f"{page}/yes").headers["Location"].startswith("/b/")
    assert len(_bookings(house)) == 2


def test_opening_a_link_answers_nothing(house: BookingHouse, browser: Browser) -> None:
    page = call(house, agree(house, browser))
    for path in ("", "?answer=yes", "?answer=no", "?answer=stop", "/yes", "/no", "/stop"):
        assert browser.open(page + path, follow_redirects=True).status_code == 200
    assert house.count(booking) == 1
    assert house.said(CookReplies, "lunch").declined == 0
    assert house.count(person) == 1


def test_no_is_noted_and_yes_remains_possible(house: BookingHouse, browser: Browser) -> None:
    page = call(house, agree(house, browser))
    browser.send(page, f"{page}/no")
    shown = browser.open(page).text
    assert "Noted: not this time" in shown
    assert "Yes, I come and cook" in shown
    assert house.said(CookReplies, "lunch").declined == 1


def test_stop_ends_the_person(house: BookingHouse, browser: Browser) -> None:
    page = call(house, ada := agree(house, browser))
    assert "We no longer call you" in browser.send(page, f"{page}/stop").text
    assert house.said(PersonNotice, ada).ended
    assert house.count(person) == 0
    assert "We no longer have your name and contact" in browser.open(page).text


def test_when_enough_have_come_the_page_says_thank_you(house: BookingHouse, browser: Browser) -> None:
    page = call(house, agree(house, browser))
    house.hear(CookCall(thing="lunch", revision=3, call="c1", cantine="lyon-saone", sought=0, until=UNTIL))
    shown = browser.open(page).text
    assert "There are cooks enough by now" in shown
    assert "Yes, I come and cook" not in shown
    late = browser.client.post(f"{page}/yes", data=hidden(shown))
    assert (late.status_code, "There are cooks enough by now" in late.text) == (409, True)


def test_a_forged_link_opens_nothing(browser: Browser) -> None:
    for path in ("/cook/forged", "/cook/é"):
        assert browser.open(path).status_code == 404


def test_after_two_years_without_a_visit_a_person_ends_and_a_visit_counts(
    house: BookingHouse, browser: Browser
) -> None:
    ada = agree(house, browser)
    house.confirm(house.only_booking())
    forget = house.parts.timers["forget persons"]
    house.clock.pass_time(days=40)
    forget()
    with house.service.read() as conn:
        assert persons.some(conn, [ada])[ada].seen_at == STARTS_AT
    house.clock.pass_time(days=700)
    forget()
    assert house.count(person) == 0
    assert house.said(PersonNotice, ada).ended


def test_old_calls_are_forgotten(house: BookingHouse, browser: Browser) -> None:
    call(house, agree(house, browser))
    house.clock.pass_time(days=92)
    assert house.parts.timers["forget calls"]() == 1
    assert house.parts.timers["forget calls"]() == 0


def _bookings(house: BookingHouse) -> list[Booking]:
    with house.service.read() as conn:
        found = bookings.of_sittings(conn, ["before", "lunch"])
    return [one for each in found.values() for one in each]
