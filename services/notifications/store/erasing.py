"""Finding all that leads to a contact, and taking it away; and the journal of that."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.domain.letter import BACK_TO_TEXTS, NOT_WANTED, WAITING, LetterKind, LetterState
from services.notifications.store.tables import (
    MESSAGING,
    choice,
    erasure,
    guest_link,
    known_booking,
    letter,
    mailbox,
    text_in,
)
from shared.contracts.erasure import Erased
from shared.keeping import keep_rows

_TO_ASKERS = (LetterKind.GUEST_LINK, *BACK_TO_TEXTS)  # letters whose facts say to whom they go
_attempt = MESSAGING.attempt


def every_contact(conn: Connection) -> set[str]:
    """All addresses and numbers of guests that are known, in lower case."""
    facts = letter.c.facts
    queries = (
        sa.select(sa.func.lower(known_booking.c.email)).distinct(),
        sa.select(known_booking.c.phone).distinct(),
        sa.select(text_in.c.phone).distinct(),
        sa.select(choice.c.phone),
        sa.select(guest_link.c.address),
        sa.select(sa.func.lower(mailbox.c.address)).distinct(),
        sa.select(sa.func.lower(facts["email"].as_string())).where(letter.c.kind.in_(_TO_ASKERS)),
        sa.select(facts["phone"].as_string()).where(letter.c.kind.in_(_TO_ASKERS)),
    )
    known = {one for query in queries for one in conn.scalars(query) if one}
    bodies = [body for body in conn.scalars(sa.select(_attempt.c.body)) if isinstance(body, dict)]
    return known | {str(body[name]).lower() for body in bodies for name in ("email", "phone") if body.get(name)}


def erase(conn: Connection, address: str, before: datetime) -> None:
    """Whatever leads to an address or a number from before an instant is taken away."""
    column = sa.func.lower(known_booking.c.email) if "@" in address else known_booking.c.phone
    told = int(before.timestamp() * 1_000_000)  # `news` counts microseconds: what was booked since is left
    theirs = sa.select(known_booking.c.id).where(column == address, known_booking.c.news <= told)
    erase_bookings(conn, list(conn.scalars(theirs.order_by(known_booking.c.id).with_for_update())))
    conn.execute(sa.delete(text_in).where(text_in.c.phone == address, text_in.c.received_at <= before))
    conn.execute(sa.delete(choice).where(choice.c.phone == address))
    conn.execute(sa.delete(guest_link).where(guest_link.c.address == address))
    mails = sa.func.lower(mailbox.c.address) == address, mailbox.c.received_at <= before
    conn.execute(sa.delete(mailbox).where(*mails))
    facts = letter.c.facts
    to_them = sa.or_(sa.func.lower(facts["email"].as_string()) == address, facts["phone"].as_string() == address)
    _empty(conn, sa.and_(letter.c.kind.in_(_TO_ASKERS), letter.c.due_at <= before, to_them))
    for row in conn.execute(sa.select(_attempt)).all():
        if address in json.dumps(row.body, ensure_ascii=False).lower() and row.revision <= told:
            key = _attempt.c.kind == row.kind, _attempt.c.thing == row.thing, _attempt.c.revision == row.revision
            conn.execute(sa.delete(_attempt).where(*key))


def erase_bookings(conn: Connection, ids: Sequence[str]) -> None:
    """Of these bookings nobody's name is kept, nor how they are reached; letters about them that wait do not leave."""
    if not ids:
        return
    nobody = {"name": None, "email": None, "phone": None, "proxy": None, "to_proxy": False, "quiet": True}
    conn.execute(sa.update(known_booking).where(known_booking.c.id.in_(ids)).values(nobody))
    _empty(conn, letter.c.booking.in_(ids))


def keep_journal(conn: Connection, done: Sequence[Erased]) -> None:
    """Keep that contacts were erased, by what stands for them."""
    rows = [
        {"mark": one.thing, "revision": one.revision, "erased_at": one.erased_at}
        for one in sorted(done, key=lambda one: one.thing)
    ]
    keep_rows(conn, erasure, rows, changes=("revision", "erased_at"))


def journal(conn: Connection, marks: Collection[str] | None = None) -> Mapping[str, Erased]:
    """Who was erased, by what stands for them: all, or of these."""
    query = sa.select(erasure).order_by(erasure.c.mark)
    if marks is not None:
        query = query.where(erasure.c.mark.in_(marks))
    return {
        row.mark: Erased(thing=row.mark, revision=row.revision, erased_at=row.erased_at) for row in conn.execute(query)
    }


def forget_journal(conn: Connection, before: datetime) -> int:
    """Forget that contacts were erased so long ago. Returns how many."""
    return conn.execute(sa.delete(erasure).where(erasure.c.erased_at < before)).rowcount


def _empty(conn: Connection, which: Any) -> None:
    """These letters say nothing any more, and those that wait do not leave."""
    keys = list(conn.scalars(sa.select(letter.c.key).where(which).order_by(letter.c.key).with_for_update()))
    these = letter.c.key.in_(keys)
    conn.execute(sa.update(letter).where(these).values(facts={}, provider_ref=None, addressee=None))
    waits = {"state": LetterState.DROPPED, "reason": NOT_WANTED}
    conn.execute(sa.update(letter).where(these, letter.c.state.in_(WAITING)).values(waits))
