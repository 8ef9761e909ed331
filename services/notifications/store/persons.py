"""Persons as booking told of them, and what they are asked."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from services.notifications.domain.persons import Asked, Person
from services.notifications.store.tables import known_ask, known_person
from shared.contracts.person import PersonNotice
from shared.keeping import keep_rows

_TOLD = ("name", "email", "phone", "language")


def keep(conn: Connection, notices: Sequence[PersonNotice]) -> None:
    """Write down how persons stand; they are locked, in ascending order."""
    rows = [
        {"id": one.thing, **{name: getattr(one, name) for name in _TOLD}}
        for one in sorted(notices, key=lambda one: one.thing)
    ]
    keep_rows(conn, known_person, rows, changes=_TOLD)


def forget(conn: Connection, ids: Collection[str]) -> None:
    """Of these persons nothing stays, their links neither."""
    conn.execute(sa.delete(known_ask).where(known_ask.c.person.in_(ids)))
    conn.execute(sa.delete(known_person).where(known_person.c.id.in_(ids)))


def keep_asks(conn: Connection, persons: Collection[str], asked: Sequence[Asked]) -> None:
    """These persons are asked this, and nothing else any more."""
    conn.execute(sa.update(known_ask).where(known_ask.c.person.in_(persons)).values(standing=False))
    names = ("person", "sitting", "call", "until", "link", "short_code")
    rows = [
        {**{name: getattr(one, name) for name in names}, "standing": True}
        for one in sorted(asked, key=lambda one: (one.person, one.sitting))
    ]
    keep_rows(conn, known_ask, rows, changes=("call", "until", "link", "standing"))


def some(conn: Connection, ids: Collection[str]) -> dict[str, Person]:
    """Persons by id, as far as they are known."""
    rows = conn.execute(sa.select(known_person).where(known_person.c.id.in_(ids)))
    return {row.id: Person(**row._mapping) for row in rows}


def with_phone(conn: Connection, phone: str) -> dict[str, Person]:
    """Persons who are written to at a telephone number, by id."""
    rows = conn.execute(sa.select(known_person).where(known_person.c.phone == phone, known_person.c.email.is_(None)))
    return {row.id: Person(**row._mapping) for row in rows}


def with_address(conn: Connection, address: str) -> list[str]:
    """Persons who are written to at an e-mail address, or a telephone number, in order."""
    theirs = sa.or_(sa.func.lower(known_person.c.email) == address.lower(), known_person.c.phone == address)
    return list(conn.scalars(sa.select(known_person.c.id).where(theirs).order_by(known_person.c.id)))


def asks_of(conn: Connection, persons: Collection[str]) -> dict[str, Asked]:
    """What these persons are asked now, by the key of the letter."""
    query = sa.select(known_ask).where(known_ask.c.person.in_(persons), known_ask.c.standing)
    return {one.key: one for one in map(_asked, conn.execute(query))}


def _asked(row: Row[Any]) -> Asked:
    return Asked(**{name: value for name, value in row._mapping.items() if name != "standing"})
