"""From a client's request to the committed decision, at a quiet pace.

When a decision is committed PostgreSQL itself says so: in its own copy of booking's database the bench adds a trigger
that notifies with the commit. Nothing polls, so the clock is as fine as a notification (a fraction of a millisecond).
"""

import random
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate

import psycopg

from bench.costs import SERVERS
from bench.figure import Figure, Result, percentile
from bench.floor import confirmed_publish, hot_row, unhurried_row
from bench.house import Processes, open_house
from bench.load import bookings, offer
from bench.options import Options
from services.capacity.domain.kitchen import MAX_SEATS

PER_SECOND = 20
SITTINGS = 10
BOOKINGS = 600
TRIGGER = """
CREATE FUNCTION tell_decision() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_notify('decided', NEW.email); RETURN NULL; END $$;
CREATE TRIGGER tell_decision AFTER UPDATE ON booking FOR EACH ROW
WHEN (NEW.answers >= NEW.revision AND OLD.answers IS DISTINCT FROM NEW.answers) EXECUTE FUNCTION tell_decision();
"""


@dataclass(frozen=True)
class Decided:
    """What became of bookings at a quiet pace; times in milliseconds, CPU in seconds by process."""

    waits: Sequence[float]  # from each request to its decision
    floor: float  # one after the other
    paced: float  # the same where they come as the bookings do: what just slept takes longer
    cpu: dict[str, float]

    def of_floor(self, percent: float) -> float:
        """A percentile of the waits, in floors."""
        return percentile(self.waits, percent) / self.floor

    @property
    def cpu_per_booking(self) -> float:
        """Milliseconds of all processes and of the two servers."""
        return sum(self.cpu.values()) / len(self.waits) * 1000

    @property
    def _own(self) -> float:
        """Milliseconds of our processes alone: others may keep the servers busy too."""
        return sum(self.cpu[name] for name in self.cpu.keys() - SERVERS) / len(self.waits) * 1000

    @property
    def lines(self) -> list[str]:
        """The details."""
        p50, p99 = percentile(self.waits, 50), percentile(self.waits, 99)
        return [
            f"{len(self.waits)} bookings, {PER_SECOND}/s by chance",
            f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, longest {max(self.waits):.1f} ms",
            f"one floor transaction (one session) and one confirmed publish: {self.floor:.2f} ms",
            f"the same two, {PER_SECOND}/s by chance as well: {self.paced:.2f} ms,"
            f" of which p50 is {p50 / self.paced:.1f} × and p99 {p99 / self.paced:.1f} ×",
            f"CPU per booking at this pace {self.cpu_per_booking:.1f} ms, {self._own:.1f} without the two servers",
        ]


def measure(options: Options) -> Result:
    """Residents come by chance, 20 a second on average, for half a minute."""
    floor, paced = transaction_and_publish(), unhurried_transaction_and_publish()
    with open_house() as house:
        house.start()
        sittings = house.lunches(SITTINGS, seats=MAX_SEATS)
        house.warm_up(sittings)
        seen = decide(house, sittings, options.bookings or BOOKINGS, floor, paced)
    return Result(
        [
            Figure(what="request to decision at 20/s, p50", measured=seen.of_floor(50), must=10, stretch=6, unit=" ×"),
            Figure(what="request to decision at 20/s, p99", measured=seen.of_floor(99), must=40, unit=" ×"),
        ],
        seen.lines,
    )


def transaction_and_publish() -> float:
    """The floor: milliseconds of one transaction in one session, and of one confirmed publish."""
    return 1000 / hot_row(sessions=1) + confirmed_publish() * 1000


def unhurried_transaction_and_publish() -> float:
    """Milliseconds of the same two where they come at the pace of the bookings."""
    return (unhurried_row(PER_SECOND) + confirmed_publish(10 * PER_SECOND, per_second=PER_SECOND)) * 1000


def decide(house: Processes, sittings: Sequence[str], count: int, floor: float, paced: float) -> Decided:
    """Send so many bookings. Raises RuntimeError if not all are decided."""
    chance = random.Random(3)
    due = list(accumulate(chance.expovariate(PER_SECOND) for _ in range(count)))
    cpu = house.cpu()
    with _decisions(house) as decided:
        loaded = offer(house.port, bookings(sittings, count), clients=32, due=due)
        deadline = time.monotonic() + 30
        while len(decided) < count and time.monotonic() < deadline:
            time.sleep(0.05)
    if len(decided) < count:
        raise RuntimeError(f"only {len(decided)} of {count} bookings were decided")
    waits = [(decided[f"guest{one.number}@example.org"] - one.sent_at) * 1000 for one in loaded.answers]
    return Decided(waits, floor, paced, {name: seconds - cpu.get(name, 0.0) for name, seconds in house.cpu().items()})


@contextmanager
def _decisions(house: Processes) -> Iterator[dict[str, float]]:
    """When each booking was decided (monotonic seconds), by its e-mail address; grows while decisions are made."""
    decided: dict[str, float] = {}
    over = threading.Event()

    def listen(conn: psycopg.Connection) -> None:
        while not over.is_set():
            for told in conn.notifies(timeout=0.2):
                decided.setdefault(told.payload, time.monotonic())

    with psycopg.connect(house.database("booking"), autocommit=True, connect_timeout=3) as conn:
        conn.execute(TRIGGER)
        conn.execute("LISTEN decided")
        listening = threading.Thread(target=listen, args=(conn,))
        listening.start()
        try:
            yield decided
        finally:
            over.set()
            listening.join()
