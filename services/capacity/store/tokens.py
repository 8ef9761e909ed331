"""Tokens of programs in the database."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.domain.tokens import Token
from services.capacity.store.tables import token


def find(conn: Connection, digest: str) -> Token | None:
    """The token with this digest, or None."""
    row = conn.execute(sa.select(token).where(token.c.digest == digest)).one_or_none()
    return _read(row) if row else None


def of_staff(conn: Connection, staff_id: str) -> list[Token]:
    """The tokens of somebody, oldest first."""
    rows = conn.execute(sa.select(token).where(token.c.staff == staff_id).order_by(token.c.made_at, token.c.id))
    return [_read(row) for row in rows]


def add(conn: Connection, one: Token) -> None:
    """Keep a new token."""
    conn.execute(sa.insert(token).values({column.name: getattr(one, column.name) for column in token.c}))


def note_use(conn: Connection, token_id: str, at: datetime) -> None:
    """Keep when a token was last used."""
    conn.execute(sa.update(token).where(token.c.id == token_id).values(last_used_at=at))


def remove(conn: Connection, token_id: str, staff_id: str) -> None:
    """Forget a token of somebody, if it is theirs."""
    conn.execute(sa.delete(token).where(token.c.id == token_id, token.c.staff == staff_id))


def _read(row: Any) -> Token:
    return Token(**row._mapping)
