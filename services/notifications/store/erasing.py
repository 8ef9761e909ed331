"""Finding all that leads to a contact, and taking it away."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.domain.letter import NOT_WANTED, WAITING, LetterState
from services.notifications.store.exporting import to_asker
from services.notifications.store.facts import with_address
from services.notifications.store.tables import (
    MESSAGING,
    TO_ASKERS,
    choice,
    erasure,
    guest_link,
    known_booking,
    letter,
    mailbox,
    text_in,
)
from shared.contracts.erasure import Erased
from shared.erasures import Journal

JOURNAL = Journal(erasure, Erased)
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
        sa.select(sa.func.lower(facts["email"].as_string())).where(letter.c.kind.in_(TO_ASKERS)),
        sa.select(facts["phone"].as_string()).where(letter.c.kind.in_(TO_ASKERS)),
    )
    known = {one for query in queries for one in conn.scalars(query) if one}
    bodies = [body for body in conn.scalars(sa.select(_attempt.c.body)) if isinstance(body, dict)]
    return known | {str(body[name]).lower() for body in bodies for name in ("email", "phone") if body.get(name)}


def lock(conn: Connection, addresses: Collection[str]) -> None:
    """Lock the bookings with these addresses and numbers, and then the letters about them, each in ascending order."""
    ids: set[str] = set()
    for address in addresses:
        ids |= set(conn.scalars(sa.select(known_booking.c.id).where(with_address(known_booking, address))))
    theirs = sa.select(known_booking.c.id).where(known_booking.c.id.in_(ids)).order_by(known_booking.c.id)
    conn.execute(theirs.with_for_update())
    conn.execute(sa.select(letter.c.key).where(letter.c.booking.in_(ids)).order_by(letter.c.key).with_for_update())


def erase(conn: Connection, address: str, before: datetime) -> None:
    """Whatever leads to an address or a number from before an instant is taken away."""
    told = int(before.timestamp() * 1_000_000)  # `news` counts microseconds: what was booked since is left
    theirs = sa.select(known_booking.c.id).where(with_address(known_booking, address), known_booking.c.news <= told)
    erase_bookings(conn, list(conn.scalars(theirs.order_by(known_booking.c.id).with_for_update())))
    conn.execute(sa.delete(text_in).where(text_in.c.phone == address, text_in.c.received_at <= before))
    conn.execute(sa.delete(choice).where(choice.c.phone == address))
    conn.execute(sa.delete(guest_link).where(guest_link.c.address == address))
    mails = sa.func.lower(mailbox.c.address) == address, mailbox.c.received_at <= before
    conn.execute(sa.delete(mailbox).where(*mails))
    _empty(conn, sa.and_(to_asker(address), letter.c.due_at <= before))
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


def _empty(conn: Connection, which: Any) -> None:
    """These letters say nothing any more, and those that wait do not leave."""
    keys = list(conn.scalars(sa.select(letter.c.key).where(which).order_by(letter.c.key).with_for_update()))
    these = letter.c.key.in_(keys)
    conn.execute(sa.update(letter).where(these).values(facts={}, provider_ref=None, addressee=None))
    waits = {"state": LetterState.DROPPED, "reason": NOT_WANTED}
    conn.execute(sa.update(letter).where(these, letter.c.state.in_(WAITING)).values(waits))
