"""The mailbox of the demo: what the recorder received."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from services.notifications.domain.letter import Channel
from services.notifications.domain.sending import Outgoing
from services.notifications.store.tables import mailbox
from shared.database import upsert
from shared.text import is_storable


@dataclass(frozen=True, kw_only=True)
class Received:
    """One e-mail or SMS in the mailbox."""

    id: int
    key: str
    channel: Channel
    address: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str = field(repr=False)
    calendar: str | None = field(repr=False)
    received_at: datetime


_LARGEST = 2**31 - 1


def receive(conn: Connection, outgoing: Outgoing, now: datetime) -> None:
    """Put a letter into the mailbox; one that is there already stays alone."""
    conn.execute(
        upsert(conn, mailbox).on_conflict_do_nothing(),
        {
            "key": outgoing.key,
            "channel": outgoing.channel,
            "address": outgoing.to,
            "subject": outgoing.subject,
            "text": outgoing.text,
            "html": outgoing.html,
            "calendar": outgoing.calendar.text if outgoing.calendar else None,
            "received_at": now,
        },
    )


def latest(conn: Connection, *, parts: Collection[str], limit: int = 50) -> list[Received]:
    """The newest messages first, of those to an address that contains one of these parts."""
    if not all(is_storable(part) for part in parts):
        return []
    found = sa.or_(*(mailbox.c.address.icontains(part, autoescape=True) for part in parts))
    query = sa.select(mailbox).where(found).order_by(mailbox.c.id.desc()).limit(limit)
    return [_received(row) for row in conn.execute(query)]


def find(conn: Connection, message_id: int) -> Received | None:
    """One message, or None; no message has a number that the database cannot hold."""
    if message_id > _LARGEST:
        return None
    row = conn.execute(sa.select(mailbox).where(mailbox.c.id == message_id)).one_or_none()
    return _received(row) if row else None


def _received(row: Row[Any]) -> Received:
    return Received(**{**row._mapping, "channel": Channel(row.channel)})
