"""A queue prefix of its own for each test, so that tests do not hear one another."""

from collections.abc import Iterator
from uuid import uuid4

import kombu
import pytest

from shared.contracts.routes import SERVICES
from tests import backends


@pytest.fixture
def queue_prefix(rabbitmq: None) -> Iterator[str]:
    prefix = f"test-{uuid4().hex[:10]}"
    yield prefix
    with kombu.Connection(backends.BROKER_URL, connect_timeout=4) as connection:
        channel = connection.default_channel
        for service in SERVICES:
            for name in (f"{prefix}.{service}", f"{prefix}.{service}.dead"):
                channel.queue_delete(name)
            channel.exchange_delete(f"{prefix}.{service}")
        channel.exchange_delete(f"{prefix}.dead")
