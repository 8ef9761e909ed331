"""Idempotency keys: what was sent twice is done once."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.booking.domain.once import Once
from services.booking.store.tables import idempotency_key
from shared.database import upsert


def claim(conn: Connection, once: Once, booking_id: str, now: datetime) -> bool:
    """Take a key for a booking; False if it is taken. Waits for another transaction that is just taking it."""
    taken = conn.execute(
        upsert(conn, idempotency_key)
        .values(key=once.key, fingerprint=once.fingerprint, booking=booking_id, created_at=now)
        .on_conflict_do_nothing()
        .returning(idempotency_key.c.key)
    )
    return taken.first() is not None


def taken(conn: Connection, key: str) -> tuple[str, str]:
    """The (booking, fingerprint) of a key that is taken."""
    row = conn.execute(
        sa.select(idempotency_key.c.booking, idempotency_key.c.fingerprint).where(idempotency_key.c.key == key)
    ).one()
    return row.booking, row.fingerprint


def forget_before(conn: Connection, instant: datetime) -> int:
    """Forget old keys. Returns how many."""
    return conn.execute(sa.delete(idempotency_key).where(idempotency_key.c.created_at < instant)).rowcount
