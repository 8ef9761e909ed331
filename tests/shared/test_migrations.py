"""Migrating under processes that work: one waits for the other, and an older version leaves the newer one's schema."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from services.notifications.bootstrap import assemble
from services.notifications.store.tables import metadata
from shared import migrations
from shared.cli import make_cli
from shared.database import Database
from tests import backends
from tests.stories.house import environment

FOLDER = Path(__file__).parents[2] / "services/notifications/migrations"
A_STEP = "0026"  # adds to the letters
BEFORE = "0025"


@pytest.fixture
def url(backend: str, tmp_path: Path) -> Iterator[str]:
    with backends.new_database(backend, tmp_path, "notifications") as url:
        yield url


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.dispose()


def revision_of(database: Database) -> Any:
    with database.begin() as conn:
        return conn.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def test_an_older_version_leaves_the_schema_of_a_newer_one(database: Database, url: str) -> None:
    assert migrations.migrate(database, FOLDER, metadata)
    with database.begin() as conn:
        conn.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    assert not migrations.migrate(database, FOLDER, metadata)
    assert revision_of(database) == "9999"
    parts = assemble(environment({"notifications": url}))
    done = CliRunner().invoke(make_cli("notifications", lambda: parts), ["migrate"])
    parts.service.database.dispose()
    assert done.exit_code == 0
    assert "notifications: the database is of a newer version, and left as it is." in done.output


def test_a_step_waits_for_who_reads_and_lets_others_pass_meanwhile(
    postgres: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with backends.new_database("postgres", tmp_path, "notifications") as url:
        database = Database(url)
        migrations.migrate(database, FOLDER, metadata, to=BEFORE)
        with psycopg.connect(url, connect_timeout=3) as reader:
            reader.execute("SELECT 1 FROM letter")
            gave_way = _when_it_gives_way(monkeypatch, reader.rollback)
            assert migrations.migrate(database, FOLDER, metadata, to=A_STEP)
        assert gave_way.is_set()
        assert revision_of(database) == A_STEP
        database.dispose()


def _when_it_gives_way(monkeypatch: pytest.MonkeyPatch, then: Callable[[], None]) -> threading.Event:
    """Do something the first time that a migration gives way to others, instead of waiting."""
    gave_way = threading.Event()

    def wait(_seconds: float) -> None:
        gave_way.set()
        then()

    monkeypatch.setattr(migrations, "sleep", wait)
    return gave_way
