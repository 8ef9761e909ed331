"""Which letters are planned from what is heard, in whatever order it is heard."""

from datetime import UTC, datetime, timedelta

import pytest

from services.notifications.domain.letter import LetterKind, LetterState
from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from shared.contracts.seats import Why
from shared.contracts.sitting import SittingStatus
from tests.services.notifications.house import BY_SMS, REMINDER_AT, STARTS_AT, NotificationsHouse

REQUESTED, CONFIRMED = LetterKind.REQUESTED, LetterKind.CONFIRMED
REMINDER, MOVED = LetterKind.REMINDER, LetterKind.MOVED
DUE, PLANNED, SENT, DROPPED = LetterState.DUE, LetterState.PLANNED, LetterState.SENT, LetterState.DROPPED


def test_a_confirmed_booking_has_a_confirmation_now_and_a_reminder_later(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    assert house.letters() == {CONFIRMED: DUE, REMINDER: PLANNED}
    assert house.row(REMINDER).due_at == REMINDER_AT
    assert house.row(CONFIRMED).correlation == "a-test"


def test_a_booking_that_arrives_before_its_sitting_waits_for_it(house: NotificationsHouse) -> None:
    house.book()
    assert house.letters() == {}
    house.announce()
    assert house.letters() == {CONFIRMED: DUE, REMINDER: PLANNED}


def test_hearing_the_same_again_writes_nothing_again(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.send()
    house.book(news=1)
    house.announce(seats_left=9)
    assert house.letters() == {CONFIRMED: SENT, REMINDER: PLANNED}
    assert len(house.mail()) == 1


def test_each_news_is_written_once(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.send()
    house.book(party=Party(eaters=3))
    house.send()
    first, second = (message.subject for message in house.mail())
    assert first == "Votre repas du vendredi 27 novembre est réservé"
    assert second == "Votre repas du vendredi 27 novembre est maintenant réservé pour 3 personnes"


def test_nothing_is_said_while_a_booking_is_being_checked(house: NotificationsHouse) -> None:
    house.announce()
    house.book(status=BookingStatus.REQUESTED)
    assert house.letters() == {}


def test_a_request_that_stays_unanswered_is_told_and_then_its_answer(house: NotificationsHouse) -> None:
    house.announce()
    house.book(status=BookingStatus.REQUESTED, unanswered=True)
    assert house.letters() == {REQUESTED: DUE}
    house.send()
    house.book(status=BookingStatus.REQUESTED, unanswered=True, by_sms=True, news=1)
    assert house.letters() == {REQUESTED: SENT}, "a preference is no news"
    house.book(status=BookingStatus.CONFIRMED, unanswered=False)
    assert house.letters() == {REQUESTED: SENT, CONFIRMED: DUE, REMINDER: PLANNED}


def test_of_a_request_that_is_answered_before_its_letter_leaves_nothing_is_told(house: NotificationsHouse) -> None:
    house.announce()
    house.book(status=BookingStatus.REQUESTED, unanswered=True)
    house.book(status=BookingStatus.CONFIRMED, unanswered=False)
    house.send()
    assert house.letters() == {REQUESTED: DROPPED, CONFIRMED: SENT, REMINDER: PLANNED}


def test_no_telephone_rings_at_night_because_of_an_unanswered_request(house: NotificationsHouse) -> None:
    house.announce()
    house.clock.at = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)
    house.book(status=BookingStatus.REQUESTED, unanswered=True, **BY_SMS)
    house.send()
    assert house.letters() == {REQUESTED: PLANNED}
    assert house.row(REQUESTED).due_at == datetime(2026, 11, 25, 7, 0, tzinfo=UTC)


def test_who_wants_no_letters_gets_none_about_an_unanswered_request(house: NotificationsHouse) -> None:
    house.announce()
    house.book(status=BookingStatus.REQUESTED, unanswered=True, quiet=True)
    assert house.letters() == {}


def test_waiting_then_a_place(house: NotificationsHouse) -> None:
    house.announce()
    house.book(status=BookingStatus.WAITLISTED)
    house.send()
    house.book(status=BookingStatus.CONFIRMED)
    house.send()
    assert house.letters() == {LetterKind.WAITLISTED: SENT, CONFIRMED: SENT, REMINDER: PLANNED}


def test_a_change_that_was_not_made_is_told_as_such(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.send()
    house.book(why=Why.PARTY_TOO_LARGE)
    assert house.letters()[LetterKind.CHANGE_REFUSED] is DUE


def test_who_cancels_before_the_confirmation_left_gets_one_letter(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.book(status=BookingStatus.CANCELLED)
    assert house.letters() == {CONFIRMED: DROPPED, REMINDER: DROPPED, LetterKind.CANCELLED_BY_GUEST: DUE}
    house.send()
    assert len(house.mail()) == 1


def test_a_reminder_after_a_cancellation_never_leaves(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.send()
    house.clock.at = REMINDER_AT
    house.ring()
    assert house.letters()[REMINDER] is DUE
    house.book(status=BookingStatus.CANCELLED)
    house.send()
    assert house.letters()[REMINDER] is DROPPED


def test_confirmed_after_the_reminders_moment_no_reminder_is_planned(house: NotificationsHouse) -> None:
    house.announce()
    house.clock.at = REMINDER_AT
    house.book()
    assert house.letters() == {CONFIRMED: DUE}


def test_a_reminder_that_is_heard_of_again_after_its_moment_stays(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.send()
    house.clock.at = REMINDER_AT + timedelta(seconds=1)
    house.book(news=1)
    assert house.letters()[REMINDER] is PLANNED
    house.ring()
    house.send()
    assert house.letters()[REMINDER] is SENT


@pytest.mark.parametrize(
    ("party", "last_minute"),
    [(Party(eaters=2), STARTS_AT - timedelta(hours=2)), (Party(cooks=1), STARTS_AT - timedelta(hours=3))],
)
def test_a_reminder_is_dropped_rather_than_late(house: NotificationsHouse, party: Party, last_minute: datetime) -> None:
    house.announce()
    house.book(party=party)
    house.send()
    house.clock.at = last_minute + timedelta(seconds=1)
    house.ring()
    house.send()
    assert house.letters()[REMINDER] is DROPPED
    assert "too late" in house.row(REMINDER).reason


def test_a_reminder_at_the_last_minute_still_leaves(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.send()
    house.clock.at = STARTS_AT - timedelta(hours=2)
    house.ring()
    house.send()
    assert house.letters()[REMINDER] is SENT


def test_a_confirmation_is_useless_once_the_meal_has_begun(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.clock.at = STARTS_AT + timedelta(seconds=1)
    house.send()
    assert house.letters()[CONFIRMED] is DROPPED
    assert house.mail() == []


def test_a_cancelled_meal_is_told_once_to_those_who_would_come(house: NotificationsHouse) -> None:
    house.announce()
    house.book("booked")
    house.book("waiting", status=BookingStatus.WAITLISTED)
    house.book("asking", status=BookingStatus.REQUESTED)
    house.book("not coming", status=BookingStatus.CANCELLED)
    house.book("had no place", status=BookingStatus.REFUSED)
    house.send()
    house.announce(status=SittingStatus.CANCELLED)
    house.book("booked", status=BookingStatus.REFUSED, why=Why.SITTING_CANCELLED)
    house.announce(menu="none")
    told = {
        booking: LetterKind.CANCELLED_BY_CANTINE in house.letters(booking)
        for booking in ("booked", "waiting", "asking", "not coming", "had no place")
    }
    assert told == {"booked": True, "waiting": True, "asking": True, "not coming": False, "had no place": False}
    assert house.letters("booked")[REMINDER] is DROPPED
    assert LetterKind.FULL not in house.letters("booked")


def test_the_booking_may_tell_of_the_cancelled_meal_first(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.book(status=BookingStatus.REFUSED, why=Why.SITTING_CANCELLED)
    house.announce(status=SittingStatus.CANCELLED)
    house.send()
    assert [kind for kind, state in house.letters().items() if state is SENT] == [LetterKind.CANCELLED_BY_CANTINE]


def test_a_meal_that_moves_is_told_to_who_was_told_the_old_time(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.send()
    house.book("waiting", status=BookingStatus.WAITLISTED)
    house.announce(starts_at=STARTS_AT + timedelta(hours=1))
    house.book("told nothing yet")
    assert house.letters()[MOVED] is PLANNED
    assert MOVED not in house.letters("waiting")
    house.settle()
    assert house.letters()[MOVED] is DUE
    house.send()
    assert MOVED not in house.letters("told nothing yet")
    house.announce(seats_left=1)
    assert [row.kind for row in house.rows()].count(MOVED) == 1


def test_there_and_back_before_anybody_was_told_is_no_move(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.send()
    house.announce(starts_at=STARTS_AT + timedelta(hours=1))
    house.announce(starts_at=STARTS_AT)
    assert house.letters()[MOVED] is DROPPED
    assert [row.due_at for row in house.rows() if row.state == PLANNED] == [REMINDER_AT]


def test_there_and_back_and_there_again_is_told_each_time(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.send()
    for hours in (1, 0, 1):
        house.clock.pass_time(minutes=1)
        house.announce(starts_at=STARTS_AT + timedelta(hours=hours))
        house.settle()
        house.send()
    assert [row.state for row in house.rows() if row.kind == MOVED] == [SENT] * 3


def test_a_meal_that_is_moved_twice_within_a_moment_is_told_once(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.send()
    house.announce(starts_at=STARTS_AT - timedelta(hours=5))  # a slip of the finger
    house.clock.pass_time(minutes=1)
    house.announce(starts_at=STARTS_AT + timedelta(hours=1))
    house.book(by_sms=True, news=1)  # heard meanwhile; it puts nothing off
    house.settle()
    house.send()
    moved = [row for row in house.rows() if row.kind == MOVED]
    assert sorted(row.state for row in moved) == [DROPPED, SENT]
    assert len(house.mail()) == 2 and "13:30" not in house.mail()[0].text


def test_who_hears_of_a_booking_again_does_not_put_off_that_its_meal_moves(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.send()
    house.announce(starts_at=STARTS_AT + timedelta(hours=1))
    due_at = house.row(MOVED).due_at
    house.clock.pass_time(minutes=1)
    house.book(by_sms=True, news=1)
    assert house.row(MOVED).due_at == due_at


@pytest.mark.parametrize("hours", [2, 30], ids=["to an hour that is near", "from one"])
def test_near_the_meal_nobody_waits_to_tell_that_it_moves(house: NotificationsHouse, hours: int) -> None:
    house.announce()
    house.book()
    house.send()
    house.clock.at = STARTS_AT - timedelta(hours=2 if hours == 30 else 28)
    house.announce(starts_at=house.clock.at + timedelta(hours=hours))
    assert house.letters()[MOVED] is DUE


def test_a_meal_that_is_moved_and_called_off_is_only_called_off(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.send()
    house.announce(starts_at=STARTS_AT + timedelta(hours=1))
    house.announce(status=SittingStatus.CANCELLED)
    house.settle()
    house.send()
    assert (house.letters()[MOVED], house.letters()[LetterKind.CANCELLED_BY_CANTINE]) == (DROPPED, SENT)


def test_a_confirmation_still_in_hand_tells_the_new_time_itself(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.announce(starts_at=STARTS_AT + timedelta(hours=1))
    house.send()
    assert MOVED not in house.letters()


def test_the_reminder_moves_with_the_meal(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    later = STARTS_AT + timedelta(days=1)
    house.announce(starts_at=later, date=later.date())
    planned = [row.due_at for row in house.rows() if row.kind == REMINDER and row.state == PLANNED]
    assert planned == [REMINDER_AT + timedelta(days=1)]


def test_who_cannot_be_reached_is_seen_by_the_operator_until_a_way_is_known(house: NotificationsHouse) -> None:
    house.announce()
    house.book(email=None, phone=None)
    assert set(house.letters().values()) == {LetterState.FAILED}
    assert house.row(CONFIRMED).reason == "no way to be reached"
    house.book(**BY_SMS, news=1)
    assert house.letters() == {CONFIRMED: DUE, REMINDER: PLANNED}
    house.send()
    assert house.mail()[0].address == BY_SMS["phone"]


def test_what_booking_has_forgotten_of_a_guest_is_kept(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.book(name=None, email=None, phone=None)
    house.send()
    assert {message.address for message in house.mail()} == {"camille@example.org"}


def test_a_sign_in_link_is_sent_once_and_then_forgotten(house: NotificationsHouse) -> None:
    house.ask_to_sign_in()
    house.ask_to_sign_in()
    house.send()
    assert len(house.mail()) == 1
    assert house.row(LetterKind.SIGN_IN, None).facts == {}


def test_a_sign_in_link_that_has_expired_is_not_sent(house: NotificationsHouse) -> None:
    house.ask_to_sign_in()
    house.clock.pass_time(minutes=31)
    house.send()
    assert house.letters(None) == {LetterKind.SIGN_IN: DROPPED}
    assert house.mail() == []
