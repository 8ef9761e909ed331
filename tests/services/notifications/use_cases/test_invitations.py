"""Meals in the guests' own calendars: from the first letter to the last, as a provider gets them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar

from services.notifications.domain.letter import LetterKind
from services.notifications.domain.sending import NotNow, Unknown
from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from shared.contracts.sitting import SittingStatus
from tests.services.notifications.house import BY_SMS, STARTS_AT, TUESDAY, NotificationsHouse, ScriptedProvider


@dataclass
class Guest:
    """A guest with a calendar, who reads what the provider was handed."""

    house: NotificationsHouse
    mail: ScriptedProvider = field(default_factory=ScriptedProvider)

    def reads(self) -> list[tuple[str, Any]]:
        """What is new for the calendar: the method and the event of each letter that brings one."""
        self.house.send(email=self.mail, sms=ScriptedProvider())
        files = [letter.calendar for letter in self.mail.received if letter.calendar]
        self.mail.received.clear()
        return [(file.method, Calendar.from_ical(file.text.encode()).events[0]) for file in files]

    def reads_one(self) -> tuple[str, Any]:
        (found,) = self.reads()
        return found


def revision(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000)


def test_confirmed_changed_moved_and_cancelled_are_one_event_that_gets_on(house: NotificationsHouse) -> None:
    guest, told = Guest(house), []
    house.announce()
    house.book(news=revision(TUESDAY))
    told.append(guest.reads_one())
    house.book(news=revision(TUESDAY) + 60_000_000, party=Party(cooks=1, eaters=2))
    told.append(guest.reads_one())
    moved_to = STARTS_AT + timedelta(hours=1)
    house.revisions["sitting", "lunch"] = revision(TUESDAY) + 120_000_000
    house.announce(starts_at=moved_to, meal_starts=moved_to.replace(hour=13).time())
    house.settle()
    told.append(guest.reads_one())
    house.book(news=revision(TUESDAY) + 180_000_000, status=BookingStatus.CANCELLED)
    told.append(guest.reads_one())
    assert [method for method, _event in told] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
    assert len({event["UID"] for _method, event in told}) == 1
    sequences = [event["SEQUENCE"] for _method, event in told]
    assert sequences == sorted(set(sequences))
    begins = [event.start - STARTS_AT for _method, event in told]
    assert begins == [timedelta(0), timedelta(hours=-3), timedelta(hours=-3), timedelta(hours=-3)]
    assert told[2][1].end == moved_to + timedelta(hours=2)


def test_a_meal_that_the_cantine_cancels_leaves_the_calendar(house: NotificationsHouse) -> None:
    guest = Guest(house)
    house.announce()
    house.book()
    _method, confirmed = guest.reads_one()
    house.announce(status=SittingStatus.CANCELLED)
    method, cancelled = guest.reads_one()
    assert method == "CANCEL" and cancelled["UID"] == confirmed["UID"]
    assert cancelled["SEQUENCE"] > confirmed["SEQUENCE"]


def test_who_was_never_confirmed_has_nothing_to_take_out(house: NotificationsHouse) -> None:
    guest = Guest(house)
    house.announce()
    house.book(status=BookingStatus.WAITLISTED)
    assert guest.reads() == []
    house.book(status=BookingStatus.CANCELLED)
    assert guest.reads() == []
    house.book("sam", status=BookingStatus.CONFIRMED)
    house.book("sam", status=BookingStatus.CANCELLED)  # before the confirmation left
    assert guest.reads() == []


def test_a_letter_that_is_tried_again_is_the_same_version_of_the_event(house: NotificationsHouse) -> None:
    guest = Guest(house)
    guest.mail.script = [NotNow("busy"), Unknown("time-out")]
    house.announce()
    house.book(news=revision(TUESDAY))
    tries = []
    for _ in range(3):
        tries += guest.reads()
        house.clock.at += timedelta(minutes=1)
    assert len(tries) == 3 and len({(method, event.to_ical()) for method, event in tries}) == 1


def test_seats_and_menus_are_no_news_for_a_calendar(house: NotificationsHouse) -> None:
    guest = Guest(house)
    guest.mail.script = [NotNow("busy")]
    house.announce()
    house.book(news=revision(TUESDAY))
    _method, first = guest.reads_one()
    house.revisions["sitting", "lunch"] = revision(TUESDAY) + 60_000_000
    house.announce(seats_left=3, menu="Soupe")
    house.clock.at += timedelta(minutes=1)
    assert guest.reads_one()[1] == first


def test_a_reminder_leaves_the_calendar_alone(house: NotificationsHouse) -> None:
    guest = Guest(house)
    house.announce()
    house.book()
    guest.reads_one()
    house.clock.at = STARTS_AT - timedelta(hours=20)
    house.ring()
    assert guest.reads() == []


def test_the_mailbox_of_the_demo_hands_it_out(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.book("sam", **BY_SMS)
    house.send()
    by_mail, by_sms = sorted(house.mail(), key=lambda message: message.channel)
    with house.parts.make_web().test_client() as client:
        page = client.get(f"/messages/mailbox/{by_mail.id}").text
        assert f'href="/messages/mailbox/{by_mail.id}/calendar"' in page
        file = client.get(f"/messages/mailbox/{by_mail.id}/calendar")
        assert file.mimetype == "text/calendar" and "attachment" in file.headers["Content-Disposition"]
        assert Calendar.from_ical(file.data).events[0]["UID"] == "booking-camille@tablee"
        assert client.get(f"/messages/mailbox/{by_sms.id}/calendar").status_code == 404
    assert house.row(LetterKind.CONFIRMED, "sam").channel == "sms"
