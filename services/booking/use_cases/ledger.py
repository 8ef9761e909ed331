"""Booking's ledger: its bookings with the answers it keeps, and the sittings as it heard of them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from services.booking.domain.booking import Booking
from services.booking.domain.contact import Contact
from services.booking.domain.standing import outcome
from services.booking.store import ledger as store
from shared.ledger.lines import BOOKING, Digest, Line, line
from shared.ledger.sittings import sitting_line


def ledger(conn: Connection, digest: Digest, since: datetime) -> Iterator[Iterator[Line]]:
    """Two streams of lines."""
    yield (_booking(booking, row, digest) for booking, row in store.bookings(conn, since))
    yield (sitting_line(sitting, digest) for sitting in store.sittings(conn, since))


def _booking(booking: Booking, row: Row[Any], digest: Digest) -> Line:
    now = outcome(booking)
    return line(
        BOOKING,
        booking.id,
        "booking",
        sitting=booking.sitting,
        status=now.status,
        party=now.party,
        why=now.why,
        checking=now.checking,
        waiting=now.waiting,
        offer_until=now.offer and now.offer.until,
        searched_as=[row.status, row.waiting],
        wish=booking.wish,
        revision=booking.revision,
        answer=booking.answer,
        notice_revision=booking.notice_revision,
        news=booking.news,
        **_contact(booking.contact_to_tell, digest),
    )


def _contact(contact: Contact, digest: Digest) -> dict[str, str | None]:
    """Of a booking found again after a restore nothing is known of its guest, who is not compared then."""
    ways = (contact.name, contact.email, contact.phone_to_write_to)
    if ways == (None, None, None):
        return {"contact": None, "language": None}
    return {"contact": digest(*ways), "language": contact.language}
