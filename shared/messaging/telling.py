"""How this service is, told once a minute to the one in which administrators sign in (decision 0064).

It goes past the outbox, on a connection of its own, for it tells of the outbox; it is neither kept nor sent again.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy import Connection

from shared.contracts.routes import CAPACITY, STATE_SCHEMA
from shared.contracts.service_state import MOST_TROUBLES, ServiceState, Trouble, Wait
from shared.database import is_transient
from shared.logs import get_logger, new_correlation
from shared.messaging.ailing import all_ailing
from shared.messaging.inbox import HearState
from shared.messaging.publisher import NotPublished, Publisher, Queue
from shared.messaging.service import Service

log = get_logger(__name__)

TELL_EVERY = 60.0  # seconds
TRY_AGAIN = 5.0  # seconds after which what nobody could hear is tried again; then after ever more, up to a minute

Waits = Callable[[Connection, datetime], Sequence[Wait]]
"""What else waits in a service than messages, at an instant."""


class Broker(Publisher, Protocol):
    """Publishes, and looks at queues."""

    def look(self, receiver: str) -> Queue | None:
        """How the queue of a receiver is; None where nobody can say. Raises NotPublished."""
        ...


def nothing_else(_conn: Connection, _now: datetime) -> Sequence[Wait]:
    """Nothing waits but messages."""
    return ()


class Teller:
    """Tells until told to stop. `keep` is there where it is told to: that service tells itself, without the broker."""

    def __init__(
        self, service: Service, broker: Broker, waits: Waits = nothing_else, keep: HearState | None = None
    ) -> None:
        self._service = service
        self._broker = broker
        self._waits = waits
        self._keep = keep
        self._revision = 0

    def run(self, stop: threading.Event) -> None:
        """Nothing depends on it: whatever goes wrong, it is tried again."""
        pause = TRY_AGAIN
        while not stop.is_set():
            told = False
            try:
                told = self.tell()
            except Exception as error:
                if is_transient(error) or isinstance(error, NotPublished):
                    log.warning("How this service is could not be told.", error=type(error).__name__)
                else:
                    log.exception("How this service is could not be told.")
            stop.wait(TELL_EVERY if told else pause)
            pause = TRY_AGAIN if told else min(2 * pause, TELL_EVERY)

    def tell(self) -> bool:
        """Tell it once. Returns whether somebody was there to hear it: else such states would heap up in that queue,
        and be none any more when they are heard. Raises NotPublished, and what the database raises.
        """
        try:
            state = self._look()
            if self._keep:
                with self._service.work() as work:
                    self._keep(work, [state])
                return True
            theirs = self._broker.look(CAPACITY)
            if theirs and not theirs.hearers:
                return False
            self._broker.publish(CAPACITY, state.kind, [_item(state)])
            return True
        finally:
            self._broker.close()

    def _look(self) -> ServiceState:
        reached, queue = True, None
        try:
            queue = self._broker.look(self._service.name)
        except NotPublished:
            reached = False
        with self._service.read() as conn:
            now = self._service.clock.now(conn)
            self._revision = max(self._revision + 1, int(now.timestamp() * 1_000_000))
            return ServiceState(
                thing=self._service.name,
                revision=self._revision,
                told_at=now,
                broker=reached,
                hearers=queue.hearers if queue else None,
                unheard=queue.unheard if queue else None,
                waits=(*_unreceipted(conn, self._service, now), *self._waits(conn, now)),
                troubles=_troubles(conn, self._service, now),
            )


def age(since: datetime, now: datetime) -> int:
    """Whole seconds since then; none, if the clock was put back."""
    return max(0, int((now - since).total_seconds()))


def _unreceipted(conn: Connection, service: Service, now: datetime) -> Sequence[Wait]:
    outbox = service.tables.outbox
    oldest = sa.func.min(outbox.c.said_at, type_=outbox.c.said_at.type)
    question = sa.select(outbox.c.receiver, sa.func.count(), oldest).where(outbox.c.stuck_at.is_(None))
    rows = conn.execute(question.group_by(outbox.c.receiver).order_by(outbox.c.receiver))
    return [Wait(what=receiver, count=count, seconds=age(since, now)) for receiver, count, since in rows]


def _troubles(conn: Connection, service: Service, now: datetime) -> tuple[Trouble, ...]:
    """The longest first."""
    outbox, attempt = service.tables.outbox, service.tables.attempt
    stuck_since = sa.func.min(outbox.c.stuck_at, type_=outbox.c.stuck_at.type)
    parked_since = sa.func.min(attempt.c.parked_at, type_=attempt.c.parked_at.type)
    stuck = sa.select(outbox.c.kind, sa.func.count(), stuck_since).where(outbox.c.stuck_at.is_not(None))
    parked = sa.select(attempt.c.kind, attempt.c.error, sa.func.count(), parked_since)
    parked = parked.where(attempt.c.parked_at.is_not(None)).group_by(attempt.c.kind, attempt.c.error)
    found = [
        *(
            Trouble(how="stuck", what=kind, count=count, seconds=age(since, now))
            for kind, count, since in conn.execute(stuck.group_by(outbox.c.kind))
        ),
        *(
            Trouble(how="parked", what=kind, count=count, seconds=age(since, now), error=error or "")
            for kind, error, count, since in conn.execute(parked)
        ),
        *(
            Trouble(how="timer", what=one.name, count=one.times, seconds=age(one.since, now), error=one.error)
            for one in all_ailing(conn, service.tables.ailing)
        ),
    ]
    return tuple(sorted(found, key=lambda one: -one.seconds)[:MOST_TROUBLES])


def _item(state: ServiceState) -> dict[str, object]:
    return {
        "thing": state.thing,
        "revision": state.revision,
        "correlation": new_correlation(),
        "sends": 1,
        "body": STATE_SCHEMA.dump(state),
    }
