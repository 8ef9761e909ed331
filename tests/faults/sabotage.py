"""What the product does to lose nothing, each taken away by a patch: campaigns must fail then, or they are blind."""

import itertools
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import shared.assembly
import shared.messaging.outbox
from shared.messaging.inbox import Inbox
from shared.messaging.publisher import CeleryPublisher
from shared.messaging.rows import delete_each

_assembly: Any = shared.assembly
_outbox: Any = shared.messaging.outbox


def no_receipts(_: str) -> None:
    """The broker is trusted: a row is forgotten as soon as it is published."""

    def forget(conn: Any, table: Any, rows: Sequence[Any], now: Any) -> None:
        delete_each(conn, table, rows)

    _outbox.mark_published = forget


def no_confirms(_: str) -> None:
    """Publishing does not wait for the broker's word."""
    _reconfigure(broker_transport_options={"confirm_publish": False, "read_timeout": 20, "write_timeout": 10})


def early_ack(_: str) -> None:
    """A task is acknowledged before it is done."""
    _reconfigure(task_acks_late=False)


def no_revision_check(_: str) -> None:
    """Whatever comes last is applied, also what was overtaken."""
    keep = Inbox._keep_the_highest

    def let_all_pass(self: Inbox, conn: Any, kind: str, items: Sequence[Any], **more: Any) -> dict[str, bool]:
        keep(self, conn, kind, items, **more)
        return {item.thing: False for item in items}

    Inbox._keep_the_highest = let_all_pass  # type: ignore[method-assign]


def marks_blindly(_: str) -> None:
    """A published row is marked, even if a newer revision has taken its place meanwhile."""

    def mark(conn: Any, table: Any, rows: Sequence[Any], now: Any) -> None:
        for row in rows:
            this = (table.c.receiver == row.receiver, table.c.kind == row.kind, table.c.thing == row.thing)
            if row.kind == "receipt":
                conn.execute(sa.delete(table).where(*this))
            else:
                conn.execute(sa.update(table).where(*this).values(due_at=None, published_at=now))

    _outbox.mark_published = mark


def stops_before(folder: str) -> None:
    """Not a sabotage: the relay publishes its second wishes (the first make the queue) only once told to "go on"."""
    _stop_at_wishes(Path(folder), 2, before=True)


def stops_after(folder: str) -> None:
    """Not a sabotage: having published its first wishes, the relay marks them only once a file tells it to "go on"."""
    _stop_at_wishes(Path(folder), 1, before=False)


def _stop_at_wishes(folder: Path, at: int, *, before: bool) -> None:
    publish = CeleryPublisher.publish
    times = itertools.count(1)

    def stop() -> None:
        (folder / "stopped").touch()
        while not (folder / "go on").exists():
            time.sleep(0.01)

    def publish_and_stop(self: CeleryPublisher, receiver: str, kind: str, items: Sequence[dict[str, Any]]) -> None:
        stops = kind == "seats_request" and next(times) == at
        if stops and before:
            stop()
        publish(self, receiver, kind, items)
        if stops and not before:
            stop()

    CeleryPublisher.publish = publish_and_stop  # type: ignore[method-assign]


def _reconfigure(**settings: Any) -> None:
    make = _assembly.make_celery

    def make_otherwise(*args: Any) -> Any:
        app = make(*args)
        app.conf.update(**settings)
        return app

    _assembly.make_celery = make_otherwise


SABOTAGES: Mapping[str, Callable[[str], None]] = {
    "no-receipts": no_receipts,
    "no-confirms": no_confirms,
    "early-ack": early_ack,
    "no-revision-check": no_revision_check,
    "marks-blindly": marks_blindly,
    "stops-before": stops_before,
    "stops-after": stops_after,
}
