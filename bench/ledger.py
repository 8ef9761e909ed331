"""The ledger: what a decision costs capacity when a hundred claims lie in its tables, and when a million do.

Capacity decides full tasks in this process, without a broker: for one hot sitting, and for a hundred sittings at once.
All sizes are measured in turn, several times over, so that an hour of noise falls on each of them alike.
"""

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from uuid import uuid4

import sqlalchemy as sa

from bench.figure import Figure, Result
from bench.fill import fill_one
from bench.items import in_tasks
from bench.options import Options
from services.capacity.bootstrap import assemble
from services.capacity.domain.history import Author
from services.capacity.domain.kitchen import OwnKitchen
from services.capacity.domain.sittings import Plan
from services.capacity.store.tables import sitting
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.open_sitting import open_sitting
from shared.assembly import Assembly
from shared.contracts.party import Party
from shared.contracts.seats import SeatsRequest
from tests import backends
from tests.stories.residents import CANTINE, at_noon

SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)
MANY = 100  # sittings
ROUNDS = 5
PARTY = Party(eaters=2)
SETTINGS = {"BROKER_URL": "memory://", "SECRET_KEYS": "a-key-for-the-bench-only-of-enough-characters"}


@dataclass
class Ledger:
    """Capacity with so many settled claims, one hot sitting and a hundred others, and the seconds that it took."""

    claims: int
    parts: Assembly
    hot: list[str]
    many: list[str]
    seconds: dict[str, list[float]] = field(default_factory=lambda: {"hot": [], "many": []})

    def decide(self, what: str, count: int) -> None:
        """Decide so many requests, each of which gets its seats; then forget what was said, as if it were receipted."""
        tasks = list(in_tasks(_requests(self.hot if what == "hot" else self.many, count, self.parts)))
        begun = time.perf_counter()
        for items in tasks:
            self.parts.inbox.receive(SeatsRequest.kind, "booking", items)
        self.seconds[what].append((time.perf_counter() - begun) / count)
        with self.parts.service.database.begin() as conn:
            conn.execute(sa.delete(self.parts.service.tables.outbox))

    def cost(self, what: str) -> float:
        """Seconds for one decision: the median of the rounds."""
        return median(self.seconds[what])

    def held(self) -> int:
        """How many seats were given."""
        with self.parts.service.read() as conn:
            ours = sitting.c.id.in_([*self.hot, *self.many])
            return int(conn.execute(sa.select(sa.func.sum(sitting.c.held)).where(ours)).scalar_one())


def measure(options: Options, sizes: Sequence[int] = SIZES) -> Result:
    """The same decisions on top of each size."""
    count = options.bookings or 2000
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="tablee-bench-")))
        ledgers = [stack.enter_context(_open(size, folder)) for size in sizes]
        for number in range(ROUNDS + 1):
            for one in ledgers:
                for what in ("hot", "many"):
                    one.decide(what, count)
            if not number:  # this one was to warm up
                for one in ledgers:
                    one.seconds["hot"].clear()
                    one.seconds["many"].clear()
        for one in ledgers:
            wanted = 2 * (ROUNDS + 1) * count * PARTY.seats
            if one.held() != wanted:
                raise RuntimeError(f"{one.held()} seats were given, not {wanted}")
        costs = {one.claims: {what: one.cost(what) for what in ("hot", "many")} for one in ledgers}
    return Result([_figure(costs, what) for what in ("hot", "many")], _details(costs, count))


def _figure(costs: Mapping[int, Mapping[str, float]], what: str) -> Figure:
    smallest, *larger = costs.values()
    return Figure(
        what=f"ledger, {_name(what)}: a decision, worst of all sizes to {min(costs):,}",
        measured=max(one[what] for one in larger) / smallest[what],
        must=1.3,
        stretch=1.1,
        unit=" ×",
    )


def _details(costs: Mapping[int, Mapping[str, float]], count: int) -> list[str]:
    lines = [f"median of {ROUNDS} rounds of {count:,} decisions for each, in tasks of at most 200"]
    for claims, one in costs.items():
        each = ", ".join(f"{_name(what)} {one[what] * 1e6:.0f} µs ({1 / one[what]:.0f}/s)" for what in one)
        lines.append(f"with {claims:,} claims: {each}")
    return lines


def _name(what: str) -> str:
    return "one hot sitting" if what == "hot" else f"{MANY} sittings"


@contextmanager
def _open(claims: int, folder: Path) -> Iterator[Ledger]:
    """Capacity on a database of its own, with so many settled claims."""
    with backends.new_database("postgres", folder, "ledger") as url:
        parts = assemble({**SETTINGS, "CAPACITY_DATABASE_URL": url})
        parts.migrate()
        fill_one(url, "capacity", claims)
        with parts.service.work() as work:
            add_cantine(work, CANTINE)
        hot, *many = _open_sittings(parts, 1 + MANY)
        yield Ledger(claims, parts, [hot], many)
        parts.service.database.dispose()


def _open_sittings(parts: Assembly, count: int) -> list[str]:
    """New sittings with room for whoever asks: nobody waits, at any size."""
    with parts.service.work() as work:
        day = work.now.date() + timedelta(days=14)
        plan = Plan(**at_noon(day), kitchen=OwnKitchen(room=100, cook_places=10), menu="Soupe")
        ids = [open_sitting(work, CANTINE.slug, plan, "", Author()) for _ in range(count)]
    with parts.service.database.begin() as conn:
        room = {"seats": 1_000_000, "kitchen": {"room": 1_000_000}}
        conn.execute(sa.update(sitting).where(sitting.c.id.in_(ids)).values(room))
        conn.execute(sa.delete(parts.service.tables.outbox))
    return ids


def _requests(sittings: Sequence[str], count: int, parts: Assembly) -> list[SeatsRequest]:
    """As many for each sitting, in an order of chance."""
    with parts.service.read() as conn:
        now = parts.service.clock.now(conn)
    chance = random.Random(7)
    wishes = [
        SeatsRequest(
            thing=str(uuid4()), revision=1, sitting=sittings[number % len(sittings)], party=PARTY, asked_at=now
        )
        for number in range(count)
    ]
    chance.shuffle(wishes)
    return wishes
