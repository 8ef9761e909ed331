"""Timers that raise again and again: noted where the web process, which has none, can tell of them.

A row stands while a timer fails. Nothing is written while all work.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from shared.database import upsert
from shared.messaging.service import Service

LOOK_EVERY = 60.0  # seconds; another process may have noted that a timer fails which works here
LASTING = timedelta(minutes=5)  # from then on it is no hiccup


@dataclass(frozen=True, kw_only=True)
class Ailing:
    """A timer that fails: since when, when last, how often, and the kind of its last error, whose words may be
    private.
    """

    name: str
    since: datetime
    last_at: datetime
    times: int
    error: str

    def lasts(self, now: datetime) -> bool:
        """Whether it has failed for long."""
        return now - self.since >= LASTING


def all_ailing(conn: Connection, ailing: Table) -> list[Ailing]:
    """The timers that fail, longest first."""
    return [Ailing(**row._mapping) for row in conn.execute(sa.select(ailing).order_by(ailing.c.since, ailing.c.name))]


class TimerHealth:
    """What one process notes of its timers."""

    def __init__(self, service: Service, clock: Callable[[], float] = time.monotonic) -> None:
        self._service = service
        self._clock = clock
        self._known: set[str] = set()
        self._looked: float | None = None

    def failed(self, name: str, error: BaseException) -> None:
        """A timer raised."""
        table = self._service.tables.ailing
        with self._service.work() as work:
            statement = upsert(work.conn, table).values(
                name=name, since=work.now, last_at=work.now, times=1, error=type(error).__name__
            )
            again = {"last_at": work.now, "times": table.c.times + 1, "error": type(error).__name__}
            work.conn.execute(statement.on_conflict_do_update(index_elements=["name"], set_=again))
        self._known.add(name)

    def worked(self, names: Sequence[str]) -> None:
        """These timers did not raise."""
        if self._looked is None or self._clock() - self._looked > LOOK_EVERY:
            with self._service.read() as conn:
                self._known = {one.name for one in all_ailing(conn, self._service.tables.ailing)}
            self._looked = self._clock()
        well = self._known & set(names)
        if well:
            table = self._service.tables.ailing
            with self._service.work() as work:
                work.conn.execute(sa.delete(table).where(table.c.name.in_(well)))
            self._known -= well
