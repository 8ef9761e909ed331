"""Many rows in one statement, which is made once and then only given other values."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

Computed = Callable[[Any, Any], Mapping[str, ColumnElement[Any]]]
Condition = Callable[[Any, Any], ColumnElement[bool]]

_STATEMENTS = 512  # more than a process has; tests have tables without number


def keep_rows(
    conn: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    changes: Iterable[str] = (),
    computed: Computed | None = None,
    where: Condition | None = None,
    returning: tuple[ColumnElement[Any], ...] = (),
) -> Sequence[Any]:
    """Insert these rows; of those whose primary key is there already, these columns change (by default none).

    Given the old and the new values, `computed` says what some columns become instead, and `where` which rows change.
    They are functions with a name: the statement is made once for each. Rows are locked in the order of `rows`. Gives
    what is named in `returning` of each row that was inserted or changed.
    """
    if not rows:
        return []
    statement = _keeping(
        conn.dialect.name,
        table,
        names=tuple(rows[0]),
        changes=tuple(changes),
        computed=computed,
        where=where,
        returning=returning,
    )
    if conn.dialect.name == "sqlite":
        result = conn.execute(statement, list(rows))
    else:
        result = conn.execute(statement, {"rows": _as_text(rows)})
    return result.all() if returning else []


def newer(old: Any, new: Any) -> ColumnElement[bool]:
    """Which rows change: those whose revision rises."""
    return old.revision < new.revision  # type: ignore[no-any-return]


def not_older(old: Any, new: Any) -> ColumnElement[bool]:
    """Which rows change: those whose revision does not fall."""
    return old.revision <= new.revision  # type: ignore[no-any-return]


def revision_of_change(column: str, names: Sequence[str]) -> Computed:
    """For `keep_rows`: `column` becomes the new `revision` if one of these columns changes."""

    def computed(old: Any, new: Any) -> dict[str, ColumnElement[Any]]:
        as_text = [(sa.cast(old[name], sa.Text), sa.cast(new[name], sa.Text)) for name in names]  # documents too
        changed = sa.or_(*(before.is_distinct_from(after) for before, after in as_text))
        return {column: sa.case((changed, new.revision), else_=old[column])}

    return computed


def among(dialect: str, table: Table, names: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether these columns of a row of the table are, together, one of the rows that are `given` to the statement."""
    columns = sa.tuple_(*(table.c[name] for name in names))
    if dialect == "sqlite":
        return columns.in_(sa.bindparam("rows", expanding=True))
    return columns.in_(_from_text(table, names))


def given(conn: Connection, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """The parameter with the rows for `among`."""
    if conn.dialect.name == "sqlite":
        return {"rows": [tuple(row) for row in rows]}
    return {"rows": _as_text([dict(zip(names, row, strict=True)) for row in rows])}


class _Texts(TypeDecorator[Sequence[str]]):
    """Any number of texts as one value."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        return dialect.type_descriptor(sa.Text() if dialect.name == "sqlite" else sa.ARRAY(sa.Text))

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return json.dumps(list(value)) if dialect.name == "sqlite" else list(value)


class OneOf(FunctionElement[bool]):
    """Whether a column of texts is one of those that are given to the statement under a name.

    However many they are, the statement is the same, so that it is made and planned once. PostgreSQL keeps a plan that
    it made when the table was small: they are joined, for a list of values would then be gone through for every row.
    """

    type = sa.Boolean()
    inherit_cache = True

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        super().__init__(column, sa.bindparam(name, type_=_Texts()))


@compiles(OneOf)
def _among_those_of_an_array(element: Any, compiler: Any, **how: Any) -> str:
    column, texts = (compiler.process(one, **how) for one in element.clauses)
    return f"{column} IN (SELECT unnest({texts}))"


@compiles(OneOf, "sqlite")
def _among_those_of_a_document(element: Any, compiler: Any, **how: Any) -> str:
    column, texts = (compiler.process(one, **how) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({texts}))"  # noqa: S608 - both are made by SQLAlchemy


def _as_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as PostgreSQL reads them. Raises ValueError for an instant without a zone."""
    return json.dumps(rows, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"no column holds a {type(value).__name__}")


@lru_cache(_STATEMENTS)
def _keeping(
    dialect: str,
    table: Table,
    *,
    names: tuple[str, ...],
    changes: tuple[str, ...],
    computed: Computed | None,
    where: Condition | None,
    returning: tuple[ColumnElement[Any], ...],
) -> Any:
    statement: Any = (
        sqlite.insert(table)
        if dialect == "sqlite"
        else postgresql.insert(table).from_select(names, _from_text(table, names))
    )
    new = statement.excluded
    values = {name: new[name] for name in changes} | dict(computed(table.c, new) if computed else {})
    if values:
        condition = None if where is None else where(table.c, new)
        statement = statement.on_conflict_do_update(
            index_elements=list(table.primary_key), set_=values, where=condition
        )
    else:
        statement = statement.on_conflict_do_nothing()
    return statement.returning(*returning) if returning else statement


@lru_cache(_STATEMENTS)
def _from_text(table: Table, names: Sequence[str]) -> sa.Select[Any]:
    """The rows in the parameter `rows`, on PostgreSQL: one text, however many rows and columns."""
    rows = sa.cast(sa.bindparam("rows", type_=sa.Text), sa.JSON)
    read = sa.func.json_populate_recordset(sa.text(f"NULL::{table.name}"), rows)
    columns = read.table_valued(*(sa.column(name, table.c[name].type) for name in names))
    return sa.select(*columns.c)
