"""Poison for capacity: items that booking says, and that raise, kill or hang their worker; and messages that nobody can
read, thrown straight into the queue as a broken or wicked sender would.
"""

import json
import pickle
from datetime import UTC, datetime
from itertools import count

import amqp
import kombu

from services.booking.store.tables import MESSAGING
from shared.contracts.party import Party
from shared.contracts.routes import schema_of
from shared.contracts.seats import SeatsRequest
from shared.database import Database
from shared.messaging import outbox
from shared.messaging.celery_app import make_queue
from shared.messaging.outbox import Said
from tests.faults.house import PREFIX, House, Watched
from tests.real.fleet import until

PARKED = ("raise", "kill", "hang")
UNREAD = ("unknown task", "bad JSON", "pickle")
_LAID_ASIDE = "A message cannot be read"
_numbers = count(1)


def say(house: House, kind: str) -> None:
    """Have booking say something that does its worst to whoever handles it; it stands in the outbox until receipted."""
    request = SeatsRequest(
        thing=f"poison-{kind}-{next(_numbers)}",
        revision=1,
        sitting="nowhere",
        party=Party(eaters=1),
        asked_at=datetime.now(UTC),
    )
    said = Said("capacity", request.kind, request.thing, 1, schema_of(request.kind).dump(request), "poison")
    database = Database(house.postgres.url_of("booking"))
    with database.begin() as conn:
        outbox.write(conn, MESSAGING.outbox, [said], datetime.now(UTC))
    database.dispose()


def throw(house: House, kind: str) -> None:
    """Publish one message that cannot be read. Raises if the broker does not confirm it."""
    task, content_type, body = "capacity.seats_request.v1", "application/json", b'{"sender": "booking", "items": ['
    if kind == "unknown task":
        task, body = "capacity.never_heard_of.v1", json.dumps([[], {"sender": "booking", "items": []}, {}]).encode()
    elif kind == "pickle":
        content_type, body = "application/x-python-serialize", pickle.dumps(([], {}, {}))
    number = f"poison-{next(_numbers)}"
    message = amqp.Message(
        body,
        content_type=content_type,
        content_encoding="binary" if kind == "pickle" else "utf-8",
        delivery_mode=2,
        correlation_id=number,
        application_headers={"lang": "py", "task": task, "id": number, "root_id": number, "retries": 0},
    )
    queue = f"{PREFIX}.capacity"
    with kombu.Connection(house.broker.url, connect_timeout=4) as connection:
        make_queue(PREFIX, "capacity")(connection.default_channel).declare()  # it may have been wiped a moment ago
    broker = f"127.0.0.1:{house.broker.port}"
    with amqp.Connection(broker, confirm_publish=True, read_timeout=10, write_timeout=10) as connection:
        connection.channel().basic_publish_confirm(message, exchange=queue, routing_key=queue, timeout=10)


def wait_until_laid_aside(house: House, before: int) -> None:
    """Wait until the worker has laid one more message aside: the broker could lose it before."""
    until(lambda: laid_aside(house) > before, seconds=600, what="the poison is laid aside")


def laid_aside(house: House) -> int:
    """How many messages the worker laid aside, for it cannot read them."""
    return house.fleet.log_of("capacity worker").count(_LAID_ASIDE)


def parked(house: Watched) -> int:
    """How many poisonous items are parked."""
    with house.look("capacity") as conn:
        question = "SELECT count(*) FROM attempt WHERE parked_at IS NOT NULL AND thing LIKE 'poison-%'"
        row = conn.execute(question).fetchone()
    return int(str(row[0])) if row else 0
