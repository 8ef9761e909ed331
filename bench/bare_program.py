"""The bare program: the least that the product's own libraries can do for a booking on the product's way.

Booking's web takes JSON through marshmallow, writes the booking and an outbox row in one transaction (with those of who
asks meanwhile, as the product does), and publishes a task itself. Capacity's worker raises the sitting and writes claim
and outbox row in one transaction, and publishes the answer. Booking's worker makes one UPDATE. Server, settings of
Celery, queues and confirms are the product's. It is correct only while nothing fails, and nobody comes twice: what is
said after the commit may never be said.
"""

import json
import os
import threading
from collections import deque
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import click
import sqlalchemy as sa
from celery import Celery
from flask import Flask, request
from marshmallow import Schema, fields

from shared.contracts.routes import task_name
from shared.messaging.celery_app import make_celery
from shared.messaging.publisher import CeleryPublisher
from shared.messaging.worker import run_worker
from shared.settings import CommonSettings
from shared.web.server import serve

THREADS = 16
MOST = 50  # bookings in one transaction
TABLES = {
    "booking": """
CREATE TABLE booking (id text PRIMARY KEY, sitting text NOT NULL, name text, email text, people int,
    revision bigint NOT NULL DEFAULT 1, answers bigint);
CREATE TABLE outbox (id text PRIMARY KEY, body text);
""",
    "capacity": """
CREATE TABLE sitting (id text PRIMARY KEY, seats int NOT NULL, held int NOT NULL DEFAULT 0);
CREATE TABLE claim (booking text PRIMARY KEY, sitting text NOT NULL);
CREATE TABLE outbox (id text PRIMARY KEY, body text);
INSERT INTO sitting (id, seats) VALUES ('1', 1000000000);
""",
}
BOOK = sa.text("""
INSERT INTO booking (id, sitting, name, email, people) SELECT booking, sitting, name, email, people
FROM json_to_recordset(CAST(:rows AS json)) AS row (booking text, sitting text, name text, email text, people int)
""")
SAY_ALL = sa.text("""
INSERT INTO outbox (id, body) SELECT booking, body
FROM json_to_recordset(CAST(:rows AS json)) AS row (booking text, body text)
""")
SAY = sa.text("INSERT INTO outbox (id, body) VALUES (:booking, :body)")
SEAT = sa.text("UPDATE sitting SET held = held + 1 WHERE id = :sitting AND held + 1 <= seats")
CLAIM = sa.text("INSERT INTO claim (booking, sitting) VALUES (:booking, :sitting)")
DECIDE = sa.text("UPDATE booking SET answers = revision WHERE id = :booking")

Publish = Callable[[str, str, dict[str, Any]], None]


class Party(Schema):
    """Who comes."""

    people = fields.Integer(required=True)


class Wish(Schema):
    """What the load asks for."""

    sitting = fields.String(required=True)
    party = fields.Nested(Party, required=True)
    name = fields.String(required=True)
    email = fields.Email(required=True)
    language = fields.String()


class _Post(threading.local):
    """A kept connection to the broker for each thread, opened when it is first used, which is after a fork."""

    def __init__(self, app: Celery, settings: CommonSettings) -> None:
        self._publisher = CeleryPublisher(app, settings.service, settings.queue_prefix)

    def publish(self, receiver: str, kind: str, item: dict[str, Any]) -> None:
        """Publish one task with one item; a return means that the broker has it."""
        self._publisher.publish(receiver, kind, [item])


class _Turns:
    """Who comes while others are being written down is written next, all at once; the first of them does it."""

    def __init__(self, write: Callable[[list[dict[str, Any]]], None]) -> None:
        self._write = write
        self._waiting: deque[tuple[dict[str, Any], threading.Event]] = deque()
        self._written: set[str] = set()
        self._busy = False
        self._changing = threading.Lock()

    def take(self, row: dict[str, Any]) -> None:
        """Return once this row is committed."""
        woken = threading.Event()
        with self._changing:
            self._waiting.append((row, woken))
            has_to_wait, self._busy = self._busy, True
        if has_to_wait:
            woken.wait()
        if row["booking"] in self._written:
            self._written.discard(row["booking"])
            return
        company = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST))]
        self._write([one for one, _woken in company])
        self._written.update(one["booking"] for one, _woken in company[1:])
        for _one, others in company[1:]:
            others.set()
        with self._changing:
            self._busy = bool(self._waiting)
            if self._waiting:
                self._waiting[0][1].set()


def _make_web(engine: sa.Engine, publish: Publish | None) -> Flask:
    web, wishes = Flask("bare"), Wish()

    def write(rows: list[dict[str, Any]]) -> None:
        with engine.begin() as conn:
            together = {"rows": json.dumps(rows)}
            conn.execute(BOOK, together)
            conn.execute(SAY_ALL, together)

    turns = _Turns(write)

    @web.get("/readyz")
    def ready() -> dict[str, str]:
        return {}

    @web.post("/api/v1/bookings")
    def book() -> tuple[dict[str, str], int]:
        wish = wishes.load(request.get_json())
        item = {"booking": uuid4().hex, "sitting": wish["sitting"]}
        who = {"name": wish["name"], "email": wish["email"], "people": wish["party"]["people"]}
        turns.take(item | who | {"body": json.dumps(item)})
        if publish:
            publish("capacity", "request", item)
        return {"id": item["booking"], "status": "requested"}, 202

    return web


def _seat(engine: sa.Engine, publish: Publish, item: dict[str, Any]) -> None:
    with engine.begin() as conn:
        conn.execute(SEAT, item)
        conn.execute(CLAIM, item)
        conn.execute(SAY, {"booking": item["booking"], "body": json.dumps(item)})
    publish("booking", "answer", item)


def _note(engine: sa.Engine, item: dict[str, Any]) -> None:
    with engine.begin() as conn:
        conn.execute(DECIDE, item)


def _hear(app: Celery, name: str, handle: Callable[[dict[str, Any]], None]) -> None:
    def hear(sender: str, items: list[dict[str, Any]]) -> None:
        for item in items:
            handle(item)

    app.task(hear, name=name, shared=False)


@click.command()
@click.option("--silent", is_flag=True, help="Publish nothing, as the product's web alone.")
@click.argument("service", type=click.Choice(list(TABLES)))
@click.argument("command", type=click.Choice(["web", "worker"]))
@click.option("--port", default=8000)
@click.option("--workers", default=2)
def main(silent: bool, service: str, command: str, port: int, workers: int) -> None:
    """Run one process, named as the product's are."""
    common: dict[str, Any] = CommonSettings.common(service, os.environ)
    settings = CommonSettings(**common)
    url = sa.make_url(settings.database_url).set(drivername="postgresql+psycopg")
    engine, app = sa.create_engine(url, pool_size=THREADS), make_celery(settings)
    publish = _Post(app, settings).publish
    if command == "web":
        make = lambda: _make_web(engine, None if silent else publish)  # noqa: E731
        serve(make, host="127.0.0.1", port=port, workers=workers, threads=THREADS)
    elif service == "capacity":
        _hear(app, task_name("capacity", "request"), lambda item: _seat(engine, publish, item))
        run_worker(app, settings)
    else:
        _hear(app, task_name("booking", "answer"), lambda item: _note(engine, item))
        run_worker(app, settings)


if __name__ == "__main__":
    main()
