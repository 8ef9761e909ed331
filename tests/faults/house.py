"""The whole product as its real processes, on servers of our own, behind a network that can be made bad."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import psycopg

from shared.contracts.routes import SERVICES
from tests.faults.proxy import Link, open_links
from tests.faults.servers import Postgres, RabbitMQ, open_postgres, open_rabbitmq
from tests.real.client import Client
from tests.real.fleet import Fleet, fleet_on, until, web_answers

PREFIX = "faults"


class Watched(Protocol):
    """What witnesses need of a house: its processes, and a look into its databases."""

    @property
    def fleet(self) -> Fleet:
        """Its processes."""

    def look(self, service: str) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection to a service's database; each statement is a transaction of its own."""


@dataclass
class House:
    """The product, its servers, the links to them, and its residents."""

    fleet: Fleet
    client: Client
    postgres: Postgres
    broker: RabbitMQ
    to_postgres: Link
    to_broker: Link

    def look(self, service: str) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection to a service's database, past the proxy; each statement is a transaction of its own."""
        return psycopg.connect(self.postgres.url_of(service), autocommit=True, connect_timeout=3)

    def greet_others(self) -> Client:
        """From now on other people are its residents, with names that nobody had before."""
        self.client.http.clear()
        self.client = Client(self.fleet, name=f"{uuid4().hex[:8]}-")
        return self.client

    @contextmanager
    def with_quirks(self, quirks: Mapping[str, str]) -> Iterator[None]:
        """By process, the wrapper (and its first arguments) that runs in its place meanwhile."""
        self.fleet.instead.update(quirks)
        for name in quirks:
            self.restart(name)
        yield
        for name in quirks:
            del self.fleet.instead[name]
            self.restart(name)

    def restart(self, name: str) -> None:
        """kill -9 of one process, and a new one in its place."""
        self.fleet.kill(name)
        self.fleet.start(name)

    def wait_for_web(self) -> None:
        """Wait until residents are served."""
        until(lambda: web_answers(self.fleet), what="the web answers")


@contextmanager
def open_house(instead: dict[str, str] | None = None) -> Iterator[House]:
    """A house with all its processes running; `instead` names wrappers of the harness to run in their place."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tablee-house-")))
        postgres = stack.enter_context(open_postgres())
        broker = stack.enter_context(open_rabbitmq())
        to_postgres, to_broker = stack.enter_context(open_links(postgres.port, broker.port))
        with psycopg.connect(postgres.url, autocommit=True) as conn:
            for name in SERVICES:
                conn.execute(f'CREATE DATABASE "{name}"')
        urls = {name: postgres.url_of(name, to_postgres.port) for name in SERVICES}
        fleet = stack.enter_context(fleet_on(urls, broker.url_at(to_broker.port), PREFIX, folder))
        fleet.instead.update(instead or {})
        house = House(fleet, Client(fleet), postgres, broker, to_postgres, to_broker)
        fleet.start()
        house.wait_for_web()
        try:
            yield house
        finally:
            house.client.http.clear()
