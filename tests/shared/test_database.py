"""One engine for all threads of a process; the database's own trouble is told from ours."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, exc

from shared.database import Database, is_transient
from tests import backends

THREADS = 8


@pytest.fixture
def on_postgres(postgres: None, tmp_path: Path) -> Iterator[Database]:
    with backends.new_database("postgres", tmp_path, "trouble") as url:
        database = Database(url)
        yield database
        database.dispose()


def test_threads_that_ask_first_at_the_same_moment_share_one_engine(tmp_path: Path) -> None:
    for number in range(20):
        database, together = Database(f"sqlite:///{tmp_path}/{number}.db"), Barrier(THREADS)

        def ask(_: int, database: Database = database, together: Barrier = together) -> int:
            together.wait(timeout=10)
            return id(database.engine)

        with ThreadPoolExecutor(THREADS) as threads:
            assert len(set(threads.map(ask, range(THREADS)))) == 1
        database.dispose()


def _ends_its_connection(conn: Connection) -> None:
    conn.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))


def _takes_too_long(conn: Connection) -> None:
    conn.execute(sa.text("SET statement_timeout = 1"))
    conn.execute(sa.text("SELECT pg_sleep(5)"))


def _asks_for_what_is_not_there(conn: Connection) -> None:
    conn.execute(sa.text("SELECT * FROM nowhere"))


def _sends_what_cannot_be_sent(conn: Connection) -> None:
    conn.execute(sa.text("SELECT :text"), {"text": "\0"})


@pytest.mark.parametrize(
    ("deed", "transient"),
    [
        (_ends_its_connection, True),
        (_takes_too_long, True),
        (_asks_for_what_is_not_there, False),
        (_sends_what_cannot_be_sent, False),
    ],
)
def test_what_may_work_in_a_moment_is_told_from_what_never_will(
    on_postgres: Database, deed: Callable[[Connection], None], transient: bool
) -> None:
    with pytest.raises(exc.DBAPIError) as raised, on_postgres.begin() as conn:
        deed(conn)
    assert is_transient(raised.value) is transient


def test_a_server_that_is_away_is_transient(on_postgres: Database) -> None:
    nowhere = Database(on_postgres.url.set(port=1).render_as_string(hide_password=False))
    with pytest.raises(exc.DBAPIError) as raised, nowhere.begin():
        pass
    assert is_transient(raised.value)


def test_a_connection_that_died_while_it_rested_is_not_used(
    on_postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.database.RESTED", 0.0)
    with on_postgres.begin() as conn:
        first = conn.scalar(sa.text("SELECT pg_backend_pid()"))
    other = on_postgres.connect_alone()
    other.execute("SELECT pg_terminate_backend(%s, 5000)", (first,))
    other.close()
    with on_postgres.begin() as conn:
        assert conn.scalar(sa.text("SELECT pg_backend_pid()")) != first


def test_the_demo_runs_without_the_driver_for_postgres() -> None:
    question = "import sys, deploy.demo.product; print('psycopg' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
