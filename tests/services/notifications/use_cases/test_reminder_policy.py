"""A cantine chooses when its guests are reminded: heard with its meals, and kept to for letters that wait already."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa

from services.notifications.domain.letter import LetterKind, LetterState
from services.notifications.store.tables import known_sitting
from shared.contracts.booking import BookingStatus
from tests.services.notifications.house import BY_SMS, CANTINE, REMINDER_AT, STARTS_AT, NotificationsHouse

REMINDER = LetterKind.REMINDER
TWO_DAYS_AT_TEN = replace(CANTINE, reminder_days=2, reminder_at=time(10, 0))
NIGHT = datetime(2026, 11, 26, 23, 0, tzinfo=UTC)  # midnight in Paris
MORNING = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)  # 8:00


def test_a_cantine_reminds_when_it_likes(house: NotificationsHouse) -> None:
    house.announce(cantine=TWO_DAYS_AT_TEN)
    house.book()
    assert house.row(REMINDER).due_at == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def test_a_reminder_that_waits_is_planned_anew_when_the_cantine_changes_its_mind(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    assert house.row(REMINDER).due_at == REMINDER_AT
    house.announce(cantine=TWO_DAYS_AT_TEN)
    assert house.row(REMINDER).due_at == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    house.announce(cantine=CANTINE)
    assert house.row(REMINDER).due_at == REMINDER_AT


def test_who_was_reminded_is_not_reminded_again_because_the_hour_changed(house: NotificationsHouse) -> None:
    house.announce(cantine=TWO_DAYS_AT_TEN)
    house.book()
    house.clock.at = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    house.ring()
    house.send()
    house.announce(cantine=CANTINE)
    house.clock.at = REMINDER_AT
    house.ring()
    assert house.send() == 0 and house.row(REMINDER).state == LetterState.SENT


def test_an_hour_that_has_passed_meanwhile_reminds_at_once(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.clock.at = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
    house.announce(cantine=TWO_DAYS_AT_TEN)
    house.send()  # the confirmation
    house.ring()
    house.send()
    assert house.row(REMINDER).state == LetterState.SENT


def test_a_meal_that_moves_is_reminded_of_by_the_same_policy(house: NotificationsHouse) -> None:
    house.announce(cantine=TWO_DAYS_AT_TEN)
    house.book()
    later = STARTS_AT + timedelta(days=3)
    house.announce(starts_at=later, date=later.date())
    waiting = [row for row in house.rows() if row.kind == REMINDER and row.state == LetterState.PLANNED]
    assert [row.due_at for row in waiting] == [datetime(2026, 11, 28, 9, 0, tzinfo=UTC)]


def test_no_telephone_rings_at_night_because_the_house_was_away_in_the_evening(house: NotificationsHouse) -> None:
    house.announce()
    house.book(**BY_SMS)
    house.book("jeanne")
    house.send()
    house.clock.at = NIGHT
    house.ring()
    house.send()
    assert house.row(REMINDER, "jeanne").state == LetterState.SENT  # an e-mail wakes nobody
    assert (house.row(REMINDER).state, house.row(REMINDER).due_at) == (LetterState.PLANNED, MORNING)
    assert house.row(REMINDER).attempts == 0
    house.clock.at = MORNING
    house.ring()
    house.send()
    assert house.row(REMINDER).state == LetterState.SENT


def test_what_was_kept_before_cantines_could_choose_is_reminded_of_at_the_usual_hour(house: NotificationsHouse) -> None:
    house.announce()
    with house.service.work() as work:
        kept = dict(work.conn.execute(sa.select(known_sitting.c.cantine)).scalar_one())
        del kept["reminder_days"], kept["reminder_at"]
        work.conn.execute(sa.update(known_sitting).values(cantine=kept))
    house.book()
    assert house.row(REMINDER).due_at == REMINDER_AT


MORNING_OFFERED = replace(CANTINE, morning_sms=True)


def test_who_wishes_it_gets_one_more_sms_on_the_morning(house: NotificationsHouse) -> None:
    house.announce(cantine=MORNING_OFFERED)
    house.book(morning_sms=True)
    house.book("sam", email=None)
    assert house.row(LetterKind.MORNING).due_at == MORNING
    house.send()
    for moment in (REMINDER_AT, MORNING):
        house.clock.at = moment
        house.ring()
        house.send()
    theirs = [(message.channel, message.key.split(":")[1]) for message in house.mail() if "camille" in message.key]
    assert theirs == [("email", "confirmed"), ("email", "reminder"), ("sms", "morning")]
    assert LetterKind.MORNING not in house.letters("sam")


def test_only_where_it_is_offered_to_a_telephone_and_to_who_wants_reminders(house: NotificationsHouse) -> None:
    house.announce()
    house.book(morning_sms=True)
    assert LetterKind.MORNING not in house.letters()
    house.announce(cantine=MORNING_OFFERED)
    assert house.letters()[LetterKind.MORNING] is LetterState.PLANNED
    house.book(reminders=False, morning_sms=True, news=1)
    assert house.letters()[LetterKind.MORNING] is LetterState.DROPPED
    house.book("jeanne", morning_sms=True, phone=None)
    assert LetterKind.MORNING not in house.letters("jeanne")


def test_on_the_morning_nobody_is_told_of_what_they_cancelled(house: NotificationsHouse) -> None:
    house.announce(cantine=MORNING_OFFERED)
    house.book(morning_sms=True)
    house.send()
    house.clock.at = MORNING
    house.ring()
    house.book(status=BookingStatus.CANCELLED)
    house.send()
    assert house.letters()[LetterKind.MORNING] is LetterState.DROPPED
