"""A worker killed with -9 in mid-load, the broker's messages thrown away: nothing lost, nothing doubled.

On servers that others made, as an operator has them; other faults strike in `tests/faults`, on servers of its own. The
truth is the client's ledger of accepted bookings and the log of the mail sink, never our own tables. A fault counts
only if work was in flight when it struck.
"""

from collections import Counter
from collections.abc import Iterator

import kombu
import psycopg
import pytest

from tests import backends
from tests.real.client import Client
from tests.real.conftest import open_lunches
from tests.real.fleet import Fleet, until

pytestmark = pytest.mark.xdist_group("fleet")
SITTINGS, SEATS, EACH = 4, 20, 30


@pytest.fixture
def client(fleet: Fleet) -> Iterator[Client]:
    client = Client(fleet)
    yield client
    client.http.clear()


def in_flight(fleet: Fleet, sender: str, receiver: str) -> int:
    """How many things one service has said that the other has not receipted."""
    with psycopg.connect(fleet.env[f"{sender.upper()}_DATABASE_URL"], connect_timeout=3) as conn:
        question = "SELECT count(*) FROM outbox WHERE kind <> 'receipt' AND receiver = %s"
        row = conn.execute(question, (receiver,)).fetchone()
    return row[0] if row else 0


def published(fleet: Fleet, sender: str, receiver: str) -> int:
    """The latest instant (µs) at which the broker took something from one service for the other."""
    with psycopg.connect(fleet.env[f"{sender.upper()}_DATABASE_URL"], connect_timeout=3) as conn:
        question = "SELECT (extract(epoch from max(published_at)) * 1e6)::bigint FROM outbox WHERE receiver = %s"
        row = conn.execute(question, (receiver,)).fetchone()
    return row[0] or 0 if row else 0


def wait_until_busy(fleet: Fleet, client: Client, sender: str, receiver: str) -> None:
    """Wait until the load is on its way, and messages are between the two services."""
    until(
        lambda: len(client.ledger) >= 20 and in_flight(fleet, sender, receiver) > 0,
        what=f"messages are between {sender} and {receiver}",
    )


def check_all_is_well(client: Client) -> None:
    """Every accepted booking is answered and told exactly once; no meal has more guests than seats."""
    promised = {promise.email for promise in client.ledger}
    assert len(promised) == len(client.ledger) == SITTINGS * EACH
    sink = client.fleet.sink
    until(lambda: {mail.to for mail in sink.mails} >= promised, what="everybody has a letter")
    told = Counter(mail.to for mail in sink.mails)
    assert set(told) == promised
    assert [who for who, letters in told.items() if letters > 1] == []
    booked = {mail.to for mail in sink.mails if "is booked" in mail.subject}
    waiting = {mail.to for mail in sink.mails if "waiting list" in mail.subject}
    assert len(booked) == SITTINGS * SEATS
    assert booked | waiting == promised
    answers = {promise.email: client.read(promise)["status"] for promise in client.ledger}
    assert {who for who, status in answers.items() if status == "confirmed"} == booked


def test_a_worker_is_killed_with_a_task_in_its_hands(fleet: Fleet, client: Client) -> None:
    lunches = open_lunches(fleet, SITTINGS, seats=SEATS)
    with client.book_many(lunches, each=EACH):
        wait_until_busy(fleet, client, "booking", "capacity")
        fleet.freeze("capacity worker")  # while more messages come: what it does not acknowledge comes again
        before = published(fleet, "booking", "capacity")
        until(lambda: published(fleet, "booking", "capacity") > before, what="a task in its hands")
        fleet.kill("capacity worker")
        fleet.start("capacity worker")
    check_all_is_well(client)
    assert "A task came again" in fleet.log_of("capacity worker")


def test_every_message_of_the_broker_is_thrown_away(fleet: Fleet, client: Client) -> None:
    lunches = open_lunches(fleet, SITTINGS, seats=SEATS)
    for worker in ("capacity worker", "booking worker", "notifications worker"):
        fleet.kill(worker)  # so that messages lie in the queues
    with client.book_many(lunches, each=EACH):
        until(lambda: len(client.ledger) >= 40, what="the load is on its way")
    thrown_away = 0
    with kombu.Connection(backends.BROKER_URL, connect_timeout=4) as connection:
        for service in ("capacity", "booking", "notifications"):
            thrown_away += connection.default_channel.queue_purge(f"{fleet.env['QUEUE_PREFIX']}.{service}")
    assert thrown_away > 0
    fleet.start("capacity worker", "booking worker", "notifications worker")
    check_all_is_well(client)
