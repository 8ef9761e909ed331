"""What is kept of somebody: the letters to them, and the texts that they sent."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.store.facts import with_address
from services.notifications.store.tables import TO_ASKERS, known_booking, known_person, letter, text_in

# Written out in the statement, so that the planner knows that the index over these kinds has them all.
_KINDS: Any = sa.bindparam("kinds", TO_ASKERS, expanding=True, literal_execute=True)


@dataclass(frozen=True, kw_only=True)
class KeptLetter:
    """A letter: what it told, about whom, by which way, what became of it, and when that was; `proxy` is who booked for
    them, if somebody did.
    """

    kind: str
    channel: str
    state: str
    at: datetime
    about: str = field(repr=False)
    proxy: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class KeptText:
    """A text from them, as it came, and what became of it; `name` is what we took them for."""

    text: str = field(repr=False)
    at: datetime
    fate: str | None
    name: str | None = field(repr=False)


def letters_to(conn: Connection, address: str) -> list[KeptLetter]:
    """The letters to an address or a number, or about bookings with it, latest first. By ids: letters are many."""
    whose = sa.select(known_booking.c.id, known_booking.c.name, known_booking.c.proxy)
    bookings = {row.id: row for row in conn.execute(whose.where(with_address(known_booking, address)))}
    persons = list(conn.scalars(sa.select(known_person.c.id).where(with_address(known_person, address))))
    at = sa.func.coalesce(letter.c.sent_at, letter.c.due_at, type_=letter.c.due_at.type).label("at")
    told = sa.select(letter.c.key, letter.c.kind, letter.c.channel, letter.c.state, letter.c.booking, at)
    queries = (letter.c.booking.in_(list(bookings)), letter.c.person.in_(persons), to_asker(address))
    rows = {row.key: row for query in queries for row in conn.execute(told.where(query))}
    found = []
    for row in sorted(sorted(rows.values(), key=lambda row: row.key), key=lambda row: row.at, reverse=True):
        about = bookings.get(row.booking)
        kept = {"kind": row.kind, "channel": row.channel, "state": row.state, "at": row.at}
        found.append(KeptLetter(about=(about and about.name) or "", proxy=about and about.proxy, **kept))
    return found


def to_asker(address: str) -> sa.ColumnElement[bool]:
    """Which letters went to whoever asked from an address or a number: their facts say so, while they wait."""
    mine = letter.c.facts["email" if "@" in address else "phone"].as_string()
    return sa.and_(letter.c.kind.in_(_KINDS), sa.func.lower(mine) == address)


def texts_from(conn: Connection, address: str) -> list[KeptText]:
    """The texts that came from a number, latest first."""
    query = sa.select(text_in).where(text_in.c.phone == address).order_by(text_in.c.number.desc())
    return [KeptText(text=row.text, at=row.received_at, fate=row.fate, name=row.name) for row in conn.execute(query)]
