"""Poison on the real broker: what raises, kills or hangs its worker is parked alone; its neighbours are handled."""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import kombu
import pytest
import sqlalchemy as sa

from shared.messaging import parked
from shared.messaging.celery_app import make_celery
from shared.messaging.publisher import CeleryPublisher
from shared.messaging.service import Service
from tests import backends
from tests.real import fragile
from tests.real.fleet import ROOT, until
from tests.shared.messaging.conftest import request

pytestmark = pytest.mark.xdist_group("fleet")


@dataclass
class Fragile:
    service: Service
    publisher: CeleryPublisher
    process: subprocess.Popen[bytes]
    log: Path
    queue: str

    def send(self, *things: str, sends: int = 1) -> None:
        """Publish one task with these items, as booking's relay would."""
        items = []
        for thing in things:
            body = {
                "thing": thing,
                "revision": 1,
                "sitting": "s1",
                "party": {"cooks": 0, "eaters": 1, "children": 0},
                "asked_at": request(thing, 1).asked_at.isoformat(),
            }
            items.append({"thing": thing, "revision": 1, "correlation": "c", "sends": sends, "body": body})
        self.publisher.publish("capacity", "seats_request", items)

    def seen(self) -> set[str]:
        with self.service.read() as conn:
            return set(conn.execute(sa.select(fragile.SEEN.c.thing)).scalars())

    def parked(self) -> dict[str, str | None]:
        with self.service.read() as conn:
            return {one.item.thing: one.error for one in parked.all_parked(conn, fragile.TABLES.attempt)}


UNREADABLE: dict[str, tuple[bytes, str, dict[str, object]]] = {
    "bad JSON": (b'{"guest": "Jeanne', "application/json", {}),
    "JSON that is no task": (b"5", "application/json", {}),
    "an unknown task": (b'[[], {"guest": "Jeanne"}, {}]', "application/json", {"task": "capacity.nothing.v1"}),
    "a pickle": (pickle.dumps(([], {"guest": "Jeanne"}, {})), "application/x-python-serialize", {}),
    "a task without a name": (b'{"guest": "Jeanne"}', "application/json", {"task": None}),
    "a task for a later year": (b"[[], {}, {}]", "application/json", {"eta": "2999-01-01T00:00:00+00:00"}),
}


@pytest.fixture
def worker(postgres: None, queue_prefix: str, tmp_path: Path) -> Iterator[Fragile]:
    with backends.new_database("postgres", tmp_path, "fragile") as url:
        service = fragile.make("capacity", url)
        fragile.METADATA.create_all(service.database.engine)
        with (tmp_path / "worker.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.real.fragile", url, queue_prefix],
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        publisher = CeleryPublisher(
            make_celery(fragile.fragile_settings("booking", url, queue_prefix)), "booking", queue_prefix
        )
        try:
            yield Fragile(service, publisher, process, tmp_path / "worker.log", f"{queue_prefix}.capacity")
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=10)
            publisher.close()
            service.database.dispose()


def test_an_item_that_raises(worker: Fragile) -> None:
    worker.send("b1", "raise", "b2")
    until(worker.parked, what="the item is parked")
    assert worker.parked() == {"raise": "RuntimeError"}
    until(lambda: worker.seen() == {"b1", "b2"}, what="its neighbours are handled")


def test_an_item_that_kills_its_worker(worker: Fragile) -> None:
    worker.send("b1", "kill", "b2")
    until(worker.parked, what="the item is parked")
    assert worker.parked() == {"kill": None}
    until(lambda: worker.seen() == {"b1", "b2"}, what="its neighbours are handled")


def test_an_item_that_hangs(worker: Fragile) -> None:
    worker.send("b1", "hang", "b2")
    until(worker.parked, what="the item is parked")
    assert worker.parked() == {"hang": None}
    until(lambda: worker.seen() == {"b1", "b2"}, what="its neighbours are handled")


def test_an_item_that_comes_back_as_a_fresh_send_each_time_it_kills(worker: Fragile) -> None:
    for sends in range(1, 8):
        worker.send("kill", sends=sends)
    until(worker.parked, what="the item is parked")
    worker.send("b1")
    until(lambda: "b1" in worker.seen(), what="the neighbour is handled")


def test_what_cannot_be_read_is_laid_with_the_dead_letters_and_said_without_its_text(worker: Fragile) -> None:
    worker.send("b1")
    until(lambda: "b1" in worker.seen(), what="the worker works")
    with kombu.Connection(backends.BROKER_URL, connect_timeout=4) as broker:
        channel = broker.channel()
        for body, content_type, headers in UNREADABLE.values():
            kombu.Producer(channel).publish(
                body,
                exchange=worker.queue,
                routing_key=worker.queue,
                content_type=content_type,
                content_encoding="binary" if "pickle" in content_type else "utf-8",
                headers={"id": "x", "task": "capacity.seats_request.v1", **headers},
            )
        worker.send("b2")
        until(lambda: "b2" in worker.seen(), what="the neighbour is handled")
        dead = kombu.Queue(f"{worker.queue}.dead")(channel)
        count = lambda: dead.queue_declare(passive=True).message_count  # noqa: E731
        until(lambda: count() == len(UNREADABLE), what="all lie there")
    said = worker.log.read_text()
    assert said.count("A message cannot be read") == len(UNREADABLE)
    assert "Jeanne" not in said
    assert worker.process.poll() is None
