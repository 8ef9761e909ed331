"""Two small services, “booking” that asks and “capacity” that hears, with nothing but their post."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from shared.clock import SetClock
from shared.contracts.party import Party
from shared.contracts.seats import SeatsRequest
from shared.database import Database
from shared.messaging.bell import LocalBell
from shared.messaging.inbox import Inbox
from shared.messaging.post_office import PostOffice
from shared.messaging.relay import Relay
from shared.messaging.service import Service, UnitOfWork
from shared.messaging.tables import messaging_tables

METADATA = sa.MetaData()
TABLES = messaging_tables(METADATA)
SEEN = sa.Table("seen", METADATA, sa.Column("thing", sa.String(80)), sa.Column("party", sa.Integer))


def make_service(name: str, url: str, clock: SetClock) -> Service:
    database = Database(url)
    METADATA.create_all(database.engine)
    return Service(name, database, clock, LocalBell(), TABLES)


def request(thing: str, revision: int, eaters: int = 1) -> SeatsRequest:
    asked_at = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    return SeatsRequest(thing=thing, revision=revision, sitting="s1", party=Party(eaters=eaters), asked_at=asked_at)


@dataclass
class Pair:
    """The two services and the post office between them."""

    booking: Service
    capacity: Service
    office: PostOffice
    clock: SetClock
    said_again: dict[str, int] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    unstorable: set[str] = field(default_factory=set)
    away: bool = False

    def __post_init__(self) -> None:
        self.capacity_inbox = Inbox(self.capacity, {SeatsRequest: self._hear}, {})
        self.booking_inbox = Inbox(self.booking, {}, {SeatsRequest.kind: self._say_again})
        self.office.join("booking", self.booking_inbox)
        self.office.join("capacity", self.capacity_inbox)
        self.booking_relay = Relay(self.booking, self.office.publisher_for("booking"))
        self.capacity_relay = Relay(self.capacity, self.office.publisher_for("capacity"))

    def ask(self, *requests: SeatsRequest) -> None:
        with self.booking.work() as work:
            for one in requests:
                work.say(one)

    def settle(self) -> None:
        while self.booking_relay.step() + self.capacity_relay.step() + self.office.deliver_all():
            pass

    def seen(self) -> list[tuple[str, int]]:
        with self.capacity.read() as conn:
            return sorted((row.thing, row.party) for row in conn.execute(sa.select(SEEN)))

    def unreceipted(self) -> list[tuple[str, int]]:
        with self.booking.read() as conn:
            box = TABLES.outbox
            return sorted((r.thing, r.revision) for r in conn.execute(sa.select(box).where(box.c.kind != "receipt")))

    def _hear(self, work: UnitOfWork, messages: Sequence[SeatsRequest]) -> None:
        for message in messages:
            work.conn.execute(sa.insert(SEEN).values(thing=message.thing, party=message.party.seats))
            if message.thing in self.broken:
                raise RuntimeError("a bug")
            if message.thing in self.unstorable:
                work.conn.execute(sa.insert(SEEN).values(thing=object(), party=1))
            if self.away:
                raise OperationalError("", {}, psycopg.OperationalError("server closed the connection"))

    def _say_again(self, work: UnitOfWork, behind: Mapping[str, int]) -> None:
        self.said_again.update(behind)
        for thing, kept in behind.items():
            work.say(request(thing, work.next_revision(kept)))


@pytest.fixture
def pair(new_database: Callable[[str], str], clock: SetClock) -> Iterator[Pair]:
    with ExitStack() as stack:
        services = [make_service(name, new_database(name), clock) for name in ("booking", "capacity")]
        for service in services:
            stack.callback(service.database.dispose)
        yield Pair(services[0], services[1], PostOffice(), clock)
