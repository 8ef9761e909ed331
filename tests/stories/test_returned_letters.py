"""Letters come back, through the whole house: who can be reached no more is called by the host."""

from datetime import date
from typing import Any

import pytest

from services.booking.domain.calls import About
from services.booking.domain.contact import Contact
from services.booking.domain.staff import Staff
from services.booking.domain.wish import Wish
from services.booking.use_cases.book import book
from services.booking.use_cases.calls import look_at_calls, note_call
from services.notifications.domain.receipts import Delivery
from services.notifications.use_cases.hear_receipts import receive_receipt
from shared.contracts.party import Party
from shared.contracts.staff import StaffRole
from shared.links import Links
from tests.stories.agree import differences
from tests.stories.cooks import mail, send
from tests.stories.house import House
from tests.stories.residents import CANTINE, lunch, rows, voice
from tests.stories.test_host_message import readers, write

TOMORROW = date(2026, 11, 25)
HUGO = Staff(id="hugo", name="Hugo", role=StaffRole.HOST, cantines=(CANTINE.slug,))
EMAIL, PHONE = "une@example.org", "+33639980041"


def guest(house: House, sitting: str, *, phone: str | None = None) -> str:
    contact = Contact(name="Une", email=EMAIL, phone=phone, language="en")
    made = book(house["booking"].service, voice(house), sitting, Wish(party=Party(eaters=2), contact=contact)).id
    house.settle()
    send(house)
    return made


def comes_back(house: House, channel: str, kind: str, told: Delivery = Delivery.DEAD) -> None:
    """The last letter of a kind by a channel comes back, and whatever follows from it happens."""
    table: Any = house["notifications"].metadata.tables["letter"]
    sent = [row for row in rows(house, "notifications", table) if (row.channel, row.kind) == (channel, kind)]
    row = max((row for row in sent if row.taken_at), key=lambda row: row.taken_at)
    service = house["notifications"].service
    receive_receipt(service, row.provider, ref=row.provider_ref, name="", delivery=told, detail="5.1.1")
    house["notifications"].timers["hear_receipts"]()
    house.settle()
    send(house)


def words_of(house: House) -> str:
    """The id of the one host's words."""
    table: Any = house["booking"].metadata.tables["host_message"]
    (row,) = rows(house, "booking", table)
    return str(row.id)


def to_call(house: House) -> list[tuple[str, About]]:
    booking = house["booking"]
    links = Links(booking.settings.secret_keys)
    return [(one.booking.id, one.about) for one in look_at_calls(booking.service, links, HUGO, sms=True)[0]]


@pytest.fixture
def meal(house: House) -> str:
    sitting = lunch(house, on=TOMORROW)
    house.settle()
    return sitting


def test_an_sms_goes_instead_and_if_that_fails_the_host_calls(house: House, meal: str) -> None:
    one = guest(house, meal, phone=PHONE)
    comes_back(house, "email", "confirmed")
    assert [to for to, _words in mail(house)] == ["une", PHONE]
    assert to_call(house) == []
    comes_back(house, "sms", "confirmed")
    assert to_call(house) == [(one, About.STANDING)]
    assert len(mail(house)) == 2
    assert differences(house) == []


def test_a_reminder_that_comes_back_is_said_by_telephone(house: House, meal: str) -> None:
    one = guest(house, meal)
    house.let_time_pass(days=1, hours=-18, minutes=1)
    send(house)
    assert to_call(house) == []
    comes_back(house, "email", "reminder")
    assert to_call(house) == [(one, About.REMINDER)]


def test_what_was_said_by_telephone_is_not_said_again(house: House, meal: str) -> None:
    one = guest(house, meal)
    comes_back(house, "email", "confirmed")
    assert to_call(house) == [(one, About.STANDING)]
    table: Any = house["booking"].metadata.tables["booking"]
    (row,) = [row for row in rows(house, "booking", table) if row.id == one]
    note_call(house["booking"].service, HUGO, one, About.STANDING, row.news)
    assert to_call(house) == []


def test_an_earlier_booking_that_was_told_of_is_not_told_of_again(house: House, meal: str) -> None:
    guest(house, meal)
    later = lunch(house, on=date(2026, 11, 30))
    house.settle()
    house.clock.pass_time(minutes=5)
    second = guest(house, later)
    comes_back(house, "email", "confirmed")
    assert to_call(house) == [(second, About.STANDING)]


def test_a_reminder_that_comes_back_says_nothing_anew_of_a_later_booking(house: House, meal: str) -> None:
    one = guest(house, meal)
    other = lunch(house, on=date(2026, 11, 30))
    house.settle()
    house.clock.pass_time(minutes=5)
    guest(house, other)
    house.let_time_pass(days=1, hours=-18, minutes=1)
    send(house)
    comes_back(house, "email", "reminder")
    assert to_call(house) == [(one, About.REMINDER)]


def test_a_hosts_words_that_come_back_are_said_by_telephone(house: House, meal: str) -> None:
    first, second = guest(house, meal), guest(house, meal)
    house.clock.pass_time(minutes=5)
    write(house, meal)
    house.settle()
    house.clock.pass_time(minutes=5)
    send(house)
    assert to_call(house) == []
    comes_back(house, "email", "host_message")
    ((one, about),) = to_call(house)
    assert (one in (first, second), about) == (True, About.WORDS), "each person once, whatever they have booked"
    service = house["booking"].service
    note_call(service, HUGO, one, About.WORDS, 0, message=words_of(house))
    assert to_call(house) == []


def test_words_that_came_back_leave_once_more_in_two_days(house: House) -> None:
    meal = lunch(house, on=date(2026, 11, 30))
    house.settle()
    guest(house, meal)
    house.clock.pass_time(seconds=1)
    write(house, meal)
    house.settle()
    send(house)
    comes_back(house, "email", "host_message", Delivery.RETURNED)
    assert [about for _one, about in to_call(house)] == [About.WORDS]
    house.let_time_pass(days=2, minutes=1)
    send(house)
    assert to_call(house) == []
    assert readers(house) == 2 * [EMAIL]


def test_who_was_not_called_in_two_days_gets_the_letter_once_more_and_then_is_called(house: House) -> None:
    meal = lunch(house, on=date(2026, 11, 30))
    house.settle()
    one = guest(house, meal)
    comes_back(house, "email", "confirmed", Delivery.RETURNED)
    assert to_call(house) == [(one, About.STANDING)]
    house.let_time_pass(days=2, minutes=1)
    send(house)
    assert (to_call(house), len(mail(house))) == ([], 2)
    comes_back(house, "email", "confirmed", Delivery.RETURNED)
    assert to_call(house) == [(one, About.STANDING)]
    house.let_time_pass(days=3)
    assert to_call(house) == [(one, About.STANDING)], "until somebody has called, or the meal is over"
    assert len(mail(house)) == 2
