"""Many rows in one statement come back as they were, on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import sqlalchemy as sa

from shared.database import Database, Instant
from shared.keeping import OneOf, among, given, keep_rows, newer
from tests import backends

MEAL = sa.Table(
    "meal",
    sa.MetaData(),
    sa.Column("id", sa.String(80), primary_key=True),
    sa.Column("revision", sa.BigInteger, nullable=False),
    sa.Column("menu", sa.Text, nullable=True),
    sa.Column("allergens", sa.JSON(none_as_null=True), nullable=True),
    sa.Column("date", sa.Date, nullable=True),
    sa.Column("starts", sa.Time, nullable=True),
    sa.Column("cutoff_at", Instant, nullable=True),
    sa.Column("open", sa.Boolean, nullable=True),
)
SOUP = {
    "id": "soup",
    "revision": 2**62,
    "menu": 'Soupe « à l’oignon », "maison" \\ 🍲\n',
    "allergens": ["céleri", {"deep": None}],
    "date": date(2026, 11, 29),
    "starts": time(12, 30),
    "cutoff_at": datetime(2026, 11, 28, 18, 0, 0, 123456, UTC),
    "open": True,
}
NOTHING = dict.fromkeys(SOUP) | {"id": "nothing", "revision": 1}


@pytest.fixture
def database(backend: str, tmp_path: Path) -> Iterator[Database]:
    with backends.new_database(backend, tmp_path, "keeping") as url:
        database = Database(url)
        MEAL.metadata.create_all(database.engine)
        yield database
        database.dispose()


def test_rows_come_back_as_they_were(database: Database) -> None:
    with database.begin() as conn:
        keep_rows(conn, MEAL, [SOUP, NOTHING])
        kept = [dict(row._mapping) for row in conn.execute(sa.select(MEAL).order_by(MEAL.c.revision.desc()))]
    assert kept == [SOUP, NOTHING]


def test_only_a_later_revision_changes_what_is_there(database: Database) -> None:
    older, later = SOUP | {"revision": 1}, NOTHING | {"revision": 2, "menu": "tarte"}
    with database.begin() as conn:
        keep_rows(conn, MEAL, [SOUP, NOTHING])
        columns = ("revision", "menu")
        changed = keep_rows(
            conn, MEAL, [later, older], changes=columns, where=newer, returning=(MEAL.c.id, MEAL.c.menu)
        )
        assert changed == [("nothing", "tarte")]
        assert conn.scalars(sa.select(MEAL.c.menu).order_by(MEAL.c.id)).all() == ["tarte", SOUP["menu"]]


def test_rows_are_found_by_several_columns_together(database: Database) -> None:
    with database.begin() as conn:
        keep_rows(conn, MEAL, [SOUP, NOTHING])
        these = sa.select(MEAL.c.id).where(among(conn.dialect.name, MEAL, ("id", "revision")))
        rows = given(conn, ("id", "revision"), [("soup", 2**62), ("nothing", 2)])
        assert conn.scalars(these, rows).all() == ["soup"]


@pytest.mark.parametrize(
    "ids", [[], ["soup"], ["nothing", "soup", "soup", 'no "such" \\ one'], [str(n) for n in range(2000)]]
)
def test_rows_are_found_by_any_number_of_ids(database: Database, ids: list[str]) -> None:
    with database.begin() as conn:
        keep_rows(conn, MEAL, [SOUP, NOTHING])
        found = conn.scalars(sa.select(MEAL.c.id).where(OneOf(MEAL.c.id, "ids")).with_for_update(), {"ids": ids}).all()
        assert sorted(found) == sorted({"soup", "nothing"}.intersection(ids))


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    with database.begin() as conn, pytest.raises((ValueError, sa.exc.StatementError), match="time zone"):
        keep_rows(conn, MEAL, [SOUP | {"cutoff_at": datetime(2026, 11, 28, 18, 0)}])  # noqa: DTZ001
