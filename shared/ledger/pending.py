"""What is on its way: what a service has said without a receipt yet, and what it could not handle."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from shared.contracts.booking import BookingNotice
from shared.contracts.seats import SeatsAnswer, SeatsRequest
from shared.contracts.sitting import SittingNotice
from shared.database import by_code_point
from shared.ledger.lines import BOOKING, OTHER, SITTING, Line, line, rows
from shared.messaging.tables import MessagingTables

ON_ITS_WAY = "on its way"

_KINDS = {
    BOOKING: (SeatsRequest.kind, SeatsAnswer.kind, BookingNotice.kind),
    SITTING: (SittingNotice.kind,),
}
_NAMED = tuple(kind for kinds in _KINDS.values() for kind in kinds)


def on_its_way(conn: Connection, tables: MessagingTables) -> Iterator[Iterator[Line]]:
    """Streams of lines called `ON_ITS_WAY`: rows without a receipt, stuck ones, and parked items."""
    for about in (BOOKING, OTHER, SITTING):
        yield _unreceipted(conn, tables.outbox, about)
        yield _parked(conn, tables.attempt, about)


def _unreceipted(conn: Connection, outbox: Table, about: str) -> Iterator[Line]:
    query = sa.select(outbox.c.thing, outbox.c.kind, outbox.c.receiver, outbox.c.stuck_at)
    for row in rows(conn, query.where(_is_about(outbox, about)).order_by(by_code_point(conn, outbox.c.thing))):
        state = "stuck" if row.stuck_at else "unreceipted"
        yield line(about, row.thing, ON_ITS_WAY, kind=row.kind, to=row.receiver, state=state)


def _parked(conn: Connection, attempt: Table, about: str) -> Iterator[Line]:
    query = sa.select(attempt.c.thing, attempt.c.kind, attempt.c.sender).where(attempt.c.parked_at.is_not(None))
    for row in rows(conn, query.where(_is_about(attempt, about)).order_by(by_code_point(conn, attempt.c.thing))):
        yield line(about, row.thing, ON_ITS_WAY, kind=row.kind, sender=row.sender, state="parked")


def _is_about(table: Table, about: str) -> Any:
    return table.c.kind.in_(_KINDS[about]) if about in _KINDS else table.c.kind.not_in(_NAMED)
