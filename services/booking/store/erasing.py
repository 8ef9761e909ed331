"""Finding all that leads to a contact, and taking who it is out of it."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.booking.domain.booking import Booking
from services.booking.store import held
from services.booking.store.tables import (
    MESSAGING,
    booking,
    erasure,
    guest_link,
    held_wish,
    idempotency_key,
    needs,
    person,
)
from shared.contracts.erasure import Erasure
from shared.contracts.guest_link import GuestLink
from shared.erasures import Journal

JOURNAL = Journal(erasure, Erasure)


def contacts_of(conn: Connection, ids: Collection[str]) -> set[str]:
    """The addresses and numbers on these bookings that are on no other booking, in lower case."""
    mine = _ways(conn, booking.c.id.in_(ids))
    with_them = sa.or_(sa.func.lower(booking.c.email).in_(mine), booking.c.phone.in_(mine))
    return mine - _ways(conn, sa.and_(with_them, booking.c.id.not_in(ids)))


def every_contact(conn: Connection, before: datetime) -> set[str]:
    """All addresses and numbers that were known before then, in lower case."""
    persons = sa.select(person.c.address).where(person.c.since <= before)
    found = _ways(conn, booking.c.created_at <= before) | set(conn.scalars(persons))
    return found | held.every_contact(conn, before)


def erase(conn: Connection, bookings: Sequence[Booking]) -> None:
    """Whose these bookings are, which are locked, is known no more: of some but a name is left, and what these guests
    need at the table, which is not their proxy's.
    """
    ids, named = [one.id for one in bookings], [one.id for one in bookings if one.contact.name]
    nobody = {"email": None, "phone": None, "proxy_name": None, "proxy_reached": False, "membership": False}
    name = sa.case((booking.c.id.in_(named), booking.c.name))
    conn.execute(sa.update(booking).where(booking.c.id.in_(ids)).values(name=name, erased=True, **nobody))
    conn.execute(sa.delete(needs).where(needs.c.booking.in_([one for one in ids if one not in named])))
    conn.execute(sa.delete(idempotency_key).where(idempotency_key.c.booking.in_(ids)))


def erase_links(conn: Connection, addresses: Collection[str]) -> None:
    """Links that were sent to these addresses and numbers lead nowhere, requests that wait are gone; what is on its
    way is no longer said.
    """
    theirs = sa.select(guest_link.c.id).where(guest_link.c.address.in_(addresses))
    links = list(conn.scalars(theirs.order_by(guest_link.c.asked_at, guest_link.c.id).with_for_update()))
    conn.execute(sa.delete(guest_link).where(guest_link.c.id.in_(links)))
    waiting = sa.select(held_wish.c.id).where(held.of_somebody(addresses))
    requests = list(conn.scalars(waiting.order_by(held_wish.c.id).with_for_update()))
    conn.execute(sa.delete(held_wish).where(held_wish.c.id.in_(requests)))
    outbox = MESSAGING.outbox
    said = outbox.c.kind == GuestLink.kind, outbox.c.thing.in_([*links, *requests])
    conn.execute(sa.select(outbox.c.thing).where(*said).order_by(outbox.c.thing).with_for_update())
    conn.execute(sa.delete(outbox).where(*said))


def _ways(conn: Connection, which: sa.ColumnElement[bool]) -> set[str]:
    rows = conn.execute(sa.select(sa.func.lower(booking.c.email), booking.c.phone).where(which))
    return {one for row in rows for one in row if one}
