"""Letters alone: how many a second the sender hands to a local mail sink, beside smtplib with as many connections."""

import smtplib
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from typing import cast
from uuid import uuid4

from bench.figure import Figure, Result
from bench.house import House, open_house
from bench.items import in_tasks
from bench.options import Options
from bench.sink import Letters, open_sink
from services.notifications.bootstrap import assemble
from shared.contracts.booking import BookingNotice, BookingStatus
from shared.contracts.message import Message
from shared.contracts.sitting import SittingNotice
from tests.contracts.examples import EXAMPLES


def measure(options: Options) -> Result:
    """The letters lie due in the database; only the sender runs."""
    count = options.bookings or 3000
    with open_house() as house:
        _plan_letters(house, count)
        house.start("notifications sender")
        house.until_letters(1)
        before, house_cpu = house.sink.letters(), house.cpu()
        house.until_letters(count)
        taken, house_cpu_after = house.sink.letters(), house.cpu()
    measured = taken.count - before.count
    spent = {name: (house_cpu_after[name] - house_cpu[name]) / measured * 1000 for name in house_cpu}
    rate, floor = _rate(taken), _bare(taken, count)
    return Result(
        [
            Figure(
                what="letters per second, of bare smtplib",
                measured=rate / floor * 100,
                must=50,
                stretch=80,
                unit=" %",
                at_least=True,
            )
        ],
        [
            f"{count} confirmations of {len(taken.last)} bytes, {rate:.0f}/s over {taken.connections} connection(s)",
            f"floor, smtplib with as many kept connections and the same letter: {floor:.0f}/s",
            f"CPU per letter: sender {spent['notifications sender']:.2f} ms, PostgreSQL {spent['PostgreSQL']:.2f} ms, "
            f"sink {(taken.cpu - before.cpu) / measured * 1000:.2f} ms",
        ],
    )


def _plan_letters(house: House, count: int) -> None:
    """Let notifications hear of a meal and of confirmed bookings, through its own inbox."""
    now = datetime.now(UTC)
    sitting = replace(
        cast(SittingNotice, EXAMPLES["sitting_notice"]),
        date=(now + timedelta(days=7)).date(),
        starts_at=now + timedelta(days=7),
        cutoff_at=now + timedelta(days=6),
    )
    confirmed = replace(
        cast(BookingNotice, EXAMPLES["booking_notice"]), sitting=sitting.thing, status=BookingStatus.CONFIRMED, why=None
    )
    bookings = [
        replace(confirmed, thing=str(uuid4()), email=f"guest{number}@example.org", link=f"http://127.0.0.1/b/{number}")
        for number in range(count)
    ]
    notifications = assemble(house.fleet.env)
    told: Sequence[tuple[str, str, Sequence[Message]]] = (
        ("capacity", SittingNotice.kind, [sitting]),
        ("booking", BookingNotice.kind, bookings),
    )
    for sender, kind, messages in told:
        for items in in_tasks(messages):
            notifications.inbox.receive(kind, sender, items)
    notifications.service.database.dispose()


def _rate(taken: Letters) -> float:
    """Letters per second, from the first to the last."""
    return (taken.count - 1) / (taken.last_at - taken.first_at)


def _bare(like: Letters, count: int) -> float:
    """The rate of smtplib alone, from a process of its own."""
    with open_sink() as sink, ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        process.submit(_send_all, sink.port, like.last, like.connections, count).result()
        return _rate(sink.letters())


def _send_all(port: int, message: bytes, connections: int, count: int) -> None:
    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(_send, [port] * connections, [message] * connections, [count // connections] * connections))


def _send(port: int, message: bytes, count: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as kept:
        for _ in range(count):
            kept.sendmail("tablees@example.org", "guest@example.org", message)
