"""Somebody of the team booked for a guest, who phoned: the first letter says who did, and how to refuse."""

from datetime import timedelta

from services.notifications.domain.sending import NotNow
from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from shared.gsm7 import segments
from tests.services.notifications.house import BY_SMS, NotificationsHouse, ScriptedProvider


def test_the_first_sms_says_who_booked_and_the_next_does_not(house: NotificationsHouse) -> None:
    sms = ScriptedProvider(script=[NotNow("busy")])
    house.announce()
    house.book(**BY_SMS, by_team=True)
    house.send(sms=sms)
    house.clock.at += timedelta(minutes=1)
    house.send(sms=sms)
    house.book(party=Party(eaters=3))
    house.send(sms=sms)
    first, again, changed = (letter.text for letter in sms.received)
    assert "pour vous par téléphone" in first and first == again
    assert "par téléphone" not in changed
    assert "changé" in changed and "3 pers." in changed and "changé" not in first + again
    assert {segments(text) for text in (first, changed)} == {1}


def test_who_stands_on_the_waiting_list_first_hears_it_there(house: NotificationsHouse) -> None:
    sms = ScriptedProvider()
    house.announce()
    house.book(**BY_SMS, by_team=True, status=BookingStatus.WAITLISTED)
    house.send(sms=sms)
    house.book(status=BookingStatus.CONFIRMED)
    house.send(sms=sms)
    waiting, confirmed = (letter.text for letter in sms.received)
    assert "par téléphone" in waiting and "par téléphone" not in confirmed


def test_by_e_mail_it_says_what_is_kept_and_for_how_long(house: NotificationsHouse) -> None:
    mail = ScriptedProvider()
    house.announce()
    house.book(by_team=True)
    house.book("sam")
    house.send(email=mail)
    by_team, by_guest = sorted(mail.received, key=lambda letter: "équipe" not in letter.text)
    for text in (by_team.text, by_team.html):
        assert "L’équipe de La Tablée de Saône a noté cette réservation pour vous" in text
        assert "sans motif" in text and "90 jours" in text
    assert "équipe" not in by_guest.text
