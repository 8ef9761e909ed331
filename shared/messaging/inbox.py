"""The handler wrapper: applies what is new in one transaction with its receipt, and holds all rules of failure.

Transient trouble of the database is waited out and never counts against an item. An item that raises does not take
its batch with it: the batch is rolled back and replayed one by one. An item that fails three times alone, or that kills
or hangs its worker three times, first in company and then alone, is parked: kept, receipted, visible, replayable.
"""

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from marshmallow import ValidationError
from sqlalchemy import Connection

from shared.contracts.message import Message
from shared.contracts.receipt import Kept, Receipt
from shared.contracts.routes import schema_of
from shared.contracts.service_state import ServiceState
from shared.database import is_transient
from shared.keeping import keep_rows, newer, not_older
from shared.logs import get_logger, set_correlation
from shared.messaging import outbox, parked
from shared.messaging.outbox import SayAgain
from shared.messaging.parked import Item
from shared.messaging.service import Service, UnitOfWork

log = get_logger(__name__)
T = TypeVar("T")

Handler = Callable[[UnitOfWork, Sequence[Any]], None]
"""Applies fresh messages of one kind, in order, inside the given unit of work."""

HearState = Callable[[UnitOfWork, Sequence[ServiceState]], None]
"""Keeps how services are."""

CAREFUL_AFTER_SENDS = 3  # an item sent so often goes alone: it may be what kills or hangs the worker
PATIENCE = 4.0  # seconds after which a task no longer tries again, but goes back to the broker
# A last try takes at most the 5 s of a statement's time-out: together well within a task's time limit, so that a
# database that is slow or locked never gets a worker killed, and an innocent item marked.


class CannotBeRead(Exception):
    """The item cannot be understood (any more)."""


class TryLater(Exception):
    """The database stayed away: the task goes back to the broker."""


@dataclass(frozen=True)
class _Readable:
    item: Item
    message: Message


class _Patience:
    """How long one task waits for the database, all its steps together."""

    def __init__(self) -> None:
        self._until = time.monotonic() + PATIENCE

    @property
    def at_an_end(self) -> bool:
        """Whether the task should go back to the broker."""
        return time.monotonic() > self._until

    def wait_out(self, deed: Callable[[], T]) -> T:
        """Do it, again and again while the database is away or busy. Raises TryLater at the end of the patience."""
        pause = 0.05
        while True:
            try:
                return deed()
            except Exception as error:
                if not is_transient(error):
                    raise
                if time.monotonic() + pause > self._until:
                    raise TryLater from error
                log.warning("The database is away or busy.", error=type(error).__name__)
                time.sleep(pause)
                pause = min(pause * 2, 1.0)


