"""The handler wrapper: applies what is new in one transaction with its receipt, and holds all rules of failure.

Transient trouble of the database is waited out and never counts against an item. An item that raises does not take
its batch with it: the batch is rolled back and replayed one by one. An item that fails three times, or that kills or
hangs its worker three times, is parked: kept, receipted, visible, replayable.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from marshmallow import ValidationError
from sqlalchemy import Connection

from shared.contracts.message import Message
from shared.contracts.receipt import Kept, Receipt
from shared.contracts.routes import schema_of
from shared.database import is_transient, upsert
from shared.logs import get_logger, set_correlation
from shared.messaging import outbox, parked
from shared.messaging.outbox import SayAgain
from shared.messaging.parked import Item
from shared.messaging.service import Service, UnitOfWork

log = get_logger(__name__)
T = TypeVar("T")

Handler = Callable[[UnitOfWork, Sequence[Any]], None]
"""Applies fresh messages of one kind, in order, inside the given unit of work."""

CAREFUL_AFTER_SENDS = 3  # an item sent so often goes alone: it may be what kills or hangs the worker
WAIT_OUT = 7.0  # seconds that a task waits for the database before it goes back to the broker


class TryLater(Exception):
    """The database stayed away: the task goes back to the broker."""


@dataclass(frozen=True)
class _Readable:
    item: Item
    message: Message


class Inbox:
    """Everything a service hears comes through here."""

    def __init__(
        self,
        service: Service,
        handlers: Mapping[type[Message], Handler],
        say_again: Mapping[str, SayAgain],
    ) -> None:
        self._service = service
        self._handlers = {message.kind: handler for message, handler in handlers.items()}
        self._say_again = say_again

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of message heard here, receipts included."""
        return (*self._handlers, Receipt.kind)

    @property
    def kinds_said_again(self) -> tuple[str, ...]:
        """The kinds of message that can be said again, above what a neighbour keeps."""
        return tuple(self._say_again)

    def receive(self, kind: str, sender: str, items: Sequence[Any], *, redelivered: bool = False) -> None:
        """Handle one task: a list of items of one kind. Raises TryLater if the database stays away."""
        readable = list(self._read(kind, sender, items))
        if not readable:
            return
        set_correlation(readable[0].item.correlation)
        try:
            if redelivered or any(part.item.sends >= CAREFUL_AFTER_SENDS for part in readable):
                self._one_by_one(readable)
                return
            try:
                self._wait_out(lambda: self._apply(kind, sender, readable))
            except TryLater:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, only the item that raises it may suffer
                log.warning("A batch raised: its items go one by one.", kind=kind, error=type(error).__name__)
                self._one_by_one(readable)
        finally:
            set_correlation(None)

    def replay(self, item: Item) -> None:
        """Handle a parked item again, as an operator asks. Raises what the handler raises."""
        for part in self._read(item.kind, item.sender, [item.as_sent()]):
            self._apply(item.kind, item.sender, [part])

    def _read(self, kind: str, sender: str, items: Sequence[Any]) -> Iterable[_Readable]:
        """The items that can be understood. The others get no receipt: their sender will mark them stuck."""
        schema = schema_of(kind)
        newest: dict[str, _Readable] = {}
        for raw in items:
            try:
                item = Item.read(kind, sender, raw)
                message = schema.load(item.body)
            except (ValidationError, ValueError) as error:
                fields = sorted(error.normalized_messages()) if isinstance(error, ValidationError) else []
                log.error("An item cannot be understood.", kind=kind, sender=sender, fields=fields)
                continue
            known = newest.get(item.thing)
            if known is None or known.item.revision < item.revision:
                newest[item.thing] = _Readable(item, message)
        return newest.values()

    def _one_by_one(self, readable: Sequence[_Readable]) -> None:
        """Each item in its own transaction, with a mark committed first; those never marked before go first."""
        tables = self._service.tables

        def marks() -> dict[tuple[str, int], int]:
            with self._service.database.begin() as conn:
                return parked.marks_of(
                    conn, tables.attempt, readable[0].item.kind, [part.item.thing for part in readable]
                )

        known = self._wait_out(marks)
        for part in sorted(readable, key=lambda part: known.get((part.item.thing, part.item.revision), 0)):
            self._carefully(part, known.get((part.item.thing, part.item.revision), 0))

    def _carefully(self, part: _Readable, marks: int) -> None:
        item = part.item
        set_correlation(item.correlation)
        while marks < parked.MARKS:
            marks += 1
            self._wait_out(lambda: self._mark(item))
            try:
                self._wait_out(lambda: self._apply(item.kind, item.sender, [part], forget_marks=True))
                return
            except TryLater:
                self._unmark(item)
                raise
            except Exception as error:
                log.exception("An item raised.", kind=item.kind, thing=item.thing, attempt=marks)
                self._note_error(item, error)
        self._wait_out(lambda: self._park(item))
        log.error("An item is parked.", kind=item.kind, thing=item.thing, sender=item.sender)

    def _apply(self, kind: str, sender: str, readable: Sequence[_Readable], *, forget_marks: bool = False) -> None:
        items = [part.item for part in readable]
        with self._service.work() as work:
            if forget_marks:
                parked.forget(work.conn, self._service.tables.attempt, items)
            if kind == Receipt.kind:
                self._apply_receipts(work, [part.message for part in readable])
                return
            fresh = self._keep_the_highest(work.conn, kind, items)
            work.because_of({item.thing: item.correlation for item in items})
            messages = [part.message for part in readable if part.item.thing in fresh]
            if messages:
                self._handlers[kind](work, messages)
            self._receipt(work, kind, sender, items)
        self._service.bell.ring()

    def _keep_the_highest(self, conn: Connection, kind: str, items: Sequence[Item]) -> set[str]:
        """Raise the revision kept for each thing; the things whose message is newer than what was kept."""
        heard = self._service.tables.heard
        rows = [
            {"kind": kind, "thing": item.thing, "revision": item.revision}
            for item in sorted(items, key=lambda item: item.thing)
        ]
        statement = upsert(conn, heard).values(rows)
        newer = conn.execute(
            statement.on_conflict_do_update(
                index_elements=["kind", "thing"],
                set_={"revision": statement.excluded.revision},
                where=heard.c.revision < statement.excluded.revision,
            ).returning(heard.c.thing)
        )
        return set(newer.scalars())

    def _receipt(self, work: UnitOfWork, kind: str, sender: str, items: Sequence[Item]) -> None:
        """Say, in the same transaction, which revisions are now kept (at least those that were sent)."""
        heard = self._service.tables.heard
        question = sa.select(heard.c.thing, heard.c.revision).where(
            heard.c.kind == kind, heard.c.thing.in_([item.thing for item in items])
        )
        kept = {row.thing: row.revision for row in work.conn.execute(question)}
        outbox.write_receipt(
            work.conn,
            self._service.tables.outbox,
            by=self._service.name,
            to=sender,
            of_kind=kind,
            kept=[Kept(thing=item.thing, revision=max(item.revision, kept.get(item.thing, 0))) for item in items],
            correlation=items[0].correlation,
            now=work.now,
        )

    def _apply_receipts(self, work: UnitOfWork, receipts: Sequence[Any]) -> None:
        for receipt in receipts:
            behind = outbox.accept_receipt(work.conn, self._service.tables, receipt, work.now)
            if behind:
                log.warning("A neighbour keeps newer revisions than we have.", kind=receipt.of_kind, things=len(behind))
                self._say_again[receipt.of_kind](work, behind)

    def _mark(self, item: Item) -> None:
        with self._service.database.begin() as conn:
            parked.mark(conn, self._service.tables.attempt, item)

    def _unmark(self, item: Item) -> None:
        try:
            with self._service.database.begin() as conn:
                parked.unmark(conn, self._service.tables.attempt, item)
        except Exception as error:
            if not is_transient(error):
                raise

    def _note_error(self, item: Item, error: Exception) -> None:
        def note() -> None:
            with self._service.database.begin() as conn:
                parked.note_error(conn, self._service.tables.attempt, item, type(error).__name__)

        self._wait_out(note)

    def _park(self, item: Item) -> None:
        with self._service.work() as work:
            parked.park(work.conn, self._service.tables.attempt, item, work.now)
            if item.kind != Receipt.kind:
                self._receipt(work, item.kind, item.sender, [item])
        self._service.bell.ring()

    def _wait_out(self, deed: Callable[[], T]) -> T:
        """Do it, again and again while the database is away or busy. Raises TryLater after `WAIT_OUT` seconds."""
        begun, pause = time.monotonic(), 0.05
        while True:
            try:
                return deed()
            except Exception as error:
                if not is_transient(error):
                    raise
                if time.monotonic() - begun + pause > WAIT_OUT:
                    raise TryLater from error
                log.warning("The database is away or busy.", error=type(error).__name__)
                time.sleep(pause)
                pause = min(pause * 2, 1.0)
