"""Keeping which contacts letters do not reach, by what stands for them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.booking.store.tables import lost_contact
from shared.contracts.reply import ContactState
from shared.keeping import keep_rows


def keep(conn: Connection, states: Sequence[ContactState], now: datetime) -> None:
    """Keep those that are lost; the others are lost no more."""
    found = sorted((one for one in states if not one.lost), key=lambda one: one.thing)
    conn.execute(sa.delete(lost_contact).where(lost_contact.c.mark.in_([one.thing for one in found])))
    rows = [
        {"mark": one.thing, "unread_since": one.unread_since, "heard_at": now}
        for one in sorted(states, key=lambda one: one.thing)
        if one.lost
    ]
    keep_rows(conn, lost_contact, rows, changes=("unread_since", "heard_at"))


def every(conn: Connection) -> dict[str, datetime | None]:
    """All of them: since when each is lost (None: ever), by its mark. They are few."""
    return {row.mark: row.unread_since for row in conn.execute(sa.select(lost_contact))}
