"""Databases of the services for tests: migrated once in each process, then lent empty to one test after the other.

To make a database, migrate it and drop it takes PostgreSQL longer than most tests take.
"""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import Dialect, Engine, event

from services.booking.bootstrap import assemble as assemble_booking
from services.capacity.bootstrap import assemble as assemble_capacity
from services.notifications.bootstrap import assemble as assemble_notifications
from shared.database import Database
from tests import backends

ASSEMBLE = {
    "booking": assemble_booking,
    "capacity": assemble_capacity,
    "notifications": assemble_notifications,
}
SETTINGS = {
    "BROKER_URL": "memory://",
    "SECRET_KEYS": "a-key-for-tests-only-of-enough-characters",
    "PUBLIC_URL": "http://127.0.0.1:8000",
    "MAIL_PROVIDER": "recorder",
    "SMS_PROVIDER": "recorder",
}
ALL_ROWS = """
SELECT string_agg(format('DELETE FROM %I', tablename), '; ') FROM pg_tables
WHERE schemaname = 'public' AND tablename <> 'alembic_version'
"""
OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Compiled:
    """Statements stay compiled from one engine to the next: nearly every test makes its own, and compiling them was a
    quarter of what stories cost. They are found by the engine's dialect, so that stays too, as the first engine of its
    kind has set it up when it connected; no other engine asks the server what it is.
    """

    def __init__(self) -> None:
        self._by_kind: dict[bool, tuple[Dialect, dict[Any, Any]]] = {}

    def learn(self, database: Database) -> None:
        """Keep what a database that was connected has set up, for all to come of its kind."""
        self._by_kind.setdefault(database.is_sqlite, (database.engine.dialect, {}))

    def give(self, make_engine: Callable[[Database], Engine]) -> Callable[[Database], Engine]:
        """Engines that know what was compiled before."""

        def make(database: Database) -> Engine:
            engine = make_engine(database)
            if database.is_sqlite in self._by_kind:
                engine.dialect.initialize = lambda connection: None  # type: ignore[method-assign]
                engine.dialect, compiled = self._by_kind[database.is_sqlite]
                engine.update_execution_options(compiled_cache=compiled)
            return engine

        return make


COMPILED = Compiled()


def without_the_disk(make_engine: Callable[[Database], Engine]) -> Callable[[Database], Engine]:
    """Engines that do not wait until SQLite's file is on the disk: in a test a process may die, not the machine."""

    def make(database: Database) -> Engine:
        engine = make_engine(database)
        if database.is_sqlite:
            event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA synchronous=OFF"))
        return engine

    return make


class Lent:
    """A database on PostgreSQL, and a connection that stays open to empty it: a new one each time, which has to learn
    all tables again before it can empty them, was most of what emptying cost.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._broom = psycopg.connect(url, autocommit=True, connect_timeout=backends.PATIENCE)
        # Rows go in any order, and what they leave is known to be past, for VACUUM, although tests do not wait for it.
        self._broom.execute("SET session_replication_role = replica; SET synchronous_commit = on")

    def emptied(self) -> bool:
        """End whoever is still connected, and delete all rows. False if tables are not what they were."""
        self._broom.execute(OTHERS)
        if self._broom.execute("SELECT to_regclass('alembic_version')").fetchone() == (None,):
            return False
        deletes = self._broom.execute(ALL_ROWS).fetchone()
        assert deletes
        self._broom.execute(deletes[0].encode())
        self._clear_outbox()
        return True

    def close(self) -> None:
        self._broom.close()

    def _clear_outbox(self) -> None:
        """A heap where no row ever was: what is said in one instant is found in the order of saying. VACUUM leaves one
        in half the time that TRUNCATE takes, if nobody looks on.
        """
        self._broom.execute("VACUUM outbox")
        if self._broom.execute("SELECT pg_relation_size('outbox')").fetchone() != (0,):
            self._broom.execute("TRUNCATE outbox")


class Databases:
    """Lends databases; those on PostgreSQL are used again when they come back."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._templates: dict[str, Path] = {}
        self._free: defaultdict[str, list[Lent]] = defaultdict(list)
        self._made = ExitStack()

    @contextmanager
    def lend(self, backend: str, service: str) -> Iterator[str]:
        """The URL of a database of this service that has all its tables, and nothing in them."""
        if backend == "sqlite":
            yield self.copy_into(self._folder, service)
            return
        lent = self._free[service].pop() if self._free[service] else self._make(service)
        yield lent.url
        if lent.emptied():
            self._free[service].append(lent)

    def close(self) -> None:
        """Drop all that was made."""
        self._made.close()

    def copy_into(self, folder: Path, service: str) -> str:
        """The URL of such a database on SQLite, in a folder of one's own."""
        if service not in self._templates:
            template = self._templates[service] = self._folder / f"{service}.db"
            _migrate(service, f"sqlite:///{template}")
        copy = folder / f"{service}-{uuid4().hex[:12]}.db"
        shutil.copy(self._templates[service], copy)
        return f"sqlite:///{copy}"

    def _make(self, service: str) -> Lent:
        url = self._made.enter_context(backends.new_database("postgres", self._folder, service))
        _migrate(service, url)
        with psycopg.connect(url, autocommit=True, connect_timeout=backends.PATIENCE) as conn:
            name = conn.info.dbname
            # No test of one process lets PostgreSQL itself die, so none has to wait for its disk. Those of real
            # processes make databases of their own, which keep what they confirmed.
            conn.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off'.encode())
        lent = Lent(url)
        self._made.callback(lent.close)
        return lent


def _migrate(service: str, url: str) -> None:
    parts = ASSEMBLE[service]({f"{service.upper()}_DATABASE_URL": url, **SETTINGS})
    parts.migrate()
    COMPILED.learn(parts.service.database)
    parts.service.database.dispose()
