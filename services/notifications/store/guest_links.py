"""Links to a guest's own page that are still good: so that they see here what was written to them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.store.tables import guest_link
from shared.contracts.guest_link import GuestLink
from shared.keeping import keep_rows


def keep(conn: Connection, links: Sequence[GuestLink]) -> None:
    """Keep to whom each was sent, while it is good."""
    rows = [
        {"id": one.thing, "address": (one.email or one.phone or "").lower(), "valid_until": one.valid_until}
        for one in sorted(links, key=lambda one: one.thing)
    ]
    keep_rows(conn, guest_link, rows)


def address_behind(conn: Connection, link: str, now: datetime) -> str | None:
    """To whom a link was sent; None if it is not good (any more)."""
    good = guest_link.c.id == link, guest_link.c.valid_until > now
    return conn.scalar(sa.select(guest_link.c.address).where(*good))


def forget(conn: Connection, now: datetime) -> int:
    """Forget those that are over. Returns how many."""
    return conn.execute(sa.delete(guest_link).where(guest_link.c.valid_until <= now)).rowcount
