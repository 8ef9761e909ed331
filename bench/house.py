"""The product as its real processes with databases, queues and a cheap mail sink of its own."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench.costs import cpu_of
from bench.load import bookings, offer
from bench.sink import Sink, open_sink
from shared.contracts.routes import SERVICES
from tests import backends
from tests.real.conftest import open_lunches
from tests.real.fleet import Fleet, open_fleet, until, web_answers

WARM = 200  # bookings before anything is measured
WITHIN = 300  # seconds for anything that is waited for


@dataclass(frozen=True)
class Processes:
    """Processes with databases and queues of their own, which residents reach through booking's web."""

    fleet: Fleet

    @property
    def port(self) -> int:
        """Where booking's web answers."""
        return self.fleet.port

    def database(self, service: str) -> str:
        """The URL of a service's database."""
        return self.fleet.env[f"{service.upper()}_DATABASE_URL"]

    def ask(self, service: str, question: str) -> int:
        """One number from a service's database."""
        with psycopg.connect(self.database(service), autocommit=True, connect_timeout=3) as conn:
            row = conn.execute(question.encode()).fetchone()
        return int(row[0]) if row else 0

    def start(self, *names: str) -> None:
        """Start processes (all by default) and wait until booking's web answers, if it is one of them."""
        self.fleet.start(*names)
        if not names or "booking web" in names:
            until(lambda: web_answers(self.fleet), seconds=WITHIN, what="the web answers")

    def cpu(self) -> dict[str, float]:
        """CPU seconds so far of our processes and of the two servers, by name."""
        return cpu_of({name: process.pid for name, process in self.fleet.running.items()})


@dataclass(frozen=True)
class House(Processes):
    """What a measurement of the product has at hand."""

    sink: Sink

    def lunches(self, count: int, *, seats: int) -> list[str]:
        """The ids of new meals that booking knows."""
        return open_lunches(self.fleet, count, seats=seats)

    def warm_up(self, sittings: list[str]) -> None:
        """Let every process do its work once, and settle."""
        wanted = self.sink.letters().count + WARM
        offer(self.port, bookings(sittings, WARM, name="early"), clients=8)
        self.until_letters(wanted)
        self.settle()

    def until_letters(self, count: int) -> None:
        """Wait until the sink has so many letters."""
        until(lambda: self.sink.letters().count >= count, seconds=WITHIN, what=f"{count} letters in the sink")

    def settle(self) -> None:
        """Wait until everything that was said is receipted, in every service."""
        until(
            lambda: all(self.ask(service, "SELECT count(*) FROM outbox") == 0 for service in SERVICES),
            seconds=WITHIN,
            what="every outbox is empty",
        )
        time.sleep(0.2)


@contextmanager
def open_house() -> Iterator[House]:
    """A house whose databases are migrated, and in which nothing runs yet."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tablee-bench-")))
        prefix = stack.enter_context(backends.new_queue_prefix())
        sink = stack.enter_context(open_sink())
        fleet = stack.enter_context(open_fleet(prefix, folder))
        fleet.web_workers = 2  # as an operator has it
        fleet.env["SMTP_URL"] = f"smtp://127.0.0.1:{sink.port}?tls=none"
        yield House(fleet, sink)
