"""The broker's definitions make what the services themselves would declare, and give each service the least."""

import json
import re
from typing import Any

import pytest

from deploy.make_secrets import rabbitmq_hash
from shared.contracts.routes import SERVICES
from shared.messaging.celery_app import make_dead_letter_queue, make_queue, queue_name
from shared.messaging.relay import neighbours_of
from tests.deploy.containers.compose import ROOT

DEFINITIONS: dict[str, Any] = json.loads((ROOT / "deploy/rabbitmq/definitions.json").read_text())
PREFIX = "tablee"
QUEUES: list[Any] = [make(PREFIX, service) for service in SERVICES for make in (make_queue, make_dead_letter_queue)]


def test_queues_are_as_the_services_would_declare_them() -> None:
    assert {one["name"]: one["arguments"] for one in DEFINITIONS["queues"]} == {
        queue.name: queue.queue_arguments for queue in QUEUES
    }
    assert all(one["durable"] and not one["auto_delete"] for one in DEFINITIONS["queues"] + DEFINITIONS["exchanges"])
    assert {(one["name"], one["type"]) for one in DEFINITIONS["exchanges"]} == {
        (queue.exchange.name, queue.exchange.type) for queue in QUEUES
    }
    assert {(one["source"], one["destination"], one["routing_key"]) for one in DEFINITIONS["bindings"]} == {
        (queue.exchange.name, queue.name, queue.routing_key) for queue in QUEUES
    }


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_may_read_its_own_queue_and_write_to_its_neighbours(service: str) -> None:
    (may,) = [one for one in DEFINITIONS["permissions"] if one["user"] == service]
    names = {one["name"] for one in DEFINITIONS["queues"] + DEFINITIONS["exchanges"]}
    allowed = {what: {name for name in names if re.search(may[what], name)} for what in ("configure", "write", "read")}
    assert allowed == {
        "configure": set(),
        "write": {queue_name(PREFIX, other) for other in SERVICES if other in spoken_with(service)},
        "read": {queue_name(PREFIX, service)},
    }


def spoken_with(service: str) -> set[str]:
    """Whom it speaks to, and who speaks to it: they have its receipts."""
    return {*neighbours_of(service), *(other for other in SERVICES if service in neighbours_of(other))}


def test_no_user_stands_in_the_repository() -> None:
    assert DEFINITIONS["users"] == []


def test_a_queue_cannot_fill_the_disk() -> None:
    (policy,) = DEFINITIONS["policies"]
    assert all(re.search(policy["pattern"], queue_name(PREFIX, service)) for service in SERVICES)
    assert policy["definition"] == {"max-length-bytes": 256 * 1024 * 1024}  # refused then: the outbox keeps the rest


def test_a_password_is_hashed_as_the_broker_does_it() -> None:
    # The example of RabbitMQ's documentation: salt 908DC60A, password test12.
    assert rabbitmq_hash("test12", bytes.fromhex("908DC60A")) == "kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR"
