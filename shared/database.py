"""One database per service: PostgreSQL in production, SQLite in the demo. The same code on both."""

import math
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import Column, ColumnElement, Connection, Engine, Table, event, exc
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    import psycopg

# Measured under faults: a lost server is noticed within seconds, and nothing waits for ever.
_POSTGRES_CONNECT: dict[str, Any] = {
    "connect_timeout": 3,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "options": "-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=15s -c timezone=UTC",
}
# Serialization, deadlock, lock time-out, statement time-out, and a server that only reads (it was just demoted).
RESTED = 1.0  # seconds after which a pooled connection may have died unnoticed
_TRANSIENT_SQLSTATES = {"40001", "40P01", "55P03", "57014", "25006"}
_SNAPSHOT_MAY_TAKE = "10min"  # of one statement, and between two


class Instant(TypeDecorator[datetime]):
    """An aware instant in UTC, on both databases."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def upsert(conn: Connection, table: Table) -> Any:
    """An INSERT that can be given `on_conflict_do_update`, for the dialect of `conn`."""
    return sqlite.insert(table) if conn.dialect.name == "sqlite" else postgresql.insert(table)


def by_code_point(conn: Connection, column: Column[Any]) -> ColumnElement[Any]:
    """To order by a text as Python does, whatever the database's language."""
    return sa.collate(column, "BINARY" if conn.dialect.name == "sqlite" else "C")


def is_transient(error: BaseException) -> bool:
    """Whether this is the database's own trouble (away, busy, deadlock), which says nothing about the data."""
    if not isinstance(error, exc.DBAPIError):
        return isinstance(error, exc.TimeoutError)
    if error.connection_invalidated:
        return True
    original = error.orig
    if isinstance(original, sqlite3.Error):
        return isinstance(original, sqlite3.OperationalError) and ("locked" in str(original) or "busy" in str(original))
    if state := getattr(original, "sqlstate", None):
        return state in _TRANSIENT_SQLSTATES or state[:2] in {"08", "53", "57", "58"}
    # Without a state it comes from the client: a lost connection, or else data that cannot be sent at all.
    return isinstance(error, exc.OperationalError | exc.InterfaceError)


class Database:
    """Transactions on one service's database. The engine is made lazily, once per process, so that forks are safe."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = sa.make_url(url)
        if self.url.drivername in {"postgres", "postgresql"}:
            self.url = self.url.set(drivername="postgresql+psycopg")
        self._pool_size = pool_size
        self._engines: dict[int, Engine] = {}  # by process: what a fork inherits is its parent's

    @property
    def engine(self) -> Engine:
        """This process's engine: the same for all its threads, also for two that ask first at the same moment."""
        pid = os.getpid()
        return self._engines.get(pid) or self._engines.setdefault(pid, self._make_engine())

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One writing transaction: committed at the end, rolled back if anything raises."""
        with self.engine.connect() as conn, conn.begin():
            yield conn

    @contextmanager
    def at_once(self) -> Iterator[Connection]:
        """Each statement is a transaction of its own, without the two round trips for its beginning and its end. (On
        SQLite, which has no round trips, all are one transaction.)
        """
        if self.is_sqlite:
            with self.begin() as conn:
                yield conn
        else:
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
                yield conn

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One reading transaction, which takes no write lock."""
        options = {"tablee_read": True} if self.is_sqlite else {"postgresql_readonly": True}
        with self.engine.connect().execution_options(**options) as conn, conn.begin():
            yield conn

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """One long reading transaction, in which everything stands as at the first statement, however long it takes."""
        with self.read() if self.is_sqlite else self._read_repeatably() as conn:
            yield conn

    @contextmanager
    def _read_repeatably(self) -> Iterator[Connection]:
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self.engine.connect().execution_options(**options) as conn, conn.begin():
            for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
                conn.exec_driver_sql(f"SET LOCAL {limit} = '{_SNAPSHOT_MAY_TAKE}'")
            yield conn

    def connect_alone(self) -> "psycopg.Connection":
        """A connection to PostgreSQL beside the pool, whose loss is noticed as soon; each statement commits."""
        import psycopg  # noqa: PLC0415 - the demo is smaller without the driver

        url = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        return psycopg.connect(url, autocommit=True, **_POSTGRES_CONNECT)

    def dispose(self) -> None:
        """Close this process's connections."""
        engine = self._engines.pop(os.getpid(), None)
        if engine is not None:
            engine.dispose()

    def _make_engine(self) -> Engine:
        if self.is_sqlite:
            return _sqlite_engine(self.url)
        engine = sa.create_engine(
            self.url,
            pool_size=self._pool_size,
            max_overflow=6,
            pool_timeout=5,
            pool_use_lifo=True,  # the one used last need not be asked whether it lives
            hide_parameters=True,  # personal data stays out of error messages
            connect_args=dict(_POSTGRES_CONNECT),
        )
        _ask_whether_it_lives(engine)
        return engine


def _ask_whether_it_lives(engine: Engine) -> None:
    """A connection that rested is asked before it is used again; one that was just used need not be, which saves a
    round trip in each transaction. When one is found dead, the pool makes all anew.
    """

    @event.listens_for(engine, "checkin")
    def _on_checkin(_connection: Any, record: Any) -> None:
        record.info["used_at"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _on_checkout(connection: Any, record: Any, _fairy: Any) -> None:
        if time.monotonic() - record.info.get("used_at", math.inf) > RESTED:
            try:
                engine.dialect.do_ping(connection)
            except engine.dialect.loaded_dbapi.Error as error:
                raise exc.InvalidatePoolError from error


def _sqlite_engine(url: sa.URL) -> Engine:
    engine = sa.create_engine(
        url,
        hide_parameters=True,
        connect_args={"timeout": 10, "check_same_thread": False},
        poolclass=sa.pool.QueuePool,
        pool_size=20,
        max_overflow=20,
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(conn: Connection) -> None:
        reading = conn.get_execution_options().get("tablee_read")
        # A writer takes the lock at once: a lock upgraded midway fails instead of waiting.
        conn.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
