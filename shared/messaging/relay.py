"""The relay publishes what the outbox holds, and sends again what stays without a receipt."""

import threading
import time
from collections.abc import Collection, Sequence

from shared.contracts.routes import HURRIED, ROUTES
from shared.database import is_transient
from shared.logs import get_logger
from shared.messaging import again, outbox, rows
from shared.messaging.publisher import NotPublished, Publisher, Refused
from shared.messaging.resting import Resting
from shared.messaging.rows import Leased
from shared.messaging.service import Service
from shared.pulse import beat

log = get_logger(__name__)

LOOK_EVERY = 1.0  # seconds from one look to the next at what nobody waits for, such as receipts: no bell rings for it
FEW = 2  # hurried rows that left together: by chance also when it is quiet, and nobody is held up after them
PACE = 0.02  # seconds from one round to the next, for each hurried row of the last beyond those,
LONGEST_PACE = 0.25  # seconds at most; so when it is busy tasks grow instead of becoming more
ROWS_PER_STEP = 1_000


def neighbours_of(name: str) -> tuple[str, ...]:
    """The services that a service speaks to (and from which receipts come)."""
    return tuple(sorted({receiver for route in ROUTES if route.sender == name for receiver in route.receivers}))


class Relay:
    """Any number may run: rows are leased, there is no leader."""

    def __init__(self, service: Service, publisher: Publisher) -> None:
        self._service = service
        self._publisher = publisher
        self._outbox = service.tables.outbox
        self.pause = 0.0  # seconds from the beginning of the last round to that of the next
        self._finished = False  # whether the last round gave back what it had leased; before the first, another's last

    def step(self, *, hurried_only: bool = False, but: Collection[str] = ()) -> int:
        """Publish one round of due rows, but for some receivers. Returns how many the broker confirmed. Raises
        NotPublished if there is no broker, and Refused, when all else is done, if a queue refuses.
        """
        self._make_due_what_an_empty_queue_lost()
        if not self._finished:
            with self._service.database.begin() as conn:
                outbox.take_back_leases(conn, self._outbox, self._service.clock.now(conn))
        self._finished = False
        with self._service.database.at_once() as conn:
            now = self._service.clock.now(conn)
            kinds = HURRIED if hurried_only else None
            leased = outbox.lease(conn, self._outbox, now, ROWS_PER_STEP, kinds=kinds, but=but)
        done: list[Leased] = []
        failed: list[Leased] = []
        trouble: dict[str, NotPublished] = {}  # by receiver
        for batch in rows.in_batches(sorted(leased, key=lambda row: row.kind not in HURRIED)):
            receiver, kind = batch[0].receiver, batch[0].kind
            if receiver not in trouble:
                try:
                    self._publisher.publish(receiver, kind, [_item(row) for row in batch])
                except NotPublished as error:
                    trouble[receiver] = error
            (failed if receiver in trouble else done).extend(batch)
        self._note(done, failed)
        self._finished = True
        self.pause = min(PACE * max(0, sum(row.kind in HURRIED for row in done) - FEW), LONGEST_PACE)
        if trouble:
            raise Refused(trouble, len(done))
        return len(done)

    def send_again(self) -> None:
        """Make due again what the receiver has evidently missed, and probe a silent receiver."""
        receivers = neighbours_of(self._service.name)
        with self._service.database.at_once() as conn:
            if not again.any_unheard(conn, self._outbox, receivers, self._service.clock.now(conn)):
                return
        for receiver in receivers:
            with self._service.database.begin() as conn:
                now = self._service.clock.now(conn)
                stuck = again.send_again_overtaken(conn, self._service.tables, receiver, now)
                again.probe(conn, self._service.tables, receiver, now)
            for kind, thing in stuck:
                log.error(
                    "An item is stuck: its receiver never receipts it.", receiver=receiver, kind=kind, thing=thing
                )

    def run(self, stop: threading.Event) -> None:
        """Publish until told to stop; trouble of the broker or the database is waited out."""
        try:
            self._publish_until(stop)
        finally:
            self._publisher.close()
            self._service.bell.close()

    def _publish_until(self, stop: threading.Event) -> None:
        looked = took_all = trouble = 0.0
        resting = Resting()
        while not stop.is_set():
            beat("relay")
            begun = time.monotonic()
            # When it is busy (some fifteen hurried rows in the last round) every round takes what nobody waits for too.
            hurried_only = begun - took_all < LOOK_EVERY and self.pause < LONGEST_PACE
            try:
                if begun - looked >= LOOK_EVERY:
                    self.send_again()
                    looked = begun
                published = self.step(hurried_only=hurried_only, but=resting.at(begun))
                trouble = 0.0
            except Refused as error:
                log.warning("The broker did not confirm.", error=str(error))
                published = error.published
                resting.refused(error.receivers, time.monotonic())
            except NotPublished as error:
                log.warning("The broker did not confirm.", error=str(error))
                trouble = min(trouble * 2 + 0.1, 1.0)
                stop.wait(trouble)
                continue
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("The database is away.", error=type(error).__name__)
                trouble = min(trouble * 2 + 0.1, 1.0)
                stop.wait(trouble)
                continue
            if published < ROWS_PER_STEP and not hurried_only:  # else more of them lie there
                took_all = begun
            stop.wait(max(0.0, self.pause - (time.monotonic() - begun)))
            if published < ROWS_PER_STEP:  # whatever was said since, and somebody waits for, has rung the bell
                now = time.monotonic()
                self._service.bell.wait(max(0.0, resting.ends(now, took_all + LOOK_EVERY) - now))

    def _make_due_what_an_empty_queue_lost(self) -> None:
        for receiver in self._publisher.fresh_empty_queues(neighbours_of(self._service.name)):
            with self._service.database.begin() as conn:
                rows = again.send_again_all(conn, self._outbox, receiver, self._service.clock.now(conn))
            if rows:
                log.info("An empty queue was found: what it should hold is sent again.", receiver=receiver, rows=rows)

    def _note(self, done: Sequence[Leased], failed: Sequence[Leased]) -> None:
        if not done and not failed:
            return
        with self._service.database.at_once() as conn:
            now = self._service.clock.now(conn)
            outbox.mark_published(conn, self._outbox, done, now)
            outbox.give_back(conn, self._outbox, failed, now)


def _item(row: Leased) -> dict[str, object]:
    return {
        "thing": row.thing,
        "revision": row.revision,
        "correlation": row.correlation,
        "sends": row.sends + 1,
        "body": row.body,
    }
