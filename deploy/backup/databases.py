"""One database, on PostgreSQL or SQLite: what it holds, a copy of it, and a copy put back."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

Counts = dict[str, int]


class CannotCopy(Exception):
    """It cannot be done, and why, for an operator."""


def open_database(url: str) -> "Postgres | Sqlite":
    """The database at a URL, as settings name it."""
    place = sa.make_url(url)
    return Sqlite(Path(place.database or "")) if place.drivername.startswith("sqlite") else Postgres(place)


@dataclass(frozen=True)
class Postgres:
    """Copied by pg_dump and put back by pg_restore, in the format that both call `custom`."""

    place: sa.URL

    def copy(self, file: Path) -> Counts:
        """Write a copy; returns how many rows each table has in that very copy."""
        with self._connected() as conn:
            conn.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            snapshot = str(conn.scalar(sa.text("SELECT pg_export_snapshot()")))
            self._run("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={file}")
            return _counts(conn)

    def put_back(self, file: Path) -> None:
        """Fill an empty database: all of it, or nothing."""
        if self.counts():
            raise CannotCopy(f"The database {self.place.database} is not empty: nothing is overwritten.")
        # The copy holds `CREATE SCHEMA public` on some versions: who is not the administrator may not say it.
        self._run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(file))

    def counts(self) -> Counts:
        """How many rows each table has."""
        with self._connected() as conn:
            return _counts(conn)

    @contextmanager
    def _connected(self) -> Iterator[sa.Connection]:
        engine = sa.create_engine(self.place.set(drivername="postgresql+psycopg"), connect_args={"connect_timeout": 5})
        try:
            with engine.connect() as conn:
                yield conn
        finally:
            engine.dispose()

    def _run(self, program: str, *arguments: str) -> None:
        if not shutil.which(program):
            raise CannotCopy(f"{program} is not installed here: it comes with PostgreSQL's client.")
        told = {"PGHOST": self.place.host, "PGPORT": self.place.port, "PGUSER": self.place.username}
        told |= {"PGPASSWORD": self.place.password, "PGDATABASE": self.place.database}
        env = os.environ | {name: str(value) for name, value in told.items() if value}
        where = ["--dbname", str(self.place.database)] if program == "pg_restore" else []
        done = subprocess.run(  # noqa: S603 - PostgreSQL's own; its password is no argument, which all could see
            [program, "--no-password", *where, *arguments], env=env, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise CannotCopy(f"{program} failed: {done.stderr.strip()[:500]}")


@dataclass(frozen=True)
class Sqlite:
    """Copied by SQLite itself, while it is being written to as well."""

    file: Path

    def copy(self, file: Path) -> Counts:
        """Write a copy; returns how many rows each table has in that very copy."""
        if not self.file.exists():
            raise CannotCopy(f"There is no database at {self.file}.")
        file.unlink(missing_ok=True)
        _copy_sqlite(self.file, file)
        return Sqlite(file).counts()

    def put_back(self, file: Path) -> None:
        """Make the database anew from a copy."""
        if self.file.exists() and self.counts():
            raise CannotCopy(f"The database {self.file} is not empty: nothing is overwritten.")
        self.file.parent.mkdir(parents=True, exist_ok=True)
        _copy_sqlite(file, self.file)

    def counts(self) -> Counts:
        """How many rows each table has."""
        engine = sa.create_engine(f"sqlite:///{self.file}")
        try:
            with engine.connect() as conn:
                return _counts(conn)
        finally:
            engine.dispose()


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        ((answer,),) = new.execute("PRAGMA integrity_check").fetchall()
        if answer != "ok":
            raise CannotCopy(f"The copy of {source} is damaged: {answer}.")


def _counts(conn: sa.Connection) -> Counts:
    names = sorted(sa.inspect(conn).get_table_names())
    return {name: conn.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0 for name in names}
