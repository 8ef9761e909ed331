"""A meal is moved: what its guests read, also when a sender takes a letter about it at that very moment."""

import re
import threading
from datetime import time, timedelta

import pytest
import sqlalchemy as sa

from services.notifications.domain.letter import LetterKind, LetterState
from services.notifications.store import letters
from services.notifications.use_cases.fall_due import ring_reminders
from services.notifications.use_cases.send_due import take
from tests.services.notifications.conftest import LINKS
from tests.services.notifications.house import BY_SMS, REMINDER_AT, STARTS_AT, NotificationsHouse

CONFIRMED, MOVED = LetterKind.CONFIRMED, LetterKind.MOVED
LATER = STARTS_AT + timedelta(hours=1)
SOMEBODY_WAITS = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def newest(house: NotificationsHouse) -> tuple[str, str]:
    """Subject and words of what arrived last."""
    letter = house.mail()[-1]
    subject, text = (re.sub("[\u00a0\u202f]", " ", words) for words in (letter.subject, letter.text))
    return subject, text


def test_who_is_expected_on_another_day_reads_first_of_all_that_the_day_changes(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.send()
    house.announce(starts_at=STARTS_AT + timedelta(days=3), date=STARTS_AT.date() + timedelta(days=3))
    house.settle()
    house.send()
    subject, text = newest(house)
    assert subject == "Votre repas change de jour : lundi 30 novembre à 12 h 30"
    assert "ce n’est plus le vendredi 27 novembre à 12 h 30, mais le lundi 30 novembre à 12 h 30" in text
    assert "horaire" not in subject + text.partition("Quand :")[0]


def test_who_is_expected_at_another_hour_reads_which_it_was(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.send()
    house.announce(starts_at=LATER, meal_starts=time(13, 30))
    house.settle()
    house.send()
    subject, text = newest(house)
    assert subject == "Nouvel horaire pour votre repas : vendredi 27 novembre à 13 h 30"
    assert "vendredi 27 novembre, ce n’est plus à 12 h 30, mais à 13 h 30" in text


def test_each_move_is_told_from_where_the_guest_believed_the_meal_to_be(house: NotificationsHouse) -> None:
    house.announce()
    house.book(**BY_SMS)
    house.send()
    for days in (3, 7):
        house.announce(starts_at=STARTS_AT + timedelta(days=days), date=STARTS_AT.date() + timedelta(days=days))
        house.settle()
        house.send()
    assert "déplacé du lun. 30 nov. 12h30 au ven. 4 déc. 12h30" in newest(house)[1]


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)  # SQLite has one writer at a time
def test_a_guest_whose_letter_just_left_with_the_old_time_is_told_the_new_one(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    moving = threading.Thread(target=house.announce, kwargs={"starts_at": LATER})
    with house.service.work() as work:
        (taken,), _dropped = take(work, LINKS, 10, {})
        moving.start()
        _until_done_or_waiting(house, moving)
    moving.join(timeout=10)
    assert taken.sitting and taken.sitting.starts_at == STARTS_AT
    assert house.row(CONFIRMED).starts_at == STARTS_AT
    house.clock.pass_time(minutes=2)
    ring_reminders(house.service)
    assert house.letters()[MOVED] is LetterState.DUE
    assert house.send() == 1
    assert house.row(MOVED).starts_at == LATER


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_reminders_fall_due_without_waiting_for_a_booking_that_is_being_planned(house: NotificationsHouse) -> None:
    house.announce()
    for guest in ("camille", "sam"):
        house.book(guest)
    house.clock.at = REMINDER_AT
    with house.service.work() as planning:
        letters.lock_letters_of(planning.conn, ["camille"])
        assert ring_reminders(house.service) == 1
    assert ring_reminders(house.service) == 1


def _until_done_or_waiting(house: NotificationsHouse, thread: threading.Thread) -> None:
    while thread.is_alive():
        with house.service.read() as conn:
            if conn.execute(SOMEBODY_WAITS).scalar_one():
                return
