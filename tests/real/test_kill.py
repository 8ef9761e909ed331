"""Processes killed with -9 in mid-load, the broker restarted, its messages thrown away: nothing lost, nothing doubled.

The truth is the client's ledger of accepted bookings and the log of the mail sink, never our own tables. A fault counts
only if work was in flight when it struck.
"""

import time
from collections import Counter
from collections.abc import Iterator

import kombu
import psycopg
import pytest

from tests import backends
from tests.real.client import Client
from tests.real.conftest import open_lunches
from tests.real.fleet import Fleet, until, web_answers

pytestmark = pytest.mark.xdist_group("fleet")
SITTINGS, SEATS, EACH = 4, 20, 30


@pytest.fixture
def client(fleet: Fleet) -> Iterator[Client]:
    client = Client(fleet)
    yield client
    client.http.clear()


def unreceipted(fleet: Fleet, service: str) -> int:
    """How many rows a service must still see receipted: work in flight."""
    with psycopg.connect(fleet.env[f"{service.upper()}_DATABASE_URL"], connect_timeout=3) as conn:
        row = conn.execute("SELECT count(*) FROM outbox WHERE kind <> 'receipt'").fetchone()
    return row[0] if row else 0


def strike_while_busy(fleet: Fleet, service: str, client: Client) -> None:
    """Wait until the load is on its way and a service has work in flight."""
    until(lambda: len(client.ledger) >= 20 and unreceipted(fleet, service) > 0, seconds=30, what="work is in flight")


def check_all_is_well(client: Client, *, seconds: float = 90) -> None:
    """Every accepted booking is answered and told exactly once; no meal has more guests than seats."""
    promised = {promise.email for promise in client.ledger}
    assert len(promised) == len(client.ledger) == SITTINGS * EACH
    sink = client.fleet.sink
    until(lambda: {mail.to for mail in sink.mails} >= promised, seconds=seconds, what="everybody has a letter")
    told = Counter(mail.to for mail in sink.mails)
    assert set(told) == promised
    assert [who for who, letters in told.items() if letters > 1] == []
    booked = {mail.to for mail in sink.mails if "is booked" in mail.subject}
    waiting = {mail.to for mail in sink.mails if "waiting list" in mail.subject}
    assert len(booked) == SITTINGS * SEATS
    assert booked | waiting == promised
    answers = {promise.email: client.read(promise)["status"] for promise in client.ledger}
    assert {who for who, status in answers.items() if status == "confirmed"} == booked


@pytest.mark.parametrize(
    ("process", "service"),
    [
        ("capacity worker", "booking"),
        ("booking worker", "capacity"),
        ("notifications worker", "booking"),
        ("booking relay", "booking"),
        ("capacity relay", "capacity"),
        ("booking web", "booking"),
    ],
)
def test_a_process_is_killed_in_mid_load(fleet: Fleet, client: Client, process: str, service: str) -> None:
    lunches = open_lunches(fleet, SITTINGS, seats=SEATS)
    with client.book_many(lunches, each=EACH):
        strike_while_busy(fleet, service, client)
        fleet.kill(process)
        time.sleep(0.5)
        fleet.start(process)
        until(lambda: web_answers(fleet), seconds=30, what="the web answers again")
    check_all_is_well(client)


def test_every_message_of_the_broker_is_thrown_away(fleet: Fleet, client: Client) -> None:
    lunches = open_lunches(fleet, SITTINGS, seats=SEATS)
    for worker in ("capacity worker", "booking worker", "notifications worker"):
        fleet.kill(worker)  # so that messages lie in the queues
    with client.book_many(lunches, each=EACH):
        until(lambda: len(client.ledger) >= 40, seconds=30, what="the load is on its way")
    thrown_away = 0
    with kombu.Connection(backends.BROKER_URL, connect_timeout=4) as connection:
        for service in ("capacity", "booking", "notifications"):
            thrown_away += connection.default_channel.queue_purge(f"{fleet.env['QUEUE_PREFIX']}.{service}")
    assert thrown_away > 0
    fleet.start("capacity worker", "booking worker", "notifications worker")
    check_all_is_well(client)
