"""Whoever updates keeps what they had: each migration is made on tables that have rows."""

from datetime import UTC, date, datetime, time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory

from shared.contracts.routes import SERVICES
from shared.database import Database
from shared.migrations import migrate
from tests import backends

SERVICE = Path(__file__).parents[2] / "services"
_EXAMPLES: dict[type, Any] = {
    sa.Boolean: False,
    sa.Integer: 1,
    sa.Float: 1.5,
    sa.LargeBinary: b"x",
    sa.Date: date(2026, 11, 27),
    sa.Time: time(12, 30),
    sa.DateTime: datetime(2026, 11, 27, 11, 30, tzinfo=UTC),
    sa.JSON: {"seats": 10, "cook_places": 2},  # a kitchen, as the oldest plans have it
    sa.String: "x",
}


def revisions(folder: Path) -> list[str]:
    """All revisions of a service, oldest first."""
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    return [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def example(column: sa.Column[Any]) -> object:
    """Something that a column can hold; what it refers to has the same."""
    return next(value for kind, value in _EXAMPLES.items() if isinstance(column.type, kind))


def fill(conn: sa.Connection) -> set[str]:
    """One row in every table that has none. The names of all tables."""
    metadata = sa.MetaData()
    metadata.reflect(conn)
    for table in metadata.sorted_tables:
        if table.name != "alembic_version" and not conn.execute(sa.select(1).select_from(table)).first():
            conn.execute(sa.insert(table), {column.name: example(column) for column in table.c})
    return {table.name for table in metadata.sorted_tables}


@pytest.mark.parametrize("service", SERVICES)
def test_no_migration_loses_a_row_or_stumbles_over_one(service: str, backend: str, tmp_path: Path) -> None:
    folder = SERVICE / service / "migrations"
    metadata = import_module(f"services.{service}.store.tables").metadata
    with backends.new_database(backend, tmp_path, service) as url:
        database = Database(url)
        tables: set[str] = set()
        try:
            for revision in revisions(folder):
                migrate(database, folder, metadata, to=revision)
                with database.begin() as conn:
                    empty = {name for name in tables if _is_empty(conn, name)}
                    assert not empty, f"{revision} loses the rows of {empty}"
                    tables = fill(conn)
        finally:
            database.dispose()


def _is_empty(conn: sa.Connection, name: str) -> bool:
    return sa.inspect(conn).has_table(name) and not conn.execute(sa.select(1).select_from(sa.table(name))).first()
