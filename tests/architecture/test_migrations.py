"""Whoever updates keeps what they had, and the version before works on.

Each migration is made on tables that have rows; then rows are written as they were before it, as processes of the
version before do while both run.

A migration may add (expand). What nobody uses any more goes (contract) in a release after the one that stopped using
it: put it into `CONTRACTED` then, with that release.
"""

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
CONTRACTED = {
    ("capacity", "0009"): "sitting.full_alerted_at goes: before the first release",
}
"""What the version before cannot write any more after a migration, and since which release it does not want to."""
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
_OTHERS: dict[type, Any] = {
    **_EXAMPLES,
    sa.Integer: 2,
    sa.LargeBinary: b"y",
    sa.Date: date(2026, 11, 28),
    sa.Time: time(19, 30),
    sa.String: "y",
}
Tables = dict[str, sa.Table]


def revisions(folder: Path) -> list[str]:
    """All revisions of a service, oldest first."""
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    return [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def row_of(table: sa.Table, examples: dict[type, Any] = _EXAMPLES) -> dict[str, object]:
    """Something that each column can hold; what it refers to has the same."""
    return {
        column.name: next(value for kind, value in examples.items() if isinstance(column.type, kind))
        for column in table.c
    }


def fill(conn: sa.Connection) -> Tables:
    """One row in every table that has none. All tables, those first that others refer to."""
    metadata = sa.MetaData()
    metadata.reflect(conn)
    tables = {table.name: table for table in metadata.sorted_tables if table.name != "alembic_version"}
    for table in tables.values():
        if not conn.execute(sa.select(1).select_from(table)).first():
            conn.execute(sa.insert(table), row_of(table))
    return tables


def not_taken_any_more(conn: sa.Connection, before: Tables) -> str | None:
    """What processes that know only the tables of before cannot write. Leaves nothing behind."""
    try:
        for table in before.values():
            conn.execute(sa.insert(table), row_of(table, _OTHERS))
    except sa.exc.DBAPIError as error:
        return f"{table.name}: {error.orig}"
    finally:
        conn.rollback()
    return None


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_lose_no_row_stumble_over_none_and_leave_room_for_the_version_before(
    service: str, backend: str, tmp_path: Path
) -> None:
    folder = SERVICE / service / "migrations"
    metadata = import_module(f"services.{service}.store.tables").metadata
    with backends.new_database(backend, tmp_path, service) as url:
        database = Database(url)
        tables: Tables = {}
        try:
            for revision in revisions(folder):
                migrate(database, folder, metadata, to=revision)
                with database.begin() as conn:
                    empty = {name for name in tables if _is_empty(conn, name)}
                    assert not empty, f"{revision} loses the rows of {empty}"
                    lost = not_taken_any_more(conn, tables)
                assert bool(lost) is ((service, revision) in CONTRACTED), f"{revision} breaks those before: {lost}"
                with database.begin() as conn:
                    tables = fill(conn)
        finally:
            database.dispose()


def _is_empty(conn: sa.Connection, name: str) -> bool:
    return sa.inspect(conn).has_table(name) and not conn.execute(sa.select(1).select_from(sa.table(name))).first()
