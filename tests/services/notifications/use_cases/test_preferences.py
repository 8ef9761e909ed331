"""What guests prefer holds for letters that wait as for those to come, and writes no letter itself."""

from datetime import timedelta

from services.notifications.domain.letter import LetterKind, LetterState
from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from shared.contracts.sitting import SittingStatus
from tests.services.notifications.house import REMINDER_AT, STARTS_AT, NotificationsHouse

CONFIRMED, REMINDER, MOVED = LetterKind.CONFIRMED, LetterKind.REMINDER, LetterKind.MOVED


def confirmed(house: NotificationsHouse) -> None:
    house.announce()
    house.book(news=1)
    house.send()


def test_a_reminder_goes_by_the_way_that_the_guest_prefers(house: NotificationsHouse) -> None:
    confirmed(house)
    house.book(by_sms=True, news=1)
    house.clock.at = REMINDER_AT
    house.ring()
    house.send()
    first, second = house.mail()
    assert (first.channel, second.channel) == ("email", "sms")


def test_who_prefers_sms_and_gave_no_number_is_written_to_all_the_same(house: NotificationsHouse) -> None:
    house.announce()
    house.book(by_sms=True, phone=None)
    assert house.row(CONFIRMED).channel == "email"


def test_who_needs_no_reminder_gets_none_until_they_want_one(house: NotificationsHouse) -> None:
    confirmed(house)
    house.book(reminders=False, news=1)
    assert house.letters()[REMINDER] is LetterState.DROPPED
    house.book(reminders=True, news=1)
    assert house.letters()[REMINDER] is LetterState.PLANNED
    house.clock.at = REMINDER_AT
    house.ring()
    house.book(reminders=False, news=1)
    assert house.send() == 0


def test_in_silence_nothing_is_said_but_that_the_meal_moves_or_is_off(house: NotificationsHouse) -> None:
    confirmed(house)
    house.book(quiet=True, news=1)
    house.book(party=Party(eaters=3))
    assert house.send() == 0
    house.announce(starts_at=STARTS_AT + timedelta(hours=1))
    house.settle()
    house.send()
    assert house.letters()[MOVED] is LetterState.SENT
    house.clock.at = REMINDER_AT + timedelta(hours=2)
    house.ring()
    assert house.send() == 0
    house.announce(status=SittingStatus.CANCELLED)
    house.send()
    assert house.letters()[LetterKind.CANCELLED_BY_CANTINE] is LetterState.SENT
    assert len(house.mail()) == 3


def test_who_cancels_in_silence_hears_nothing(house: NotificationsHouse) -> None:
    confirmed(house)
    house.book(quiet=True, news=1)
    house.book(status=BookingStatus.CANCELLED)
    assert house.send() == 0


def test_a_booking_found_again_after_a_restore_keeps_what_was_preferred(house: NotificationsHouse) -> None:
    house.announce()
    house.book(by_sms=True, reminders=False)
    house.book(name=None, email=None, phone=None, by_sms=False, reminders=True)
    house.send()
    assert [message.channel for message in house.mail()] == ["sms"]
    assert REMINDER not in house.letters()