class Inbox:
    """Everything a service hears comes through here."""

    def __init__(
        self,
        service: Service,
        handlers: Mapping[type[Message], Handler],
        say_again: Mapping[str, SayAgain],
        hear_state: HearState | None = None,
    ) -> None:
        self._service = service
        self._handlers = {message.kind: handler for message, handler in handlers.items()}
        self._say_again = say_again
        self.keep_state = hear_state

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of message heard here, those of the post included."""
        return (*self._handlers, Receipt.kind, *([ServiceState.kind] if self.keep_state else []))

    @property
    def kinds_said_again(self) -> tuple[str, ...]:
        """The kinds of message that can be said again, above what a neighbour keeps."""
        return tuple(self._say_again)

    def receive(self, kind: str, sender: str, items: Sequence[Any], *, redelivered: bool = False) -> None:
        """Handle one task: a list of items of one kind. Raises TryLater if the database stays away."""
        readable = list(self._read(kind, sender, items))
        if not readable:
            return
        if kind == ServiceState.kind:
            self._keep_states([part.message for part in readable])
            return
        set_correlation(readable[0].item.correlation)
        patience = _Patience()
        try:
            if redelivered or any(part.item.sends >= CAREFUL_AFTER_SENDS for part in readable):
                self._one_by_one(readable, patience)
                return
            try:
                patience.wait_out(lambda: self._apply(kind, sender, readable))
            except TryLater:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, only the item that raises it may suffer
                log.warning("A batch raised: its items go one by one.", kind=kind, error=type(error).__name__)
                self._one_by_one(readable, patience)
        finally:
            set_correlation(None)

    def _keep_states(self, states: Sequence[Any]) -> None:
        """They are told once a minute: what cannot be kept is let go, and never holds up anything else."""
        try:
            with self._service.work() as work:
                if self.keep_state:
                    self.keep_state(work, states)
        except Exception as error:  # noqa: BLE001
            log.warning("How a service is could not be kept.", error=type(error).__name__)

    def replay(self, item: Item) -> None:
        """Handle a parked item again, as an operator asks. Raises what the handler raises, or CannotBeRead."""
        part = next(iter(self._read(item.kind, item.sender, [item.as_sent()])), None)
        if part is None:
            raise CannotBeRead
        self._apply(item.kind, item.sender, [part], parked_before=True)

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

    def _one_by_one(self, readable: Sequence[_Readable], patience: _Patience) -> None:
        """Each item in its own transaction, with a mark committed first; those never marked before go first.

        What changes nothing any more goes before all, at once: a task that comes again because there was no time for
        all of it so gets further each time.
        """
        kind, sender = readable[0].item.kind, readable[0].item.sender
        known, over = patience.wait_out(lambda: self._tried_and_over(kind, readable))
        if over:
            these = [part for part in readable if part.item.thing in over]
            patience.wait_out(lambda: self._apply(kind, sender, these, alone=True))
        rest = [part for part in readable if part.item.thing not in over]
        for part in sorted(rest, key=lambda part: known.get((part.item.thing, part.item.revision), 0)):
            if patience.at_an_end:
                raise TryLater
            self._carefully(part, known.get((part.item.thing, part.item.revision), 0), patience)

    def _tried_and_over(self, kind: str, readable: Sequence[_Readable]) -> tuple[dict[tuple[str, int], int], set[str]]:
        """The marks of these items; and the things of which no handler would hear anything new."""
        tables, things = self._service.tables, [part.item.thing for part in readable]
        with self._service.read() as conn:
            marks = parked.marks_of(conn, tables.attempt, kind, things)
            if kind == Receipt.kind:
                receipts: list[Any] = [part.message for part in readable]
                over = {one.thing for one in receipts if not outbox.awaits(conn, tables.outbox, one)}
            else:
                kept = self._kept(conn, kind, things)
                over = {part.item.thing for part in readable if part.item.revision <= kept.get(part.item.thing, 0)}
        return marks, over

    def _carefully(self, part: _Readable, marks: int, patience: _Patience) -> None:
        item = part.item
        set_correlation(item.correlation)
        for attempt in range(marks + 1, parked.MARKS + 1) if marks < parked.LEFT_BEHIND else ():
            patience.wait_out(lambda: self._mark(item))
            try:
                patience.wait_out(lambda: self._apply(item.kind, item.sender, [part], alone=True))
                return
            except TryLater:
                self._unmark(item)
                raise
            except Exception as error:
                log.exception("An item raised.", kind=item.kind, thing=item.thing, attempt=attempt)
                patience.wait_out(lambda error=error: self._note_error(item, error))  # type: ignore[misc]
        patience.wait_out(lambda: self._park(item))
        log.error("An item is parked.", kind=item.kind, thing=item.thing, sender=item.sender)

    def _apply(
        self,
        kind: str,
        sender: str,
        readable: Sequence[_Readable],
        *,
        alone: bool = False,
        parked_before: bool = False,
    ) -> None:
        """Handle these, and let no mark of them stay: those that go `alone` have one, others seldom."""
        items = [part.item for part in readable]
        if kind == Receipt.kind:
            self._apply_receipts(sender, items, [part.message for part in readable])
            return
        with self._service.work() as work:
            fresh = self._keep_the_highest(work.conn, kind, items, even_the_same=parked_before)
            work.because_of({item.thing: item.correlation for item in items})
            messages = [part.message for part in readable if part.item.thing in fresh]
            if messages:
                self._handlers[kind](work, messages)
            if alone or any(fresh.values()) or len(fresh) < len(items):  # of what was no news, nothing told us
                parked.forget_marks(work.conn, self._service.tables.attempt, items)
            self._receipt(work, kind, sender, items, fresh)
        whys = list(dict.fromkeys(item.correlation for item in items))  # of all: one line for each would cost too much
        log.info("Items were handled.", kind=kind, sender=sender, items=len(items), new=len(fresh), correlations=whys)

    def _keep_the_highest(
        self, conn: Connection, kind: str, items: Sequence[Item], *, even_the_same: bool = False
    ) -> Mapping[str, bool]:
        """Raise the revision kept for each thing. Gives those whose message is newer than what was kept, each with
        whether it was marked before: in this state, or in an older one that was lost since.
        """
        heard = self._service.tables.heard
        rows = [
            {"kind": kind, "thing": item.thing, "revision": item.revision}
            for item in sorted(items, key=lambda item: item.thing)
        ]
        fresh = keep_rows(
            conn,
            heard,
            rows,
            changes=["revision"],
            where=not_older if even_the_same else newer,
            returning=(heard.c.thing, parked.is_marked(self._service.tables)),
        )
        return dict(map(tuple, fresh))

    def _kept(self, conn: Connection, kind: str, things: Sequence[str]) -> dict[str, int]:
        """The highest revision heard of each of these things."""
        if not things:
            return {}
        heard = self._service.tables.heard
        question = sa.select(heard.c.thing, heard.c.revision).where(heard.c.kind == kind, heard.c.thing.in_(things))
        return {row.thing: row.revision for row in conn.execute(question)}

    def _receipt(self, work: UnitOfWork, kind: str, sender: str, items: Sequence[Item], fresh: Collection[str]) -> None:
        """Say, in the same transaction, which revisions are now kept: those that were sent, or higher ones."""
        kept = self._kept(work.conn, kind, [item.thing for item in items if item.thing not in fresh])
        work.receipt(
            outbox.receipt_for(
                sender,
                kind,
                (Kept(thing=item.thing, revision=max(item.revision, kept.get(item.thing, 0))) for item in items),
                by=self._service.name,
                correlation=items[0].correlation,
            )
        )

    def _apply_receipts(self, sender: str, items: Sequence[Item], receipts: Sequence[Any]) -> None:
        """Close what was heard. What the receiver knows better is said anew, in a unit of work of its own: things are
        locked before outbox rows. Its rows stay until then, so nothing is lost in between.
        """
        tables = self._service.tables
        with self._service.work() as work:
            behind = outbox.accept_receipts(work.conn, tables, receipts, work.now)
            parked.forget_marks(work.conn, tables.attempt, items)
        for kind, kept in behind.items():
            log.warning("A neighbour keeps newer revisions than we have.", kind=kind, things=len(kept))
            with self._service.work() as work:
                self._say_again[kind](work, kept)
                outbox.drop(work.conn, tables.outbox, sender, kind, kept)

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
        with self._service.database.begin() as conn:
            parked.note_error(conn, self._service.tables.attempt, item, type(error).__name__)

    def _park(self, item: Item) -> None:
        with self._service.work() as work:
            parked.park(work.conn, self._service.tables.attempt, item, work.now)
            if item.kind != Receipt.kind:
                fresh = self._keep_the_highest(work.conn, item.kind, [item])  # it may come again: then it is no news
                self._receipt(work, item.kind, item.sender, [item], fresh)
