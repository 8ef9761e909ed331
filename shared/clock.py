"""The clock is a dependency: instants are UTC, from the owning service's database."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy import Connection

READINGS = 3  # of the server's clock, one after the other
APART = timedelta(seconds=0.5)  # far more than two processes of a service usually differ: what one means as now is now
_SERVER_TIME = sa.select(sa.func.clock_timestamp())


class Clock(Protocol):
    """Tells the present instant (aware, UTC) as the database of `conn` sees it."""

    def now(self, conn: Connection) -> datetime:
        """The present instant, UTC."""
        ...


class DatabaseClock:
    """The database's clock, read from the server at most every `fresh_for` seconds and carried on by a monotonic one.

    So every process of a service agrees on the time whatever its own machine says, without one more question per
    transaction. Of a few readings the quickest counts, as taken half way between question and answer: processes then
    differ by less than a round trip, also where one had to wait for its turn. SQLite lives in this process and
    has this process's clock.
    """

    def __init__(self, fresh_for: float = 30.0) -> None:
        self._fresh_for = fresh_for
        self._reading = (datetime.fromtimestamp(0, UTC), -1e9)  # the server's time, and when we asked: always together

    def now(self, conn: Connection) -> datetime:
        if conn.dialect.name == "sqlite":
            return datetime.now(UTC)
        server_time, read_at = self._reading
        if time.monotonic() - read_at > self._fresh_for:
            _took, server_time, read_at = min(_read(conn) for _ in range(READINGS))
            self._reading = (server_time, read_at)
        return server_time + timedelta(seconds=time.monotonic() - read_at)


def _read(conn: Connection) -> tuple[float, datetime, float]:
    """How long it took, the server's time, and when that was."""
    asked = time.monotonic()
    server_time: datetime = conn.execute(_SERVER_TIME).scalar_one()
    took = time.monotonic() - asked
    return took, server_time.astimezone(UTC), asked + took / 2


class SetClock:
    """A clock that stands where it is put: for tests that tell a story in time."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self, conn: Connection) -> datetime:
        return self.at

    def pass_time(self, **span: float) -> None:
        """Move on by a span, given as for timedelta: `pass_time(hours=2)`."""
        self.at += timedelta(**span)
