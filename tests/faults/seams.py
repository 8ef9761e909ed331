"""The boundaries between a process's steps, made visible from outside: where it may die, and tests let it.

The product knows nothing of this. Its database, its inbox, its publisher and its provider are wrapped as it is put
together, and each tells when the process stands before or after a step that somebody else can see: a commit, a
publishing, a broker's ack, a call of a provider.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.domain.letter import LetterKind
from services.notifications.domain.sending import Outcome, Outgoing
from services.notifications.providers.provider import Provider
from shared.assembly import Assembly
from shared.messaging.publisher import Publisher


@dataclass(frozen=True)
class Boundary:
    """Which process, what it is doing, and the edge of which step it has reached."""

    process: str
    doing: str
    edge: str

    def __str__(self) -> str:
        return f"{self.process} {self.doing}: {self.edge}"


class _Now(threading.local):
    """What a thread is doing, and how often it has committed meanwhile."""

    doing = ""
    commits = 0


@dataclass
class Seams:
    """The seams of one process. `arrive` is called at each boundary, and may end the process."""

    process: str
    arrive: Callable[[Boundary], None]
    _now: _Now = field(default_factory=_Now, init=False)

    def begins(self, doing: str, *, by: str = "") -> None:
        """Its thread does something else now: commits are counted from here."""
        self.process = by or self.process
        self._now.doing, self._now.commits = doing, 0

    def reached(self, edge: str) -> None:
        """It stands at an edge."""
        self.arrive(Boundary(self.process, self._now.doing, edge))

    def watch(self, part: Assembly) -> Assembly:
        """See what an assembly hears, and its commits: those of transactions that locked or wrote something."""
        database, receive = part.service.database, part.inbox.receive
        begin, at_once = database.begin, database.at_once

        @contextmanager
        def watched_begin() -> Iterator[Connection]:
            with begin() as conn:
                before = _marks_left(conn)
                yield conn
                if wrote := _marks_left(conn) != before:
                    self._now.commits += 1
                    number = self._now.commits
                    self.reached(f"before commit {number}")
            if wrote:
                self.reached(f"after commit {number}")

        @contextmanager
        def watched_at_once() -> Iterator[Connection]:
            with at_once() as conn:
                if not database.is_sqlite:  # where it is one transaction, and watched as that
                    self._watch_statements(conn)
                yield conn

        def watched_receive(kind: str, sender: str, items: Sequence[Any], *, redelivered: bool = False) -> None:
            self.begins(f"hears {kind} from {sender}")
            receive(kind, sender, items, redelivered=redelivered)
            self.reached("before the broker's ack")

        database.begin = watched_begin  # type: ignore[method-assign]
        database.at_once = watched_at_once  # type: ignore[method-assign]
        part.inbox.receive = watched_receive  # type: ignore[method-assign]
        return part

    def _watch_statements(self, conn: Connection) -> None:
        """See those that write where each commits by itself: after it only if it changed a row."""

        def before(_conn: object, _cursor: object, _said: str, _values: object, context: Any, _many: bool) -> None:
            if _writes(context):
                self._now.commits += 1
                self.reached(f"before commit {self._now.commits}")

        def after(_conn: object, cursor: Any, _said: str, _values: object, context: Any, _many: bool) -> None:
            if _writes(context) and cursor.rowcount:
                self.reached(f"after commit {self._now.commits}")

        sa.event.listen(conn, "before_cursor_execute", before)
        sa.event.listen(conn, "after_cursor_execute", after)


def _writes(context: Any) -> bool:
    return bool(context.isinsert or context.isupdate or context.isdelete)


def _marks_left(conn: Connection) -> object:
    """Something that changes when a transaction writes, or on PostgreSQL locks, its first row."""
    if conn.dialect.name == "sqlite":
        return conn.connection.dbapi_connection.total_changes  # type: ignore[union-attr]
    return conn.execute(sa.text("SELECT pg_current_xact_id_if_assigned()::text")).scalar()


class WatchedPublisher:
    """A publisher whose publishing is seen."""

    def __init__(self, seams: Seams, inner: Publisher) -> None:
        self._seams = seams
        self._inner = inner

    def publish(self, receiver: str, kind: str, items: Sequence[dict[str, Any]]) -> None:
        self._seams.begins(f"publishes {kind} to {receiver}")
        self._seams.reached("before publishing")
        self._inner.publish(receiver, kind, items)
        self._seams.reached("after publishing")

    def fresh_empty_queues(self, receivers: Sequence[str]) -> list[str]:
        return self._inner.fresh_empty_queues(receivers)

    def close(self) -> None:
        self._inner.close()


class WatchedProvider:
    """A provider whose calls are seen."""

    def __init__(self, seams: Seams, inner: Provider) -> None:
        self._seams = seams
        self._inner = inner
        self.name = inner.name
        self.repeats_safely = inner.repeats_safely

    def send(self, outgoing: Outgoing) -> Outcome:
        self._seams.begins(f"sends {_kind_in(outgoing.key)}")
        self._seams.reached("before the provider's call")
        outcome = self._inner.send(outgoing)
        self._seams.reached("after the provider's call")
        return outcome

    def close(self) -> None:
        self._inner.close()


def _kind_in(key: str) -> str:
    """Which kind of letter a key is of."""
    words = key.split(":")
    return next((word for word in words if word in set(LetterKind)), words[0])
