"""The link to a guest's own page: one letter for each request, which is forgotten as soon as it has left."""

from datetime import timedelta

import pytest

from services.notifications.domain.letter import NO_WAY, Channel, LetterKind, LetterState
from services.notifications.domain.receipts import Delivery
from services.notifications.domain.sending import Unknown
from services.notifications.store.tables import guest_link
from services.notifications.use_cases.hear_receipts import receive_receipt
from services.notifications.use_cases.receive_text import receive_text
from tests.services.notifications.house import BY_SMS, NotificationsHouse, ScriptedProvider

LINK = LetterKind.GUEST_LINK
TO_A_TELEPHONE = {"email": None, "phone": BY_SMS["phone"]}


def test_it_is_sent_once_and_then_forgotten(house: NotificationsHouse) -> None:
    house.ask_for_link()
    house.ask_for_link()
    while house.send():
        pass
    (mail,) = house.mail()
    assert mail.address == "camille@example.org" and "http://127.0.0.1:8000/my/secret" in mail.text
    assert "Camille" not in mail.text
    assert house.row(LINK, None).facts == {}


def test_what_a_receipt_settles_is_forgotten_too(house: NotificationsHouse) -> None:
    house.ask_for_link()
    house.send(email=ScriptedProvider(name="smtp", script=[Unknown("time-out")]))
    row = house.row(LINK, None)
    assert (row.state, "secret" in str(row.facts)) == (LetterState.DUE, True)
    receive_receipt(house.service, "smtp", ref="", name=row.provider_ref, delivery=Delivery.DELIVERED, detail="")
    house.ring()
    row = house.row(LINK, None)
    assert (row.state, row.facts) == (LetterState.DELIVERED, {})


def test_to_a_telephone_it_is_one_text_at_any_hour(house: NotificationsHouse) -> None:
    house.clock.pass_time(hours=13)  # it is night
    house.ask_for_link(**TO_A_TELEPHONE, valid_until=house.clock.at + timedelta(minutes=30))
    house.send()
    (text,) = house.mail()
    assert text.channel == Channel.SMS and "/my/secret" in text.text


@pytest.mark.parametrize("to", [{}, TO_A_TELEPHONE])
def test_one_that_is_over_is_not_sent_and_not_kept(house: NotificationsHouse, to: dict[str, str]) -> None:
    house.ask_for_link(**to)
    house.clock.pass_time(minutes=31)
    house.send()
    row = house.row(LINK, None)
    assert (row.state, row.facts, house.mail()) == (LetterState.DROPPED, {}, [])


def test_after_stop_not_even_this_text_goes_there(house: NotificationsHouse) -> None:
    house.announce()
    house.book(**BY_SMS)
    receive_text(house.service, "http", "one", BY_SMS["phone"], "STOP")
    house.ring()
    while house.send():
        pass
    before = len(house.mail())
    house.ask_for_link(**TO_A_TELEPHONE)
    house.send()
    row = house.row(LINK, None)
    assert (row.state, row.reason, row.facts) == (LetterState.FAILED, NO_WAY, {})
    assert len(house.mail()) == before


@pytest.mark.parametrize("to", [{}, TO_A_TELEPHONE])
def test_what_was_asked_for_is_confirmed_by_a_letter_that_says_until_when(
    house: NotificationsHouse, to: dict[str, str]
) -> None:
    until = house.clock.at + timedelta(hours=5, minutes=20)
    house.ask_for_link(**to, link="http://127.0.0.1:8000/confirm/secret", valid_until=until, confirms=True)
    while house.send():
        pass
    (mail,) = house.mail()
    assert "/confirm/secret" in mail.text and "onfirmez" in mail.text.replace("'", "’")
    assert to or "5 heures" in mail.text
    assert house.row(LINK, None).facts == {}
    with house.service.read() as conn:  # it opens no page of what is kept
        assert conn.execute(guest_link.select()).first() is None
