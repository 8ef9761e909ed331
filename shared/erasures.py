"""The journal of who was forgotten on request: by what stands for a contact, so nobody can read it there.

Both services that know guests keep one, and say it again to the other when that one was put back to an older copy.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy import Column, Connection, MetaData, Table

from shared.contracts.erasure import Erased, Erasure
from shared.database import Instant
from shared.keeping import keep_rows
from shared.messaging.service import Service, UnitOfWork
from shared.purge import KEPT

JOURNAL_KEPT = 2 * KEPT  # no copy of a database should be kept longer than KEPT

Said = TypeVar("Said", Erasure, Erased)


def journal_table(metadata: MetaData) -> Table:
    """The table of a service's journal."""
    return Table(
        "erasure",
        metadata,
        Column("mark", sa.String(64), primary_key=True),
        Column("revision", sa.BigInteger, nullable=False),
        Column("erased_at", Instant, nullable=False),
    )


class Journal(Generic[Said]):
    """The journal in a table, whose entries are said as messages of one kind."""

    def __init__(self, table: Table, message: type[Said]) -> None:
        self._table = table
        self._message: type[Said] = message

    def keep(self, conn: Connection, done: Sequence[Said]) -> None:
        """Keep that contacts were erased."""
        rows = [
            {"mark": one.thing, "revision": one.revision, "erased_at": one.erased_at}
            for one in sorted(done, key=lambda one: one.thing)
        ]
        keep_rows(conn, self._table, rows, changes=("revision", "erased_at"))

    def of(self, conn: Connection, marks: Collection[str]) -> Mapping[str, datetime]:
        """When those of these contacts were erased that were."""
        query = sa.select(self._table).where(self._table.c.mark.in_(marks))
        return {row.mark: row.erased_at for row in conn.execute(query)}

    def say_all(self, work: UnitOfWork) -> int:
        """Say again who was erased. Returns how many."""
        rows = work.conn.execute(sa.select(self._table).order_by(self._table.c.mark)).all()
        for row in rows:
            work.say(self._message(thing=row.mark, revision=row.revision, erased_at=row.erased_at))
        return len(rows)

    def leave(self, work: UnitOfWork, kept: Mapping[str, int]) -> None:
        """The other has heard of later erasures than we keep: it says so itself, when it says all again."""

    def forget(self, service: Service) -> int:
        """Forget who was erased, once no copy knows them any more. Returns how many."""
        with service.work() as work:
            old = self._table.c.erased_at < work.now - JOURNAL_KEPT
            return work.conn.execute(sa.delete(self._table).where(old)).rowcount
