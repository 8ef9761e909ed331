"""Finding all that leads to a contact, and taking who it is out of it; and the journal of that."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.booking.domain.booking import Booking
from services.booking.store.tables import MESSAGING, booking, erasure, guest_link, idempotency_key, needs, person
from shared.contracts.erasure import Erasure
from shared.contracts.guest_link import GuestLink
from shared.keeping import keep_rows

AT_ONCE = 500  # in one statement


def contacts_of(conn: Connection, ids: Collection[str]) -> set[str]:
    """The addresses and numbers on these bookings that are on no other booking, in lower case."""
    mine = _ways(conn, booking.c.id.in_(ids))
    with_them = sa.or_(sa.func.lower(booking.c.email).in_(mine), booking.c.phone.in_(mine))
    return mine - _ways(conn, sa.and_(with_them, booking.c.id.not_in(ids)))


def every_contact(conn: Connection, before: datetime) -> set[str]:
    """All addresses and numbers that were known before then, in lower case."""
    persons = sa.select(person.c.address).where(person.c.since <= before)
    return _ways(conn, booking.c.created_at <= before) | set(conn.scalars(persons))


def erase(conn: Connection, bookings: Sequence[Booking]) -> None:
    """Whose these bookings are, which are locked, is known no more: of some but a name is left."""
    ids, named = [one.id for one in bookings], [one.id for one in bookings if one.contact.name]
    nobody = {"email": None, "phone": None, "proxy_name": None, "proxy_reached": False, "erased": True}
    name = sa.case((booking.c.id.in_(named), booking.c.name))
    conn.execute(sa.update(booking).where(booking.c.id.in_(ids)).values(name=name, **nobody))
    conn.execute(sa.delete(needs).where(needs.c.booking.in_(ids)))
    conn.execute(sa.delete(idempotency_key).where(idempotency_key.c.booking.in_(ids)))


def erase_links(conn: Connection, addresses: Collection[str]) -> None:
    """Links that were sent to these addresses and numbers lead nowhere; those on their way are no longer said."""
    theirs = guest_link.c.address.in_(addresses)
    links = list(conn.scalars(sa.select(guest_link.c.id).where(theirs)))
    conn.execute(sa.delete(guest_link).where(guest_link.c.id.in_(links)))
    outbox = MESSAGING.outbox
    conn.execute(sa.delete(outbox).where(outbox.c.kind == GuestLink.kind, outbox.c.thing.in_(links)))


def keep_journal(conn: Connection, erasures: Sequence[Erasure]) -> None:
    """Keep that contacts were erased, by what stands for them."""
    rows = [
        {"mark": one.thing, "revision": one.revision, "erased_at": one.erased_at}
        for one in sorted(erasures, key=lambda one: one.thing)
    ]
    keep_rows(conn, erasure, rows, changes=("revision", "erased_at"))


def journal(conn: Connection, marks: Collection[str] | None = None) -> Mapping[str, Erasure]:
    """Who was erased, by what stands for them: all, or of these."""
    query = sa.select(erasure).order_by(erasure.c.mark)
    if marks is not None:
        query = query.where(erasure.c.mark.in_(marks))
    return {
        row.mark: Erasure(thing=row.mark, revision=row.revision, erased_at=row.erased_at) for row in conn.execute(query)
    }


def forget_journal(conn: Connection, before: datetime) -> int:
    """Forget that contacts were erased so long ago. Returns how many."""
    return conn.execute(sa.delete(erasure).where(erasure.c.erased_at < before)).rowcount


def _ways(conn: Connection, which: sa.ColumnElement[bool]) -> set[str]:
    rows = conn.execute(sa.select(sa.func.lower(booking.c.email), booking.c.phone).where(which))
    return {one for row in rows for one in row if one}
