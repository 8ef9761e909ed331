"""Campaign 6: poison in capacity's queue while residents book five times a second.

An item that raises, kills or hangs its worker is said by booking in one task together with good requests, and by the
real relay. What cannot be read stands in booking's outbox (a body without its fields, a task that nobody knows), or is
thrown into the queue by a stranger (bad JSON, a pickle). The slowest neighbour is the longest time from sending to
decision of any booking made meanwhile, those of the same task included.
"""

import json
import pickle
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import kombu

from services.booking.bootstrap import assemble as assemble_booking
from services.booking.store.tables import MESSAGING
from shared.contracts.party import Party
from shared.contracts.routes import task_name
from shared.contracts.seats import SeatsRequest
from shared.messaging import outbox
from shared.messaging.celery_app import TASK_TIME_LIMIT
from shared.messaging.outbox import Said
from shared.messaging.service import UnitOfWork
from tests.faults.house import PREFIX, House, open_house
from tests.faults.report import Figure, Options, Report, at_least, at_most
from tests.faults.stream import Stream, open_stream
from tests.real.conftest import open_lunches
from tests.real.fleet import until

FRAGILE = {"capacity worker": "tests.faults.fragile_capacity"}
WORST = {"raise": 2.0, "kill": 5.0, "hang": 3 * (TASK_TIME_LIMIT + 2.0)}  # seconds that neighbours may wait
COMPANY = 3  # good requests in the same task
QUEUE = f"{PREFIX}.capacity"
PARKED = "An item is parked."
STUCK = "An item is stuck"
UNREAD = "A message cannot be read"


def run(options: Options) -> Report:
    """Try each poison in turn, in one house."""
    figures: list[Figure] = []
    with open_house(FRAGILE) as house:
        lunches = open_lunches(house.fleet, 10, seats=500)
        for worst, limit in WORST.items():
            figures += _parked(house, lunches, worst, limit)
        figures += _unreadable(house, lunches)
        figures.append(_so("the worker", "lives", house.fleet.running["capacity worker"].poll() is None))
    return Report("6 · Poison, at 5 bookings/s", tuple(figures))


def _parked(house: House, lunches: Sequence[str], worst: str, limit: float) -> list[Figure]:
    with open_stream(house, lunches) as stream:
        with _in_one_task(house, stream):
            _say(house, lambda work: work.say(_request(work, lunches[0], f"{worst}-1")))
        until(
            lambda: f"{worst}-1" in _said(house, "capacity worker", "An item is parked."),
            what="it is parked",
        )
        time.sleep(2)  # who comes after
    listed = [line for line in house.fleet.run("capacity", "parked", "list").splitlines() if f" {worst}-1 " in line]
    reason = listed[0].split("attempts, ")[1].split(", since")[0] if listed else "not listed"
    return [
        _so(f"{worst}: parked with its reason, and an error is logged", reason, bool(listed)),
        at_most(f"{worst}: slowest neighbour", _slowest(stream), limit, "s"),
    ]


def _unreadable(house: House, lunches: Sequence[str]) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, open_stream(house, lunches) as stream:
        mark = Path(folder) / "unpickled"
        with _in_one_task(house, stream):
            _say(house, lambda work: outbox.write(work.conn, MESSAGING.outbox, _nobody_can_read(work), work.now))
        for body, content_type in (
            (b'{"sender": "booking", "items"', "application/json"),
            (pickle.dumps(_Bomb(mark)), "application/x-python-serialize"),
        ):
            _throw_in(house, body, content_type)
        stuck = lambda: set(_said(house, "booking relay", STUCK)) >= {"bare-1", "unknown-1"}  # noqa: E731
        until(stuck, what="both are stuck")
        ran = mark.exists()
    errors = set(_said(house, "capacity worker", UNREAD, of="error"))
    return [
        _so("a body without its fields, an unknown task: stuck, and errors are logged", "both", True),
        _so("bad JSON: an error is logged", "logged", "DecodeError" in errors),
        _so("a pickle: an error is logged", "logged", "ContentDisallowed" in errors),
        at_least("they and the unknown task lie with the dead letters", _dead_letters(house), 3),
        _so("the pickle was not run", "run" if ran else "not run", not ran),
        at_most("what cannot be read: slowest neighbour", _slowest(stream), WORST["raise"], "s"),
    ]


@contextmanager
def _in_one_task(house: House, stream: Stream) -> Iterator[None]:
    """What is said inside leaves in one task with good requests."""
    until(lambda: stream.accepted and not stream.undecided, what="nothing is under way")
    house.fleet.freeze("booking relay")
    try:
        yield
        until(lambda: len(stream.undecided) >= COMPANY, what="good requests wait too")
    finally:
        house.fleet.thaw("booking relay")


def _say(house: House, what: Callable[[UnitOfWork], None]) -> None:
    """Let booking say something, as its own processes do."""
    service = assemble_booking(house.fleet.env).service
    with service.work() as work:
        what(work)
    service.database.dispose()


def _request(work: UnitOfWork, sitting: str, thing: str) -> SeatsRequest:
    one = Party(eaters=1)
    return SeatsRequest(thing=thing, revision=work.next_revision(), sitting=sitting, party=one, asked_at=work.now)


def _nobody_can_read(work: UnitOfWork) -> list[Said]:
    """A request without its fields, and one of a kind that capacity does not hear."""
    return [
        Said("capacity", kind, thing, 1, {"thing": thing, "revision": 1}, "poison")
        for kind, thing in ((SeatsRequest.kind, "bare-1"), ("no_such_kind", "unknown-1"))
    ]


@dataclass(frozen=True)
class _Bomb:
    """Whoever unpickles it leaves a mark."""

    mark: Path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.mark,)


def _throw_in(house: House, body: bytes, content_type: str) -> None:
    """Publish something into capacity's queue as a stranger might."""
    headers = {"id": "stranger", "task": task_name("capacity", SeatsRequest.kind)}
    encoding = "utf-8" if content_type.endswith("json") else "binary"
    with kombu.Connection(house.broker.url, connect_timeout=4) as broker:
        kombu.Producer(broker.default_channel).publish(
            body,
            exchange=QUEUE,
            routing_key=QUEUE,
            headers=headers,
            content_type=content_type,
            content_encoding=encoding,
        )


def _dead_letters(house: House) -> int:
    """How many lie in capacity's place for them."""
    with kombu.Connection(house.broker.url, connect_timeout=4) as broker:
        return int(broker.default_channel.queue_declare(f"{QUEUE}.dead", passive=True).message_count)


def _said(house: House, process: str, sentence: str, *, of: str = "thing") -> list[str]:
    """What a process logged as an error in these words: of which things."""
    lines = (json.loads(line) for line in house.fleet.log_of(process).splitlines() if sentence in line)
    return [line[of] for line in lines if line["level"] == "error"]


def _slowest(stream: Stream) -> float:
    return max(stream.decided_at[one.email] - one.sent_at for one in stream.accepted)


def _so(name: str, found: str, held: bool) -> Figure:
    """Something that is so, or not."""
    return Figure(name, found if held else f"not so ({found})", "so", held)
