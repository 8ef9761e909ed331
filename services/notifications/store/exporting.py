"""What is kept of somebody: the letters to them, and the texts that they sent."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.domain.letter import BACK_TO_TEXTS, LetterKind
from services.notifications.store.tables import known_booking, known_person, letter, text_in


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
    """The letters to an address or a number, or about bookings with it, latest first."""
    column = "email" if "@" in address else "phone"
    to_them = sa.or_(
        sa.func.lower(known_booking.c[column]) == address,
        sa.func.lower(known_person.c[column]) == address,
        sa.and_(
            letter.c.kind.in_([LetterKind.GUEST_LINK, *BACK_TO_TEXTS]),
            sa.func.lower(letter.c.facts[column].as_string()) == address,
        ),
    )
    at = sa.func.coalesce(letter.c.sent_at, letter.c.due_at, type_=letter.c.due_at.type).label("at")
    query: Any = (
        sa.select(letter.c.kind, letter.c.channel, letter.c.state, at, known_booking.c.name, known_booking.c.proxy)
        .outerjoin(known_booking, known_booking.c.id == letter.c.booking)
        .outerjoin(known_person, known_person.c.id == letter.c.person)
        .where(to_them)
        .order_by(at.desc(), letter.c.key)
    )
    return [
        KeptLetter(
            kind=row.kind, channel=row.channel, state=row.state, at=row.at, about=row.name or "", proxy=row.proxy
        )
        for row in conn.execute(query)
    ]


def texts_from(conn: Connection, address: str) -> list[KeptText]:
    """The texts that came from a number, latest first."""
    query = sa.select(text_in).where(text_in.c.phone == address).order_by(text_in.c.number.desc())
    return [KeptText(text=row.text, at=row.received_at, fate=row.fate, name=row.name) for row in conn.execute(query)]
