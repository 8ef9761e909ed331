"""Who wishes to come every week says so on the page of a booking; staff see who does, and how many seats that takes."""

from collections.abc import Collection
from datetime import time, timedelta

import pytest
from sqlalchemy import Connection

from services.booking.domain.contact import Contact
from services.booking.domain.errors import UnknownPerson
from services.booking.domain.persons import Person
from services.booking.store import bookings, persons
from services.booking.store.tables import person, usual
from services.booking.use_cases.usual_places import resume
from services.booking.use_cases.voice import LETTER, USUAL
from shared.contracts.booking import BookingNotice, Origin
from shared.contracts.party import Party
from shared.contracts.staff import StaffRole
from shared.links import Links
from tests.services.booking.house import STARTS_AT, BookingHouse
from tests.services.booking.pages.conftest import Browser
from tests.services.booking.pages.team import browser_of

ADA = Contact(name="Ada Exemple", email="ada@example.org", phone=None, language="en")


def links(house: BookingHouse) -> Links:
    return Links(house.parts.settings.secret_keys)


def announce(house: BookingHouse, sitting: str, *, weeks: int) -> None:
    """The same meal in another week."""
    starts_at = STARTS_AT + timedelta(days=7 * weeks)
    house.announce(sitting, date=starts_at.date(), starts_at=starts_at, cutoff_at=starts_at - timedelta(hours=16))


def a_page(house: BookingHouse) -> str:
    """The page of Ada's confirmed booking at a weekly meal, as its letter leads there."""
    announce(house, "last", weeks=-1)
    house.announce()
    made = house.book(Party(eaters=2), who=ADA)
    house.confirm(made)
    return f"/b/{links(house).sign(LETTER, made)}"


def begin(house: BookingHouse, browser: Browser) -> str:
    """Ada comes every week. Returns the page of her usual place."""
    page = a_page(house)
    browser.send(page, f"{page}/usual")
    with house.service.read() as conn:
        (row,) = conn.execute(usual.select()).all()
    return f"/usual/{links(house).sign(USUAL, row.id)}"


def test_a_confirmed_guest_begins_and_ends_by_one_tap(house: BookingHouse, browser: Browser) -> None:
    page = a_page(house)
    assert "Keep my place every Wednesday" in browser.open(page).text
    browser.send(page, f"{page}/usual")
    shown = browser.open(page).text
    assert "You come every Wednesday, 12:30: 2 people." in shown
    assert "Keep my place" not in shown
    browser.send(page, f"{page}/usual")  # twice is the same as once
    assert house.count(usual) == 1
    with house.service.read() as conn:
        (row,) = conn.execute(usual.select()).all()
    place = f"/usual/{links(house).sign(USUAL, row.id)}"
    assert "no longer come every week" in browser.send(place, f"{place}/end").text
    assert (house.count(usual), house.count(person)) == (0, 0)
    assert browser.open(place).status_code == 410


def test_the_next_meals_are_named_and_none_is_offered_every_week_that_is_held_once(
    house: BookingHouse, browser: Browser
) -> None:
    page = a_page(house)
    announce(house, "next", weeks=1)
    browser.send(page, f"{page}/usual")
    assert "every week from now on, next on Wednesday 2 December." in browser.open(page).text
    house.announce("feast", starts_at=STARTS_AT + timedelta(hours=7), meal_starts=time(19, 30))
    once = house.book(Party(eaters=2), sitting="feast", who=ADA)
    house.confirm(once)
    feast = f"/b/{links(house).sign(LETTER, once)}"
    assert "A usual place" not in browser.open(feast).text


def test_who_has_not_come_by_a_letter_cannot_begin(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    page = browser.book().headers["Location"]
    assert browser.send(page, f"{page}/usual").status_code == 403
    assert house.count(usual) == 0


def test_opening_a_link_changes_nothing(house: BookingHouse, browser: Browser) -> None:
    place = begin(house, browser)
    for path in ("", "/resume", "/end"):
        assert browser.open(place + path, follow_redirects=True).status_code == 200
    assert house.count(usual) == 1
    for path in ("/usual/forged", "/usual/é"):
        assert browser.open(path).status_code == 404


def test_a_booking_of_a_usual_place_is_skipped_by_one_link(house: BookingHouse, browser: Browser) -> None:
    begin(house, browser)
    house.clock.pass_time(days=1)
    announce(house, "next", weeks=1)
    house.parts.timers["keep usual places"]()
    with house.service.read() as conn:
        (made,) = bookings.of_sittings(conn, ["next"]).get("next", [])
    assert (made.origin, made.party, made.contact) == (Origin.STANDING, Party(eaters=2), ADA)
    house.confirm(made.id)
    assert house.said(BookingNotice, made.id).origin is Origin.STANDING
    page = f"/b/{links(house).sign(LETTER, made.id)}?cancel=1"
    shown = browser.open(page).text
    assert "Skip this time?" in shown and shown.count("Yes, skip this time") == 1


def test_who_books_for_somebody_without_contact_keeps_the_own_place(house: BookingHouse, browser: Browser) -> None:
    begin(house, browser)
    house.clock.pass_time(days=1)
    announce(house, "next", weeks=1)
    for_a_neighbour = {"name": "Voisin Exemple", "proxy_name": "Ada Exemple", "contact_is": "proxy"}
    browser.book("next", email=str(ADA.email), **for_a_neighbour)
    house.parts.timers["keep usual places"]()
    with house.service.read() as conn:
        made = bookings.of_sittings(conn, ["next"])["next"]
    assert {one.contact.name for one in made} == {"Voisin Exemple", "Ada Exemple"}


def test_what_was_ended_meanwhile_does_not_come_back(house: BookingHouse, browser: Browser) -> None:
    begin(house, browser)
    with house.service.read() as conn:
        (row,) = conn.execute(usual.select()).all()
    locked = persons.lock

    def ended_while_waiting(conn: Connection, ids: Collection[str]) -> dict[str, Person]:
        conn.execute(usual.delete())
        return locked(conn, ids)

    with pytest.MonkeyPatch.context() as patch, pytest.raises(UnknownPerson):
        patch.setattr(persons, "lock", ended_while_waiting)
        resume(house.service, house.voice, row.id)


def test_staff_see_who_comes_every_week_and_choose_the_share(house: BookingHouse, browser: Browser) -> None:
    begin(house, browser)
    samira, page = browser_of(house, "samira", StaffRole.COORDINATOR), "/table/usual"
    shown = samira.open(page).text
    assert "Ada Exemple: every Wednesday, 12:30, 2 people" in shown
    assert 'value="25"' in shown
    samira.send(page, f"{page}/lyon-saone", percent="40")
    assert 'value="40"' in samira.open(page).text
    for wrong in ("101", "-1", "many", ""):
        samira.send(page, f"{page}/lyon-saone", percent=wrong)
    assert "Please write a whole number from 0 to 100." in samira.open(page).text
    assert 'value="40"' in samira.open(page).text
    assert samira.send(page, f"{page}/elsewhere", percent="10").status_code == 404
