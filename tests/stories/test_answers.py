"""Guests answer by text message, through the whole house."""

import random
from datetime import date

import pytest

from services.booking.domain.calls import About
from services.booking.domain.contact import Contact
from services.booking.domain.staff import Staff
from services.booking.domain.wish import Wish
from services.booking.store import persons
from services.booking.use_cases.book import book
from services.booking.use_cases.calls import look_at_calls
from services.notifications.use_cases.receive_text import receive_text
from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from shared.contracts.seats import Why
from shared.contracts.staff import StaffRole
from shared.links import Links
from tests.stories.agree import differences
from tests.stories.cooks import agrees, calls, mail, send
from tests.stories.house import House
from tests.stories.residents import (
    CANTINE,
    booking_of,
    call_off,
    lunch,
    outcome_of,
    reserve,
    sitting_of,
    voice,
)

TOMORROW = date(2026, 11, 25)
CONFIRMED, OFFERED, WAITLISTED = BookingStatus.CONFIRMED, BookingStatus.OFFERED, BookingStatus.WAITLISTED
HUGO = Staff(id="hugo", name="Hugo", role=StaffRole.HOST, cantines=(CANTINE.slug,))


def by_phone(house: House, sitting: str, name: str, phone: str) -> str:
    contact = Contact(name=name, email=None, phone=phone, language="fr")
    made = book(house["booking"].service, voice(house), sitting, Wish(party=Party(eaters=2), contact=contact)).id
    house.settle()
    send(house)
    return made


def text(house: House, phone: str, words: str) -> None:
    receive_text(house["notifications"].service, "http", f"{phone} {words} {random.random()}", phone, words)
    house["notifications"].timers["hear_texts"]()
    house.settle()
    send(house)


ONE, TWO = "+33639980041", "+33639980042"


@pytest.fixture
def offered(house: House) -> tuple[str, str, str]:
    """A full lunch of two seats, where one is offered them and two waits behind. (sitting, one, two)"""
    sitting = lunch(house, seats=2, cook_places=0, on=TOMORROW)
    house.settle()
    first = reserve(house, sitting, Party(eaters=2), name="First")
    house.settle()
    one = by_phone(house, sitting, "Une", ONE)
    house.clock.pass_time(minutes=1)
    two = by_phone(house, sitting, "Deux", TWO)
    call_off(house, first)
    house.settle()
    send(house)
    assert (outcome_of(house, one).status, outcome_of(house, two).status) == (OFFERED, WAITLISTED)
    return sitting, one, two


def test_a_word_takes_the_place_that_is_offered(house: House, offered: tuple[str, str, str]) -> None:
    sitting, one, _two = offered
    text(house, ONE, "Oui merci !")
    assert (outcome_of(house, one).status, sitting_of(house, sitting).seating.held) == (CONFIRMED, 2)
    assert differences(house) == []


def test_a_no_declines_and_the_next_is_asked(house: House, offered: tuple[str, str, str]) -> None:
    _sitting, one, two = offered
    text(house, ONE, "non")
    assert (outcome_of(house, one).why, outcome_of(house, two).status) == (Why.OFFER_DECLINED, OFFERED)
    text(house, TWO, "OK")
    assert outcome_of(house, two).status is CONFIRMED
    assert differences(house) == []


def test_a_yes_that_comes_too_late_asks_at_the_old_place(house: House, offered: tuple[str, str, str]) -> None:
    _sitting, one, two = offered
    house.let_time_pass(hours=2, minutes=2)
    send(house)
    assert (outcome_of(house, one).why, outcome_of(house, two).status) == (Why.OFFER_EXPIRED, OFFERED)
    text(house, ONE, "oui")
    assert outcome_of(house, one).status is WAITLISTED
    text(house, TWO, "non")
    assert outcome_of(house, one).status is OFFERED
    assert differences(house) == []


def test_who_is_reminded_says_that_they_come_or_cancels(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    one, two = by_phone(house, sitting, "Une", ONE), by_phone(house, sitting, "Deux", TWO)
    house.let_time_pass(days=2, hours=6, minutes=1)
    send(house)
    text(house, ONE, "Oui, à demain")
    text(house, TWO, "Non")
    meal = sitting_of(house, sitting)
    assert outcome_of(house, one).status is CONFIRMED
    assert booking_of(house, one).coming_for is not None
    assert outcome_of(house, two).status is BookingStatus.CANCELLED
    assert meal.seating.held == 2
    assert differences(house) == []


def test_with_two_bookings_a_number_says_which(house: House) -> None:
    sitting, other = lunch(house), lunch(house, on=date(2026, 11, 30))
    house.settle()
    one, two = by_phone(house, sitting, "Une", ONE), by_phone(house, other, "Une", ONE)
    text(house, ONE, "annuler")
    assert {outcome_of(house, each).status for each in (one, two)} == {CONFIRMED}
    text(house, ONE, "2")
    assert (outcome_of(house, one).status, outcome_of(house, two).status) == (CONFIRMED, BookingStatus.CANCELLED)
    assert differences(house) == []


def test_after_stop_the_host_is_asked_to_call(house: House, offered: tuple[str, str, str]) -> None:
    _sitting, one, _two = offered
    text(house, ONE, "STOP")
    booking = house["booking"]
    links = Links(booking.settings.secret_keys)

    def to_call() -> list[tuple[str, About]]:
        return [(one.booking.id, one.about) for one in look_at_calls(booking.service, links, HUGO, sms=True)[0]]

    assert to_call() == [], "what there was to say before was read"
    before = len(mail(house))
    text(house, ONE, "oui")
    assert (outcome_of(house, one).status, to_call()) == (CONFIRMED, [(one, About.STANDING)])
    assert len(mail(house)) == before
    text(house, ONE, "START")
    assert to_call() == []


def test_a_call_for_cooks_is_answered_and_stop_ends_all_calls(house: House) -> None:
    from services.capacity.domain.alerts import AlertSettings
    from services.capacity.store import alerts as alert_store
    from services.capacity.use_cases.add_cantine import add_cantine

    with house["capacity"].service.work() as work:
        add_cantine(work, CANTINE)
        alert_store.save_settings(work.conn, CANTINE.slug, AlertSettings(cooks=2))
    sitting = lunch(house)
    house.settle()
    agrees(house, "Ada", phone=ONE)
    bea = agrees(house, "Bea", phone=TWO)
    calls(house, sitting)
    text(house, ONE, "yes")
    text(house, TWO, "stop")
    assert sitting_of(house, sitting).seating.cooks_held == 1
    with house["booking"].service.read() as conn:
        assert bea not in persons.some(conn, [bea])
    assert differences(house) == []


def test_booking_that_was_put_back_hears_the_answers_again(house: House) -> None:
    from tests.stories.copies import copy_of, put_back

    sitting = lunch(house)
    house.settle()
    one = by_phone(house, sitting, "Une", ONE)
    copy = copy_of(house, "booking")
    text(house, ONE, "annuler")
    put_back(house, "booking", copy)
    assert outcome_of(house, one).status is CONFIRMED
    house["notifications"].resay()
    house.settle()
    house["capacity"].resay()
    house["booking"].resay()
    house.settle()
    assert outcome_of(house, one).status is BookingStatus.CANCELLED
