"""Three RabbitMQ nodes on this machine; the one that leads a queue is killed under load. Nothing is lost."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import amqp
import pytest

from shared.contracts.routes import SERVICES
from tests import backends
from tests.faults import servers
from tests.faults.servers import RabbitMQ, open_cluster
from tests.real.client import Client
from tests.real.conftest import open_lunches
from tests.real.fleet import Fleet, fleet_on, until, web_answers

pytestmark = pytest.mark.xdist_group("fleet")
MEALS, SEATS, EACH = 2, 20, 30
QUEUES = [f"cluster.{service}" for service in SERVICES]


@pytest.fixture
def nodes(postgres: None) -> Iterator[list[RabbitMQ]]:
    if "RabbitMQ" in servers.missing():
        if backends.REQUIRED:
            pytest.fail("RabbitMQ must be installed.")
        pytest.skip("needs RabbitMQ")
    with open_cluster(3) as opened:
        yield opened


@pytest.fixture
def fleet(nodes: list[RabbitMQ], tmp_path: Path) -> Iterator[Fleet]:
    """The whole product, told of all three nodes."""
    with ExitStack() as stack:
        urls = {name: stack.enter_context(backends.new_database("postgres", tmp_path, name)) for name in SERVICES}
        brokers = ";".join(node.url for node in nodes)
        opened = stack.enter_context(fleet_on(urls, brokers, "cluster", tmp_path))
        opened.start()
        until(lambda: web_answers(opened), what="the web answers")
        yield opened


def leader(nodes: list[RabbitMQ], queue: str) -> RabbitMQ:
    """The node that leads a queue now."""
    told = nodes[0].control("list_queues", "name", "leader", "--no-table-headers")
    leaders = dict(line.split() for line in told.splitlines())
    return next(node for node in nodes if node.name == leaders[queue])


def test_the_node_that_leads_is_killed_and_nothing_is_lost(nodes: list[RabbitMQ], fleet: Fleet) -> None:
    meals = open_lunches(fleet, MEALS, seats=SEATS)
    struck = leader(nodes, "cluster.capacity")
    client = Client(fleet)
    with client.book_many(meals, each=EACH // 2, clients=4):
        until(lambda: len(client.ledger) >= 5, what="the load is on its way")
        assert len(client.ledger) < MEALS * EACH // 2, "the load was over before the node was killed"
        struck.kill()
    with client.book_many(meals, each=EACH // 2, clients=4):  # residents book on while it is away
        pass
    promised = {promise.email for promise in client.ledger}
    assert len(promised) == MEALS * EACH
    until(lambda: {mail.to for mail in fleet.sink.mails} >= promised, what="everybody has a letter")
    standing = [client.read(promise)["status"] for promise in client.ledger]
    assert sorted(standing) == ["confirmed"] * MEALS * SEATS + ["waitlisted"] * MEALS * (EACH - SEATS)
    assert all(len(fleet.sink.to(email)) == 1 for email in promised)
    for node in nodes:
        if node is not struck:
            assert {name for name in QUEUES if holds(node, name)} == set(QUEUES)
    client.http.clear()


def holds(node: RabbitMQ, queue: str) -> bool:
    """Whether a node still serves a queue."""
    with amqp.Connection(f"127.0.0.1:{node.port}", connect_timeout=5, read_timeout=10) as connection:
        return bool(connection.channel().queue_declare(queue, passive=True).queue == queue)
