"""Campaign 9 with real processes: residents book, and at each boundary the process that stands there kills itself.

Which boundaries there are is seen as the processes reach them. The fleet starts who died again; what must be true at
the end is what campaigns 1 and 2 ask.
"""

import random
import re
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.faults import witness
from tests.faults.campaign import Struck, judge, settle
from tests.faults.dying import Orders
from tests.faults.house import House, open_house
from tests.faults.report import Figure, Options, none_of
from tests.faults.residents import Residents
from tests.real.conftest import open_lunches
from tests.real.fleet import PROCESSES

BOOKINGS = 1_500
MEALS = 20
SEATS = 60  # of each meal: less than half of what is asked for
FIRST = 60  # requests before the first death: they find the boundaries
AT_ONCE = 4  # requests that are let go together,
PACE = 0.5  # seconds after those before
OBEYED_WITHIN = 15.0  # seconds; else the order is withdrawn, and given once more later
TRIES = 3
KINDS = {
    *(f"web serves: {edge} commit" for edge in ("before", "after")),
    "relay relays: after commit",  # it has leased its rows
    *(
        f"relay publishes: {edge}"
        for edge in ("before publishing", "after publishing", "before commit", "after commit")
    ),
    *(
        f"worker hears{what}: {edge}"
        for what in ("", " receipt")
        for edge in ("before commit", "after commit", "before the broker's ack")
    ),
    "sender steps: after commit",  # it has taken letters
    *(f"sender sends: {edge} the provider's call" for edge in ("before", "after")),
    *(f"sender sends: {edge} commit" for edge in ("before", "after")),
}
"""The steps of the design at which somebody must have died."""


@dataclass
class Deaths:
    """Gives orders, and brings back who obeyed."""

    house: House
    orders: Orders
    obeyed: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)  # deaths that nobody ordered
    _tries: Counter[str] = field(default_factory=Counter)
    _given: dict[str, tuple[str, float]] = field(default_factory=dict)  # by process: the boundary, and until when

    def left(self) -> list[str]:
        """Where somebody has been and nobody has died."""
        return [one for one in self.orders.seen() if one not in self.obeyed and self._tries[one] < TRIES]

    def go_on(self, chance: random.Random) -> None:
        """Bring back who died, and give an order to everybody who has none."""
        for name in PROCESSES:
            if self.house.fleet.running[name].poll() is not None:
                self._bring_back(name)
            elif name in self._given and time.monotonic() > self._given[name][1]:
                if self.orders.withdraw(name):
                    del self._given[name]
            elif name not in self._given and (mine := [one for one in self.left() if one.startswith(f"{name} ")]):
                boundary = chance.choice(mine)
                self._tries[boundary] += 1
                self._given[name] = (boundary, time.monotonic() + OBEYED_WITHIN)
                self.orders.give(name, boundary)

    def end(self) -> None:
        """Nobody dies any more."""
        for name in self._given:
            self.orders.withdraw(name)
        time.sleep(1)
        for name in PROCESSES:
            if self.house.fleet.running[name].poll() is not None:
                self._bring_back(name)

    def _bring_back(self, name: str) -> None:
        boundary, _ = self._given.pop(name, ("", 0.0))
        if boundary and not self.orders.withdraw(name):
            self.obeyed.append(boundary)
        else:
            self.unasked.append(name)
        del self.house.fleet.running[name]
        self.house.fleet.start(name)


def kind_of(boundary: str) -> str:
    """At which edge of what sort of step it is, whoever takes it: "relay publishes: after publishing"."""
    found = re.fullmatch(r"\w+ (?P<role>\w+) (?P<deed>\w+)(?P<what> receipt)?.*: (?P<edge>.*)", boundary)
    assert found, boundary
    what = found["what"] if found["role"] == "worker" else None
    return f"{found['role']} {found['deed']}{what or ''}: {found['edge']}"


def run(options: Options) -> tuple[list[Figure], list[str]]:
    """Have somebody die at every boundary that is reached. Returns figures and notes."""
    bookings = options.bookings or BOOKINGS
    with tempfile.TemporaryDirectory(prefix="tablee-orders-") as folder:
        instead = {name: f"tests.faults.dying {folder} {name.split()[0]}" for name in PROCESSES}
        with open_house(instead) as house:
            witness.install(house)
            seats = SEATS * bookings // BOOKINGS
            lunches = open_lunches(house.fleet, MEALS, seats=seats)
            residents = Residents(house.client, lunches, bookings, options.seed)
            try:
                deaths = Deaths(house, Orders(Path(folder)))
                strike_everywhere(deaths, residents, random.Random(options.seed))
                residents.wait()
                ended = time.monotonic()
                settled = settle(house) - ended
                struck = Struck([(boundary, 1) for boundary in deaths.obeyed])
                figures = judge(house, residents, seats, struck, settled)
            finally:
                residents.end()
    kinds = {kind_of(boundary) for boundary in deaths.obeyed}
    figures = [figure for figure in figures if "poison" not in figure.name]
    figures.insert(0, none_of("steps at which nobody died", sorted(KINDS - kinds)))
    figures.insert(1, none_of("deaths that nobody ordered", deaths.unasked))
    notes = [f"{len(deaths.obeyed)} deaths, each at another boundary; nobody came to {deaths.left() or 'no other'}"]
    return (
        [replace(figure, name=f"real processes: {figure.name}") for figure in figures],
        [f"real processes: {note}" for note in notes],
    )


def strike_everywhere(deaths: Deaths, residents: Residents, chance: random.Random) -> None:
    """Have somebody die at each boundary, while residents go on asking."""
    residents.let(FIRST / residents.deeds)
    residents.catch_up(30)
    settle(deaths.house)
    while deaths.left() and residents.let_go < residents.deeds:
        residents.let((residents.let_go + AT_ONCE) / residents.deeds)
        residents.catch_up(PACE)
        deaths.go_on(chance)
        time.sleep(PACE)
    deaths.end()
