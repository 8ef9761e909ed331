"""Contacts to which letters may not go: by what stands for them."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.domain.contacts import ContactRecord
from services.notifications.store.tables import contact_state
from shared.keeping import OneOf, keep_rows

_FIELDS = [contact_state.c[name] for name in ("mark", "revision", "opted_out", "unread_since", "silent_until")]
_LOST = sa.select(contact_state.c.mark).where(
    OneOf(contact_state.c.mark, "marks"),
    sa.or_(contact_state.c.opted_out, contact_state.c.silent_until.is_not(None)),
)


def lost(conn: Connection, marks: Collection[str]) -> set[str]:
    """Those of these marks to which no letter goes."""
    return set(conn.scalars(_LOST, {"marks": list(marks)})) if marks else set()


def stopped(conn: Connection, marks: Collection[str]) -> bool:
    """Whether whoever has one of these marks said STOP."""
    said = sa.select(contact_state.c.mark).where(contact_state.c.mark.in_(marks), contact_state.c.opted_out)
    return conn.execute(said.limit(1)).first() is not None


def lock(conn: Connection, marks: Collection[str]) -> list[ContactRecord]:
    """What is known of these contacts, locked in ascending order."""
    query = sa.select(*_FIELDS).where(contact_state.c.mark.in_(marks)).order_by(contact_state.c.mark)
    return [ContactRecord(**row._mapping) for row in conn.execute(query.with_for_update())]


def changed_at(conn: Connection, marks: Collection[str]) -> datetime | None:
    """Since when what is known of this contact is as it is."""
    times = conn.scalars(sa.select(contact_state.c.changed_at).where(contact_state.c.mark.in_(marks)))
    return max(times, default=None)


def keep(conn: Connection, records: Sequence[ContactRecord], since: datetime) -> None:
    """Keep how contacts stand `since` then."""
    rows = [asdict(one) | {"changed_at": since} for one in sorted(records, key=lambda one: one.mark)]
    changes = [column.name for column in contact_state.c if not column.primary_key]
    keep_rows(conn, contact_state, rows, changes=changes)


def silent_before(conn: Connection, now: datetime, limit: int) -> list[str]:
    """The contacts that letters came back from long enough ago."""
    over = contact_state.c.silent_until <= now
    return list(conn.scalars(sa.select(contact_state.c.mark).where(over).order_by(contact_state.c.mark).limit(limit)))


def every(conn: Connection, after: str, limit: int) -> list[ContactRecord]:
    """All contacts of which something is known, in parts."""
    query = sa.select(*_FIELDS).where(contact_state.c.mark > after).order_by(contact_state.c.mark).limit(limit)
    return [ContactRecord(**row._mapping) for row in conn.execute(query)]
