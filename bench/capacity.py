"""Capacity alone: how many decisions a second one worker makes for one hot sitting.

Its real queue is filled with full tasks while the worker is stopped; then it is let go. The floor decides one booking
in each transaction.
"""

import os
import signal
import time
from datetime import UTC, datetime
from uuid import uuid4

import psycopg

from bench.figure import Figure, Result
from bench.floor import SESSIONS, hot_row
from bench.house import House, open_house
from bench.items import in_tasks
from bench.options import Options
from services.booking.bootstrap import assemble
from shared.contracts.party import Party
from shared.contracts.seats import SeatsRequest
from shared.messaging.publisher import CeleryPublisher
from tests.real.fleet import until

PARTY = Party(eaters=2)


def measure(options: Options) -> Result:
    """Requests for two seats each, all of which fit."""
    count = options.bookings or 20_000
    floor = hot_row()
    with open_house() as house:
        house.start()
        [sitting] = house.lunches(1, seats=60)
        house.settle()
        for name in list(house.fleet.running):
            if name != "capacity worker":
                house.fleet.kill(name)
        _make_room(house, sitting)
        _decide(house, sitting, 400)  # warm
        before = house.cpu()
        seconds = _decide(house, sitting, count)
        after = house.cpu()
    rate = count / seconds
    spent = {name: (after[name] - before[name]) / count * 1e6 for name in ("capacity worker", "PostgreSQL")}
    return Result(
        [
            Figure(
                what="capacity alone, hot sitting, of the floor",
                measured=rate / floor,
                must=1,
                stretch=3,
                unit=" ×",
                at_least=True,
            )
        ],
        [
            f"{count} decisions for one sitting by one worker, {rate:.0f}/s",
            f"floor, hot row, {SESSIONS} sessions: {floor:.0f}/s",
            f"CPU per decision: worker {spent['capacity worker']:.0f} µs, PostgreSQL {spent['PostgreSQL']:.0f} µs",
        ],
    )


def _make_room(house: House, sitting: str) -> None:
    """Nobody needs to wait: the floor, too, seats everybody."""
    with psycopg.connect(house.database("capacity"), autocommit=True, connect_timeout=3) as conn:
        conn.execute("UPDATE sitting SET seats = 1000000, kitchen = '{\"room\": 1000000}' WHERE id = %s", [sitting])


def _decide(house: House, sitting: str, count: int) -> float:
    """Seconds in which the worker decides so many requests that lie ready."""
    held = house.ask("capacity", f"SELECT held FROM sitting WHERE id = '{sitting}'")
    worker = house.fleet.running["capacity worker"].pid
    house.fleet.freeze("capacity worker")
    _fill_queue(house, sitting, count)
    begun = time.monotonic()
    os.killpg(worker, signal.SIGCONT)
    with psycopg.connect(house.database("capacity"), autocommit=True, connect_timeout=3) as conn:
        until(
            lambda: (
                conn.execute("SELECT held FROM sitting WHERE id = %s", [sitting]).fetchone()
                == (held + count * PARTY.seats,)
            ),
            seconds=120,
            what=f"{count} decisions",
        )
    return time.monotonic() - begun


def _fill_queue(house: House, sitting: str, count: int) -> None:
    booking = assemble(house.fleet.env)
    publisher = CeleryPublisher(booking.make_celery(), "booking", booking.settings.queue_prefix)
    requests = [
        SeatsRequest(thing=str(uuid4()), revision=1, sitting=sitting, party=PARTY, asked_at=datetime.now(UTC))
        for _ in range(count)
    ]
    for items in in_tasks(requests):
        publisher.publish("capacity", SeatsRequest.kind, items)
    publisher.close()
    booking.service.database.dispose()
