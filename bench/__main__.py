"""`make bench`: N bookings through HTTP by c clients on PostgreSQL and RabbitMQ, and the floor of the same run."""

import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import click
import psycopg

from bench.costs import cpu_of, messages_received
from bench.floor import floor
from tests import backends
from tests.real.client import Client
from tests.real.conftest import open_lunches
from tests.real.fleet import Fleet, open_fleet, until, web_answers


@dataclass(frozen=True)
class Measured:
    """What one run gave: seconds, milliseconds, and counts."""

    bookings: int
    seconds: float
    latencies: list[float]  # from a client's request to the decision in booking's database
    cpu: dict[str, float]
    messages: int | None
    mails: int
    mail_seconds: float


@click.command()
@click.option("--bookings", default=1000, show_default=True, help="How many bookings (N).")
@click.option("--clients", default=16, show_default=True, help="How many clients at once (c).")
@click.option("--sittings", default=10, show_default=True, help="Over how many meals; 1 is one hot meal.")
@click.option("--mail/--no-mail", default=True, help="Also wait until every letter has reached the mail sink.")
def main(bookings: int, clients: int, sittings: int, mail: bool) -> None:
    """Measure the whole product as its real processes."""
    missing = [name for name, there in _servers().items() if not there]
    if missing:
        sys.exit(f"The bench needs {' and '.join(missing)} on the loopback (see README).")
    with tempfile.TemporaryDirectory(prefix="tablee-bench-") as folder:
        with backends.new_database("postgres", Path(folder), "floor") as url:
            least = floor(url, clients=clients, sittings=sittings)
        with open_fleet(f"bench-{uuid4().hex[:8]}", Path(folder)) as fleet:
            fleet.start()
            until(lambda: web_answers(fleet), seconds=30, what="the web answers")
            measured = _measure(fleet, bookings, clients, sittings, mail)
    _print(measured, clients, sittings, least)


def _servers() -> dict[str, bool]:
    return {"PostgreSQL": backends.have_postgres(), "RabbitMQ": backends.have_rabbitmq()}


def _measure(fleet: Fleet, bookings: int, clients: int, sittings: int, mail: bool) -> Measured:
    seats = bookings // sittings * 3 // 4  # a quarter waits, as on a good day
    lunches = open_lunches(fleet, sittings, seats=seats)
    client = Client(fleet)
    client.book(lunches[0])  # warm
    client.ledger.clear()
    time.sleep(2)
    pids = {name: process.pid for name, process in fleet.running.items()}
    cpu_before, messages_before, mails_before = cpu_of(pids), messages_received(), len(fleet.sink.mails)
    begun = time.monotonic()
    pool = client.book_many(lunches, each=bookings // sittings, clients=clients)
    decided = _watch_decisions(fleet, bookings // sittings * sittings + 1)
    ended = time.monotonic()
    pool.shutdown()
    if mail:
        until(
            lambda: len(fleet.sink.mails) - mails_before >= len(client.ledger), seconds=300, what="all letters arrive"
        )
    mailed = time.monotonic()
    time.sleep(1)  # receipts
    cpu_after, messages_after = cpu_of(pids), messages_received()
    return Measured(
        bookings=len(client.ledger),
        seconds=ended - begun,
        latencies=sorted((decided[one.email] - one.sent_at) * 1000 for one in client.ledger),
        cpu={name: cpu_after[name] - cpu_before.get(name, 0.0) for name in cpu_after},
        messages=messages_after - messages_before if messages_after and messages_before else None,
        mails=len(fleet.sink.mails) - mails_before,
        mail_seconds=mailed - begun,
    )


def _watch_decisions(fleet: Fleet, count: int) -> dict[str, float]:
    """When each booking was first seen decided, by its e-mail address; looked at every 10 ms."""
    seen: dict[str, float] = {}
    question = "SELECT email FROM booking WHERE answers >= revision"
    with psycopg.connect(fleet.env["BOOKING_DATABASE_URL"], autocommit=True, connect_timeout=3) as conn:
        deadline = time.monotonic() + 300
        decided = 0
        while decided < count and time.monotonic() < deadline:
            row = conn.execute("SELECT count(*) FROM booking WHERE answers >= revision").fetchone()
            now = time.monotonic()
            if row and row[0] > decided:
                decided = row[0]
                for (email,) in conn.execute(question):
                    seen.setdefault(email, now)
            time.sleep(0.01)
    return seen


def _print(run: Measured, clients: int, sittings: int, least: float) -> None:
    rate = run.bookings / run.seconds
    print(f"\n{run.bookings} bookings by {clients} clients at {sittings} meals\n")
    print(f"  decided                 {rate:8.0f} bookings/s")
    print(f"  floor (pgbench)         {least:8.0f} transactions/s, {least / rate:.1f} × as many")
    p50, p99 = statistics.median(run.latencies), run.latencies[int(len(run.latencies) * 0.99) - 1]
    print(f"  request to decision     {p50:8.0f} ms p50, {p99:.0f} ms p99")
    print(f"  letters in the sink     {run.mails:8d} after {run.mail_seconds:.1f} s")
    if run.messages is not None:
        print(f"  messages per booking    {run.messages / run.bookings:8.2f} (as RabbitMQ counts them)")
    print("\n  CPU per booking, by process (ms)")
    for name, seconds in sorted(run.cpu.items(), key=lambda item: -item[1]):
        print(f"    {name:22}{seconds / run.bookings * 1000:8.2f}")
    print(f"    {'all':22}{sum(run.cpu.values()) / run.bookings * 1000:8.2f}\n")


if __name__ == "__main__":
    main()
