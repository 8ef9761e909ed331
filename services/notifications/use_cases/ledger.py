"""Notifications' ledger: bookings and sittings as it heard of them, and its letters."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from services.notifications.store import ledger as store
from services.notifications.store.facts import cantine_of
from shared.contracts.party import Party
from shared.ledger.lines import BOOKING, OTHER, SITTING, Digest, Line, line


def ledger(conn: Connection, digest: Digest, since: datetime) -> Iterator[Iterator[Line]]:
    """Four streams of lines."""
    yield (_booking(row, digest) for row in store.bookings(conn, since))
    yield (_letter(BOOKING, row.booking, row) for row in store.letters_to_guests(conn, since))
    yield (_letter(OTHER, row.key, row) for row in store.letters_to_staff(conn))
    yield (_sitting(row, digest) for row in store.sittings(conn, since))


def _booking(row: Row[Any], digest: Digest) -> Line:
    return line(
        BOOKING,
        row.id,
        "booking",
        sitting=row.sitting,
        status=row.status,
        party=Party(cooks=row.cooks, eaters=row.eaters, children=row.children),
        why=row.why,
        news=row.news,
        unanswered=row.unanswered,
        offer_until=row.offer_until,
        notice_revision=row.revision,
        contact=digest(row.name, row.email, row.phone),
        silent=row.quiet,
        language=row.language,
        meal={"starts_at": row.starts_at, "status": row.meal},
    )


def _letter(about: str, thing: str, row: Row[Any]) -> Line:
    """`once_for` is what its key ends with, such as the news that it tells."""
    once_for = row.key.removeprefix(f"{thing}:{row.kind}:")
    return line(about, thing, "letter", kind=row.kind, once_for=once_for, state=row.state, reason=row.reason)


def _sitting(row: Row[Any], digest: Digest) -> Line:
    facts = {**row._mapping, "cantine": digest(cantine_of(row.cantine))}
    return line(SITTING, facts.pop("id"), "sitting", **facts)
