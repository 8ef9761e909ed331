"""The sender's process: woken by the bell, patient with the database, and it stops when told."""

import threading
import time

import pytest
import sqlalchemy as sa

from services.notifications import sender as sender_module
from services.notifications.domain.letter import LetterKind, LetterState
from services.notifications.sender import Sender, TwoBells
from shared.messaging.bell import LocalBell
from tests.services.notifications.house import NotificationsHouse


def wait_until(house: NotificationsHouse, state: LetterState) -> bool:
    """Whether the confirmation gets there soon."""
    for _ in range(500):
        if house.letters().get(LetterKind.CONFIRMED) is state:
            return True
        time.sleep(0.01)
    return False


def test_it_is_woken_by_what_is_heard_and_stops_when_told(
    house: NotificationsHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender_module, "LOOK_EVERY", 1.0 if not house.service.database.is_sqlite else 30.0)
    stop = threading.Event()
    process = threading.Thread(target=house.parts.loops["sender"], args=(stop,))
    process.start()
    try:
        house.announce()
        house.book()
        assert wait_until(house, LetterState.SENT)
    finally:
        stop.set()
        house.service.bell.ring()
        process.join(timeout=10)
    assert not process.is_alive()


def test_it_waits_for_a_database_that_is_away(house: NotificationsHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender_module, "LOOK_EVERY", 0.01)
    house.announce()
    house.book()
    send_due = house.sender()
    step, troubles, stop = send_due.step, iter([sa.exc.TimeoutError(), sa.exc.TimeoutError()]), threading.Event()

    def step_when_back(stop_: threading.Event | None = None) -> int:
        for trouble in troubles:
            raise trouble
        taken = step(stop_)
        stop.set()
        return taken

    monkeypatch.setattr(send_due, "step", step_when_back)
    Sender(send_due, LocalBell()).run(stop)
    assert house.letters()[LetterKind.CONFIRMED] is LetterState.SENT


def test_an_error_of_our_own_ends_it(house: NotificationsHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    send_due = house.sender()

    def fail(_stop: threading.Event | None = None) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(send_due, "step", fail)
    with pytest.raises(ZeroDivisionError):
        Sender(send_due, LocalBell()).run(threading.Event())


def test_two_listeners_both_hear_one_ring() -> None:
    first, second = LocalBell(), LocalBell()
    bells = TwoBells(first, second)
    bells.ring()
    begun = time.monotonic()
    bells.wait(10)
    second.wait(10)
    assert time.monotonic() - begun < 5
