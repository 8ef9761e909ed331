"""Idempotency keys: what was sent twice is done once."""

from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.booking.domain.once import Once
from services.booking.store.tables import idempotency_key
from shared.keeping import keep_rows


def claim(conn: Connection, wanted: Mapping[str, Once], clients: Mapping[str, str | None], now: datetime) -> set[str]:
    """Take keys for bookings, by booking id, each with what stands for where it came from. Returns the bookings whose
    key was taken before, or is just being taken by another transaction, which is waited for.
    """
    if not wanted:
        return set()
    rows = [
        {
            "key": once.key,
            "fingerprint": once.fingerprint,
            "booking": booking_id,
            "created_at": now,
            "client": clients.get(booking_id),
        }
        for booking_id, once in sorted(wanted.items(), key=lambda one: one[1].key)
    ]
    return wanted.keys() - {
        row.booking for row in keep_rows(conn, idempotency_key, rows, returning=(idempotency_key.c.booking,))
    }


def give_back(conn: Connection, taken: Collection[Once]) -> None:
    """Nothing was booked with these keys: who sends them again is served anew."""
    if taken:
        conn.execute(sa.delete(idempotency_key).where(idempotency_key.c.key.in_([once.key for once in taken])))


def kept(conn: Connection, taken: Collection[Once]) -> dict[str, tuple[str, str]]:
    """The (booking, fingerprint) of keys that are taken, by key."""
    rows = conn.execute(sa.select(idempotency_key).where(idempotency_key.c.key.in_([once.key for once in taken])))
    return {row.key: (row.booking, row.fingerprint) for row in rows}


def forget_before(conn: Connection, instant: datetime) -> int:
    """Forget old keys. Returns how many."""
    return conn.execute(sa.delete(idempotency_key).where(idempotency_key.c.created_at < instant)).rowcount
