"""One service at work: its database, its clock, and transactions in which it says what it does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from shared.clock import Clock
from shared.contracts.message import Message
from shared.contracts.routes import HURRIED
from shared.database import Database
from shared.logs import correlation
from shared.messaging import outbox
from shared.messaging.bell import Bell
from shared.messaging.tables import MessagingTables


class UnitOfWork:
    """One transaction: load, decide, keep, say. What is said is committed with what is kept, or not at all.

    `now` is the database's clock at the beginning (UTC). Locks are always taken in the order sittings, bookings or
    claims, outbox rows, each ascending; what is said is therefore written last, in order.
    """

    def __init__(self, conn: Connection, now: datetime, *, service: str, tables: MessagingTables, why: str) -> None:
        self.conn = conn
        self.now = now
        self.service = service
        self._tables = tables
        self._correlation = why
        self._correlations: dict[str, str] = {}
        self._said: dict[tuple[str, str, str], outbox.Said] = {}
        self._hurried = False

    def say(self, message: Message) -> None:
        """Say how a thing stands to everybody who hears that kind of message."""
        self._hurried |= message.kind in HURRIED
        why = self._correlations.get(message.thing, self._correlation)
        for said in outbox.letters_for(self.service, message, why):
            key = (said.receiver, said.kind, said.thing)
            if key not in self._said or self._said[key].revision < said.revision:
                self._said[key] = said

    def receipt(self, said: outbox.Said) -> None:
        """Say that something was handled."""
        self._said[said.receiver, said.kind, said.thing] = said

    def next_revision(self, previous: int = 0) -> int:
        """The revision that follows `previous`, so far ahead that a restored database does not stay behind."""
        return max(previous + 1, int(self.now.timestamp() * 1_000_000))

    def correlation_of(self, thing: str) -> str:
        """The correlation id of what is being done about a thing."""
        return self._correlations.get(thing, self._correlation)

    def because_of(self, correlations: dict[str, str]) -> None:
        """What is said about these things carries the correlation ids of the messages that caused it."""
        self._correlations.update(correlations)

    def hurry(self) -> None:
        """Somebody waits for what is done here, though nothing hurried is said: whoever goes on with it is woken."""
        self._hurried = True

    def flush(self) -> bool:
        """Write what was said; True if somebody waits for it."""
        outbox.write(self.conn, self._tables.outbox, self._said.values(), self.now)
        return self._hurried


@dataclass(frozen=True)
class Service:
    """What a service needs to work: handed to use cases, handlers, timers, relay and pages by its bootstrap."""

    name: str
    database: Database
    clock: Clock
    bell: Bell
    tables: MessagingTables

    @contextmanager
    def work(self) -> Iterator[UnitOfWork]:
        """One unit of work; after the commit the relay is woken, if somebody waits for what was done."""
        with self.database.begin() as conn:
            unit = UnitOfWork(conn, self.clock.now(conn), service=self.name, tables=self.tables, why=correlation())
            yield unit
            hurried = unit.flush()
        if hurried:
            self.bell.ring()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self.database.read() as conn:
            yield conn
