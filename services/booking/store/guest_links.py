"""Keeping who asked for a link to their own page."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from services.booking.domain.guest_links import GuestLink
from services.booking.store.tables import guest_link


def add(conn: Connection, one: GuestLink, client: str) -> None:
    """Keep a request; `client` stands for where it came from."""
    values = {name: getattr(one, name) for name in ("id", "address", "contact", "language", "asked_at")}
    conn.execute(sa.insert(guest_link).values(client=client, **values))


def count_from(conn: Connection, client: str, since: datetime) -> int:
    """How many links were asked for from one place since then."""
    theirs = guest_link.c.client == client, guest_link.c.asked_at > since
    return conn.execute(sa.select(sa.func.count()).select_from(guest_link).where(*theirs)).scalar_one()


def is_one_waiting(conn: Connection) -> bool:
    """Whether somebody waits for a link."""
    return conn.execute(sa.select(guest_link.c.id).where(guest_link.c.looked_at.is_(None)).limit(1)).first() is not None


def lock_waiting(conn: Connection, limit: int) -> list[GuestLink]:
    """Some of the requests at which nobody has looked, oldest first, to look at."""
    waiting = sa.select(guest_link).where(guest_link.c.looked_at.is_(None))
    rows = conn.execute(waiting.order_by(guest_link.c.asked_at, guest_link.c.id).limit(limit).with_for_update())
    return [_read(row) for row in rows]


def sent_to(conn: Connection, contacts: Collection[str], since: datetime) -> list[datetime]:
    """When those requests were made, since then, to which links were sent to a contact, by what stands for it."""
    theirs = guest_link.c.contact.in_(contacts), guest_link.c.asked_at > since, guest_link.c.valid_until.is_not(None)
    return list(conn.scalars(sa.select(guest_link.c.looked_at).where(*theirs)))


def note_looked_at(conn: Connection, link_id: str, now: datetime, *, valid_until: datetime | None) -> None:
    """A request was looked at: a link is sent that is good until then, or none, and then nobody's address is kept."""
    values: dict[str, Any] = {"looked_at": now, "valid_until": valid_until}
    if valid_until is None:
        values["address"] = None
    conn.execute(sa.update(guest_link).where(guest_link.c.id == link_id).values(values))


def find(conn: Connection, link_id: str) -> GuestLink | None:
    """A request."""
    row = conn.execute(sa.select(guest_link).where(guest_link.c.id == link_id)).first()
    return _read(row) if row else None


def forget(conn: Connection, over_at: datetime, asked_before: datetime) -> int:
    """Forget the addresses of links that were over then, and the requests from before. Returns how many requests."""
    over = guest_link.c.valid_until <= over_at, guest_link.c.address.is_not(None)
    conn.execute(sa.update(guest_link).where(*over).values(address=None))
    return conn.execute(sa.delete(guest_link).where(guest_link.c.asked_at < asked_before)).rowcount


def _read(row: Row[Any]) -> GuestLink:
    return GuestLink(
        id=row.id,
        address=row.address,
        contact=row.contact,
        language=row.language,
        asked_at=row.asked_at,
        valid_until=row.valid_until,
    )
