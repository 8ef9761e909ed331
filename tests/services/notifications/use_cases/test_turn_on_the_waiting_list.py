"""Somebody waits for a place, and their turn comes: they read that it has, for they may have given up hope."""

from datetime import timedelta

from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from tests.services.notifications.house import BY_SMS, NotificationsHouse, ScriptedProvider

ALONE = Party(eaters=1)
WAITLISTED, CONFIRMED = BookingStatus.WAITLISTED, BookingStatus.CONFIRMED


def test_who_waits_alone_reads_of_one_place_and_then_that_it_is_theirs(house: NotificationsHouse) -> None:
    mail = ScriptedProvider()
    house.announce()
    for status in (WAITLISTED, CONFIRMED):
        house.book(party=ALONE, status=status)
        house.send(email=mail)
        house.clock.pass_time(minutes=1)
    waiting, turn = mail.received
    assert "vous tous" not in waiting.text and "Si une place se libère" in waiting.text
    assert turn.subject.startswith("Une place s’est libérée") and turn.subject.endswith("nous vous attendons")
    assert "Une place s’est libérée" in turn.text and "C’est noté" not in turn.text


def test_who_waits_with_others_reads_that_all_are_expected(house: NotificationsHouse) -> None:
    sms = ScriptedProvider()
    house.announce()
    for status in (WAITLISTED, CONFIRMED):
        house.book(**BY_SMS, status=status, language="en")
        house.send(sms=sms)
        house.clock.pass_time(minutes=1)
    assert "places came free, you are expected Fri 27 Nov 12:30, 2 pers." in sms.received[-1].text


def test_a_proxy_reads_it_of_their_guest(house: NotificationsHouse) -> None:
    sms = ScriptedProvider()
    house.announce()
    for status in (WAITLISTED, CONFIRMED):
        house.book(**BY_SMS, party=ALONE, status=status, proxy="Inès Voisine", to_proxy=True)
        house.send(sms=sms)
        house.clock.pass_time(minutes=1)
    text = sms.received[-1].text
    assert "pour Camille E. : une place s'est libérée, c'est réservé" in text and "on vous attend" not in text


def test_a_change_after_that_is_a_change(house: NotificationsHouse) -> None:
    mail = ScriptedProvider()
    house.announce()
    for status, party in ((WAITLISTED, Party(eaters=2)), (CONFIRMED, Party(eaters=2)), (CONFIRMED, Party(eaters=3))):
        house.book(status=status, party=party)
        house.send(email=mail)
        house.clock.pass_time(minutes=1)
    assert "maintenant réservé pour 3 personnes" in mail.received[-1].subject


def test_who_was_asked_and_said_yes_reads_that_it_is_noted(house: NotificationsHouse) -> None:
    mail = ScriptedProvider()
    house.announce()
    for status in (WAITLISTED, BookingStatus.OFFERED, CONFIRMED):
        house.book(status=status, offer_until=house.clock.at + timedelta(hours=2))
        house.send(email=mail)
        house.clock.pass_time(minutes=1)
    assert mail.received[-1].subject == "Votre repas du vendredi 27 novembre est réservé"
