"""Outbox rows are always locked in ascending order: the relay never holds one while it waits for an earlier one."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from shared.clock import SetClock
from shared.contracts.receipt import Kept, Receipt
from shared.messaging import outbox
from shared.messaging.service import Service
from tests import backends
from tests.shared.messaging.conftest import TABLES, make_service, request

BOX = TABLES.outbox


@pytest.fixture
def booking(postgres: None, tmp_path: Path, clock: SetClock) -> Iterator[Service]:
    with backends.new_database("postgres", tmp_path, "locks") as url:
        service = make_service("booking", url, clock)
        yield service
        service.database.dispose()


def lock(conn: Connection, thing: str) -> None:
    """Lock one row at once, or raise."""
    conn.execute(sa.select(BOX.c.thing).where(BOX.c.thing == thing).with_for_update(nowait=True)).one()


def somebody_waits(service: Service) -> bool:
    with service.database.begin() as conn:
        question = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        return conn.execute(sa.text(question)).first() is not None


@pytest.mark.parametrize("mark", [outbox.mark_published, outbox.give_back])
def test_the_relay_waits_without_holding_a_later_row(booking: Service, mark: Callable[..., None]) -> None:
    with booking.work() as work:
        for thing in ("a", "b", "c"):
            work.say(request(thing, 1))
    with booking.database.begin() as conn:
        leased = outbox.lease(conn, BOX, booking.clock.now(conn), 10)

    def relay() -> None:
        with booking.database.begin() as conn:
            mark(conn, BOX, list(reversed(leased)), booking.clock.now(conn))

    with booking.database.begin() as writer:
        lock(writer, "a")
        marking = threading.Thread(target=relay)
        marking.start()
        while not somebody_waits(booking):
            pass
        lock(writer, "b")
        lock(writer, "c")
    marking.join(timeout=10)
    assert not marking.is_alive()


def test_receipts_in_any_order_lock_rows_in_ascending_order(booking: Service) -> None:
    with booking.work() as work:
        for thing in ("a", "b", "c"):
            work.say(request(thing, 1))
    receipts = [
        Receipt(
            thing=f"r{one}", revision=1, by="capacity", of_kind="seats_request", kept=(Kept(thing=one, revision=1),)
        )
        for one in ("c", "b", "a")
    ]

    def hear() -> None:
        with booking.database.begin() as conn:
            outbox.accept_receipts(conn, TABLES, receipts, booking.clock.now(conn))

    with booking.database.begin() as writer:
        lock(writer, "a")
        hearing = threading.Thread(target=hear)
        hearing.start()
        while not somebody_waits(booking):
            pass
        lock(writer, "b")
        lock(writer, "c")
    hearing.join(timeout=10)
    assert not hearing.is_alive()
