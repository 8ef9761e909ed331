"""The servers that tests run against: SQLite always; PostgreSQL and RabbitMQ where they answer, or where required."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import kombu
import psycopg

from shared.contracts.routes import SERVICES

POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
BROKER_URL = os.environ.get("TEST_BROKER_URL", "amqp://guest:guest@127.0.0.1:5672//")
PATIENCE = 30  # seconds, to reach a server that may be busy
REQUIRED = os.environ.get("REQUIRE_SERVERS") == "1"


def answers(url: str, default_port: int) -> bool:
    """Whether something listens there."""
    parts = urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or default_port), timeout=PATIENCE):
            return True
    except OSError:
        return False


def have_postgres() -> bool:
    """Whether PostgreSQL answers."""
    return answers(POSTGRES_URL, 5432)


def have_rabbitmq() -> bool:
    """Whether RabbitMQ answers."""
    return answers(BROKER_URL, 5672)


@contextmanager
def new_database(backend: str, folder: Path, name: str) -> Iterator[str]:
    """The URL of a new empty database, dropped at the end."""
    if backend == "sqlite":
        yield f"sqlite:///{folder}/{name}-{uuid4().hex[:8]}.db"
        return
    database = f"tablee_{name}_{uuid4().hex[:12]}"
    with psycopg.connect(POSTGRES_URL, autocommit=True, connect_timeout=PATIENCE) as conn:
        conn.execute(f'CREATE DATABASE "{database}"')
    try:
        yield urlsplit(POSTGRES_URL)._replace(path=f"/{database}").geturl()
    finally:
        with psycopg.connect(POSTGRES_URL, autocommit=True, connect_timeout=PATIENCE) as conn:
            conn.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


@contextmanager
def new_queue_prefix() -> Iterator[str]:
    """A prefix for queues of one's own, which are deleted at the end."""
    prefix = f"test-{uuid4().hex[:10]}"
    try:
        yield prefix
    finally:
        _delete_queues(prefix)


def _delete_queues(prefix: str) -> None:
    with kombu.Connection(BROKER_URL, connect_timeout=PATIENCE) as connection:
        channel = connection.default_channel
        for service in SERVICES:
            for name in (f"{prefix}.{service}", f"{prefix}.{service}.dead"):
                channel.queue_delete(name)
            channel.exchange_delete(f"{prefix}.{service}")
        channel.exchange_delete(f"{prefix}.dead")
