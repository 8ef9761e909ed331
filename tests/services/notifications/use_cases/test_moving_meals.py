"""A meal is moved at the very moment at which a sender takes a letter about it."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from services.notifications.domain.letter import LetterKind, LetterState
from services.notifications.store import letters
from services.notifications.use_cases.fall_due import ring_reminders
from services.notifications.use_cases.send_due import take
from tests.services.notifications.conftest import LINKS
from tests.services.notifications.house import REMINDER_AT, STARTS_AT, NotificationsHouse

CONFIRMED, MOVED = LetterKind.CONFIRMED, LetterKind.MOVED
LATER = STARTS_AT + timedelta(hours=1)
SOMEBODY_WAITS = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


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
