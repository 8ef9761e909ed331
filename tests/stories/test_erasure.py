"""Who wishes to be forgotten is: by both services that knew them, in every table, also after a copy was put back."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.booking.domain.booking import Booking
from services.booking.domain.contact import Contact, way_of
from services.booking.domain.needs import Needs
from services.booking.domain.proxy import Proxy
from services.booking.domain.staff import Staff
from services.booking.domain.wish import Wish
from services.booking.store import needs
from services.booking.store.tables import willing_cook
from services.booking.use_cases import check_in
from services.booking.use_cases.book import book
from services.booking.use_cases.erase import Done, erase
from services.booking.use_cases.persons import agree_to_cook
from services.booking.use_cases.send_links import ask_for_link
from services.booking.use_cases.usual_places import begin_usual
from services.notifications.use_cases.receive_text import receive_text
from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from shared.contracts.staff import StaffRole
from shared.links import Links
from tests.stories.agree import differences
from tests.stories.cooks import agrees, send
from tests.stories.copies import copy_of, put_back
from tests.stories.house import House
from tests.stories.residents import (
    CANTINE,
    booking_of,
    claims_of,
    letters,
    lunch,
    outcome_of,
    reserve,
    rows,
    sitting_of,
    voice,
)

SENTA = Contact(name="Senta Vanisha", email="Senta.Vanisha@example.org", phone="+33639980066", language="fr")
DOOR = Staff(id="yanis", name="Yanis", role=StaffRole.HELPER, cantines=(CANTINE.slug,))
TRACES = ("vanisha", "639980066")


def links(house: House) -> Links:
    return Links(house["booking"].settings.secret_keys)


def forget(house: House, contact: str = "senta.vanisha@example.org") -> Done:
    """Senta presses the button, or an administrator enters the command."""
    way = way_of(contact, language="fr", sms=True)
    done = erase(house["booking"].service, links(house), voice(house), way)
    house.settle()
    return done


def come(house: House, sitting: str, who: Contact = SENTA, people: int = 2) -> str:
    one = book(house["booking"].service, voice(house), sitting, Wish(party=Party(eaters=people), contact=who))
    house.settle()
    return one.id


def traces(house: House) -> list[tuple[str, str]]:
    """Where, of all tables of all services, something leads to Senta."""
    return [(where, text) for where, text in everything(house) if any(trace in text for trace in TRACES)]


def everything(house: House) -> list[tuple[str, str]]:
    """All rows of all tables of all services, in lower case, each with where it is."""
    return [
        (f"{name}.{table.name}", json.dumps(list(row), default=str, ensure_ascii=False).lower())
        for name, part in house.parts.items()
        for table in part.metadata.tables.values()
        for row in rows(house, name, table)
    ]


@pytest.fixture
def known(house: House) -> Iterator[tuple[House, str, str]]:
    """Senta ate with us yesterday and is booked for next week; she comes every week, is called to cook, wrote a text,
    and asked for her link. Gives the meals of yesterday and next week.
    """
    first = lunch(house, seats=10)
    house.settle()
    yesterday = come(house, first)
    agree_to_cook(house["booking"].service, voice(house), yesterday, sms=True)
    begin_usual(house["booking"].service, voice(house), yesterday, sms=True)
    house.clock.at = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    check_in.mark(house["booking"].service, voice(house), DOOR, first, yesterday, came=2)
    second = lunch(house, seats=10, on=date(2026, 12, 4))
    house.settle()
    house.clock.pass_time(days=1)
    house.do_what_is_due()  # the usual place is a booking now
    coming = the_booking_at(house, second).id
    with house["booking"].service.work() as work:
        needs.keep(work.conn, coming, second, Needs(allergens=frozenset(["milk"])), work.now)
    receive_text(house["notifications"].service, "http", "one", SENTA.phone or "", "Vanisha : où est la porte ?")
    way = way_of("senta.vanisha@example.org", language="fr", sms=True)
    ask_for_link(house["booking"].service, links(house), way, "198.51.100.1")
    house.do_what_is_due()
    send(house)
    yield house, first, second


def the_booking_at(house: House, sitting: str) -> Booking:
    table = house["booking"].metadata.tables["booking"]
    (row,) = (row for row in rows(house, "booking", table) if row.sitting == sitting)
    return booking_of(house, row.id)


def test_nothing_leads_to_who_was_erased_in_any_table(known: tuple[House, str, str]) -> None:
    house, _first, _second = known
    assert {where for where, _text in traces(house)} >= {
        *("booking.booking", "booking.person", "booking.guest_link", "notifications.known_booking"),
        *("notifications.known_person", "notifications.text_in", "notifications.mailbox", "notifications.guest_link"),
    }
    table = house["booking"].metadata.tables["needs"]
    assert rows(house, "booking", table)
    assert forget(house) == Done(bookings=2, cancelled=1)
    assert traces(house) == [] and rows(house, "booking", table) == []
    assert differences(house) == []
    house.let_time_pass(minutes=5)
    before = len(letters(house))
    send(house)
    assert len(letters(house)) == before and traces(house) == []


def for_jeanne(house: House, sitting: str, *, reached: bool, people: int = 1) -> str:
    """Senta books for Jeanne, who has a contact of her own, or is reached by Senta alone."""
    jeannes = Contact(name="Jeanne Exemple", email="jeanne@example.org", phone=None, language="fr")
    contact = replace(SENTA, name="Jeanne Exemple") if reached else jeannes
    wish = Wish(party=Party(eaters=people), contact=contact, proxy=Proxy(name="Senta Vanisha", reached=reached))
    made = book(house["booking"].service, voice(house), sitting, wish).id
    house.settle()
    return made


def test_who_booked_for_others_is_forgotten_in_every_table_and_they_keep_their_place(house: House) -> None:
    meal = lunch(house, seats=3)
    house.settle()
    jeannes = for_jeanne(house, meal, reached=True, people=2)
    waits = for_jeanne(house, meal, reached=True, people=2)
    send(house)
    assert outcome_of(house, waits).status is BookingStatus.WAITLISTED
    assert {where for where, _text in traces(house)} >= {"booking.booking", "notifications.known_booking"}
    assert forget(house) == Done(bookings=2, cancelled=1, left=1)
    assert traces(house) == [] and differences(house) == []
    assert sitting_of(house, meal).seating.held == 2
    kept = booking_of(house, jeannes)
    assert (kept.contact.name, outcome_of(house, jeannes).status) == ("Jeanne Exemple", BookingStatus.CONFIRMED)
    assert outcome_of(house, waits).status is BookingStatus.CANCELLED, "she would never hear of a place"
    before = len(letters(house))
    house.let_time_pass(days=2)
    send(house)
    assert (len(letters(house)), traces(house)) == (before, [])
    house.let_time_pass(days=93)
    assert not [one for one in everything(house) if "jeanne" in one[1]]


@pytest.mark.parametrize("restored", ["booking", "notifications"])
def test_a_copy_does_not_bring_back_who_booked_for_others(house: House, restored: str) -> None:
    meal = lunch(house)
    house.settle()
    jeannes = for_jeanne(house, meal, reached=True)
    send(house)
    copy = copy_of(house, restored)
    house.clock.pass_time(minutes=5)
    forget(house)
    put_back(house, restored, copy)
    house.clock.pass_time(minutes=5)
    for name in sorted(house.parts, key=lambda name: name == restored):
        house[name].resay()
        house.settle()
    assert {where for where, _text in traces(house)} == set()
    assert booking_of(house, jeannes).contact.name == "Jeanne Exemple"
    assert claims_of(house)[jeannes].held.seats == 1


def test_the_seats_to_come_go_to_others_and_the_meal_that_was_stays_counted(known: tuple[House, str, str]) -> None:
    house, first, second = known
    assert sitting_of(house, second).seating.held == 2
    forget(house)
    assert sitting_of(house, second).seating.held == 0
    assert outcome_of(house, the_booking_at(house, second).id).status is BookingStatus.CANCELLED
    assert outcome_of(house, the_booking_at(house, first).id).status is BookingStatus.CONFIRMED
    house.let_time_pass(days=91)
    visits = rows(house, "booking", house["booking"].metadata.tables["visit"])
    assert [(one.adults, one.came) for one in visits] == [(2, 2)]


def test_what_waits_unsaid_is_overwritten_and_letters_on_their_way_do_not_leave(house: House) -> None:
    meal = lunch(house)
    house.settle()
    come(house, meal)
    book(house["booking"].service, voice(house), meal, Wish(party=Party(eaters=1), contact=SENTA))
    way = way_of("senta.vanisha@example.org", language="fr", sms=True)
    assert dict(letters(house))["confirmed"] == "due"
    erase(house["booking"].service, links(house), voice(house), way)  # nothing was published since
    assert not [where for where, _text in traces(house) if where.startswith("booking.")]
    house.settle()
    assert traces(house) == []
    send(house)
    assert {state for _kind, state in letters(house)} == {"dropped"}


def test_who_was_erased_may_come_back_and_is_left_alone_then(known: tuple[House, str, str]) -> None:
    house, _first, second = known
    forget(house)
    house.clock.pass_time(minutes=1)
    anew = come(house, second)
    for name in house.parts:
        house[name].resay()
        house.settle()
    assert booking_of(house, anew).contact == SENTA
    (told,) = (
        row
        for row in rows(house, "notifications", house["notifications"].metadata.tables["known_booking"])
        if row.id == anew
    )
    assert told.email == SENTA.email


@pytest.mark.parametrize("restored", ["booking", "notifications"])
def test_a_copy_that_is_put_back_does_not_bring_them_back(known: tuple[House, str, str], restored: str) -> None:
    house, _first, second = known
    copy = copy_of(house, restored)
    house.clock.pass_time(minutes=5)
    forget(house)
    house.clock.pass_time(minutes=5)
    anew = come(house, second, people=1)
    put_back(house, restored, copy)
    house.clock.pass_time(minutes=5)
    for name in sorted(house.parts, key=lambda name: name == restored):
        house[name].resay()
        house.settle()
    left = {where for where, text in traces(house) if anew not in text}
    assert left <= {"booking.idempotency_key"}
    assert claims_of(house)[anew].held.seats == 1


def test_who_shares_a_telephone_is_forgotten_with_it_and_nobody_else_is(house: House) -> None:
    meal = lunch(house)
    house.settle()
    both = come(house, meal, who=Contact(name="A", email="a@example.org", phone="+33639980066", language="fr"))
    other = come(house, meal, who=Contact(name="B", email=None, phone="+33639980066", language="fr"))
    by_address = reserve(house, meal, Party(eaters=1), name="Jeanne")
    house.settle()
    assert forget(house, "a@example.org").bookings == 1
    assert booking_of(house, both).contact.phone is None
    assert booking_of(house, other).contact.phone == "+33639980066"  # it is also B's
    assert forget(house, "06 39 98 00 66").bookings == 1
    assert booking_of(house, other).erased
    assert booking_of(house, by_address).contact.name == "Jeanne"


def test_who_is_reached_by_the_number_that_somebody_wrote_beside_their_own_address_is_not_ended(house: House) -> None:
    sitting, bruno = lunch(house), agrees(house, "Bruno", phone="+33639980067")
    come(house, sitting, replace(SENTA, phone="+33639980067"))
    forget(house)
    assert [row.person for row in rows(house, "booking", willing_cook)] == [bruno]
    assert traces(house) == []
