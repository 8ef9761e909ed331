"""Text messages that came in: kept, taken in the order of their arrival, looked after."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.domain.answers import Choice
from services.notifications.domain.meaning import Word
from services.notifications.domain.texts import TextFate, TextIn
from services.notifications.store.tables import choice, text_in
from shared.database import upsert
from shared.keeping import keep_rows

_SHOWN = ("number", "phone", "text", "received_at", "name", "sitting", "cantine")


@dataclass(frozen=True, kw_only=True)
class Unclear:
    """A text that a person should read. `cantine` (a slug) is None if nobody knows the number."""

    number: int
    phone: str = field(repr=False)
    text: str = field(repr=False)
    received_at: datetime
    name: str | None = field(repr=False)
    sitting: str | None
    cantine: str | None


def add(conn: Connection, key: str, phone: str, text: str, now: datetime) -> None:
    """Keep a text, unless it is here already."""
    values = {"key": key, "phone": phone, "text": text, "received_at": now}
    conn.execute(upsert(conn, text_in).values(values).on_conflict_do_nothing(index_elements=["key"]))


def take(conn: Connection) -> TextIn | None:
    """Lock the oldest text that was not handled, and that no other from the same number precedes."""
    earlier = text_in.alias()
    precedes = sa.select(earlier.c.number).where(
        earlier.c.phone == text_in.c.phone, earlier.c.handled_at.is_(None), earlier.c.number < text_in.c.number
    )
    query = (
        sa.select(text_in)
        .where(text_in.c.handled_at.is_(None), ~precedes.exists())
        .order_by(text_in.c.number)
        .limit(1)
        .with_for_update(skip_locked=True, of=text_in)
    )
    row = conn.execute(query).first()
    return _text(row) if row else None


def settle(
    conn: Connection,
    number: int,
    fate: TextFate,
    now: datetime,
    *,
    reply: str | None = None,
    name: str | None = None,
    sitting: str | None = None,
    cantine: str | None = None,
) -> None:
    """A text that is locked was handled, and what became of it."""
    values = {"handled_at": now, "fate": fate, "reply": reply, "name": name, "sitting": sitting, "cantine": cantine}
    conn.execute(sa.update(text_in).where(text_in.c.number == number).values(values))


def replies_since(conn: Connection, phone: str, since: datetime) -> list[str]:
    """The kinds of letters that went back to a number since then."""
    went = text_in.c.phone == phone, text_in.c.reply.is_not(None), text_in.c.handled_at > since
    return list(conn.scalars(sa.select(text_in.c.reply).where(*went)))


def unclear(conn: Connection, cantines: Collection[str] | None, limit: int) -> list[Unclear]:
    """What nobody has looked after yet, oldest first: at these cantines, or (None) everywhere and from strangers."""
    query = sa.select(*(text_in.c[name] for name in _SHOWN)).where(_OPEN)
    if cantines is not None:
        query = query.where(text_in.c.cantine.in_(cantines))
    return [Unclear(**row._mapping) for row in conn.execute(query.order_by(text_in.c.number).limit(limit))]


def look_after(conn: Connection, number: int, cantines: Collection[str] | None, by: str, now: datetime) -> None:
    """Somebody (an id of staff) has looked after a text; whoever was first is kept."""
    which = [text_in.c.number == number, _OPEN]
    if cantines is not None:
        which.append(text_in.c.cantine.in_(cantines))
    conn.execute(sa.update(text_in).where(*which).values(done_at=now, done_by=by))


def choice_of(conn: Connection, phone: str) -> Choice | None:
    """What a number was asked back last."""
    row = conn.execute(sa.select(choice).where(choice.c.phone == phone)).first()
    return Choice(word=Word(row.word), options=tuple(row.options), until=row.until) if row else None


def keep_choice(conn: Connection, phone: str, one: Choice | None) -> None:
    """Keep what a number is asked back; None: nothing any more."""
    if one is None:
        conn.execute(sa.delete(choice).where(choice.c.phone == phone))
        return
    row = {"phone": phone, "word": one.word.value, "options": list(one.options), "until": one.until}
    keep_rows(conn, choice, [row], changes=("word", "options", "until"))


_OPEN = sa.and_(text_in.c.fate == TextFate.UNCLEAR, text_in.c.done_at.is_(None))


def _text(row: Any) -> TextIn:
    return TextIn(number=row.number, key=row.key, phone=row.phone, text=row.text, received_at=row.received_at)
