"""Letters as those look at them who look after them: filtered, found by a booking or a contact, one by one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Row

from services.notifications.domain.letter import Channel, Letter, LetterKind, LetterState
from services.notifications.store.letters import read_letter
from services.notifications.store.tables import known_booking, known_person, known_sitting, letter
from shared.contracts.sitting import Cantine
from shared.kept import as_known, words_of
from shared.text import is_storable

Place = tuple[datetime, str]
"""Where a page ends: the hour and the key of its first or last letter."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A letter with its fate at the provider's, to whom it goes, and the cantine that it is about."""

    letter: Letter
    sent_at: datetime | None
    provider: str | None
    provider_ref: str | None
    to: str = field(repr=False)
    cantine: Cantine | None


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which letters are looked at; of `cantines` (by slug), or of all; the latest `before` a place, or the next `after`
    one.
    """

    states: Sequence[LetterState]
    kinds: Collection[LetterKind] = ()
    cantines: Collection[str] | None = None
    booking: str = ""
    before: Place | None = None
    after: Place | None = None


_SLUG = known_sitting.c.cantine["slug"].as_string()
_ALL = (
    sa.select(
        letter,
        known_sitting.c.cantine,
        known_booking.c.email,
        known_booking.c.phone,
        known_person.c.email.label("person_email"),
        known_person.c.phone.label("person_phone"),
    )
    .outerjoin(known_sitting, known_sitting.c.id == letter.c.sitting)
    .outerjoin(known_booking, known_booking.c.id == letter.c.booking)
    .outerjoin(known_person, known_person.c.id == letter.c.person)
    .where(letter.c.kind.in_(words_of(LetterKind)))
)


def browse(conn: Connection, wanted: Filter, limit: int) -> list[Seen]:
    """The latest of these letters, or the next after a place; latest first. Each state is looked at by itself, which an
    index serves.
    """
    forward = wanted.after is not None
    order = (letter.c.due_at, letter.c.key) if forward else (letter.c.due_at.desc(), letter.c.key.desc())
    found: list[Seen] = []
    for state in wanted.states:
        query = _ALL.where(letter.c.state == state, *_conditions(wanted)).order_by(*order).limit(limit)
        found += map(_seen, conn.execute(query))
    found.sort(key=lambda one: (one.letter.due_at, one.letter.key), reverse=not forward)
    return found[:limit][::-1] if forward else found[:limit]


def find(conn: Connection, keys: Collection[str]) -> dict[str, Seen]:
    """Letters by key."""
    rows = conn.execute(_ALL.where(letter.c.key.in_([key for key in keys if is_storable(key)])))
    return {row.key: _seen(row) for row in rows}


def lock(conn: Connection, key: str) -> None:
    """Nobody else asks for this letter meanwhile."""
    if is_storable(key):
        conn.execute(sa.select(letter.c.key).where(letter.c.key == key).with_for_update())


def to_contact(
    conn: Connection, *, email: str | None, phone: str | None, cantines: Collection[str] | None, limit: int
) -> list[Seen]:
    """The latest letters to an address or a number."""
    column, value = ("email", email.lower()) if email else ("phone", phone)
    to_staff = sa.and_(letter.c.booking.is_(None), letter.c.person.is_(None))
    to_them = sa.or_(
        sa.func.lower(known_booking.c[column]) == value,
        sa.func.lower(known_person.c[column]) == value,
        sa.and_(to_staff, sa.func.lower(letter.c.facts[column].as_string()) == value),
    )
    query = _ALL.where(to_them, *_of(cantines)).order_by(letter.c.due_at.desc(), letter.c.key.desc()).limit(limit)
    return list(map(_seen, conn.execute(query)))


def booking_behind(conn: Connection, short_code: str) -> str | None:
    """The booking for which a short link stands."""
    return conn.scalar(sa.select(known_booking.c.id).where(known_booking.c.short_code == short_code))


def cantines(conn: Connection) -> list[Cantine]:
    """The cantines that letters are about, by name."""
    named = sa.select(_SLUG.label("slug"), known_sitting.c.id).where(known_sitting.c.starts_at.is_not(None)).subquery()
    latest = sa.select(sa.func.max(named.c.id)).group_by(named.c.slug)
    rows = conn.scalars(sa.select(known_sitting.c.cantine).where(known_sitting.c.id.in_(latest)))
    return sorted((as_known(Cantine, one) for one in rows if one), key=lambda one: one.name)


def _conditions(wanted: Filter) -> Iterable[ColumnElement[bool]]:
    if wanted.kinds:
        yield letter.c.kind.in_(wanted.kinds)
    if wanted.booking:
        yield letter.c.booking == wanted.booking
    if wanted.before:
        at, key = wanted.before
        yield sa.or_(letter.c.due_at < at, sa.and_(letter.c.due_at == at, letter.c.key < key))
    if wanted.after:
        at, key = wanted.after
        yield sa.or_(letter.c.due_at > at, sa.and_(letter.c.due_at == at, letter.c.key > key))
    yield from _of(wanted.cantines)


def _of(cantines: Collection[str] | None) -> Iterable[ColumnElement[bool]]:
    return () if cantines is None else (_SLUG.in_(cantines),)


def _seen(row: Row[Any]) -> Seen:
    one = read_letter(row)
    by_email = one.channel is Channel.EMAIL
    to = (row.email or row.person_email) if by_email else (row.phone or row.person_phone)
    if not to and one.booking is None and one.person is None:
        to = str(one.facts.get("email" if by_email else "phone", ""))
    return Seen(
        letter=one,
        sent_at=row.sent_at,
        provider=row.provider,
        provider_ref=row.provider_ref,
        to=to or "",
        cantine=as_known(Cantine, row.cantine) if row.cantine else None,
    )
