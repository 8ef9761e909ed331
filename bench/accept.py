"""HTTP alone: how many bookings a second the web accepts durably (202), beside inserts alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version

import urllib3

from bench.burst import CLIENTS, SITTINGS
from bench.figure import Figure, Result
from bench.floor import SESSIONS, insert_only
from bench.house import Processes, open_house
from bench.load import Loaded, bookings, offer
from bench.options import Options
from services.capacity.domain.kitchen import MAX_SEATS

BOOKINGS = 4000
PARTS = ("booking web", "PostgreSQL")


@dataclass(frozen=True)
class Accepted:
    """What the web alone gave; the floor in inserts a second, CPU in seconds."""

    loaded: Loaded
    floor: float
    cpu: dict[str, float]
    server: str

    @property
    def of_floor(self) -> float:
        """Percent of inserts alone."""
        return self._rate / self.floor * 100

    @property
    def lines(self) -> list[str]:
        """The details."""
        count = len(self.loaded.answers)
        web, postgres = (self.cpu[name] / count * 1000 for name in PARTS)
        return [
            f"{count} bookings by {CLIENTS} clients, {self._rate:.0f}/s, by {self.server}",
            f"floor, inserts alone, {SESSIONS} sessions: {self.floor:.0f}/s",
            f"CPU per booking: web {web:.2f} ms, PostgreSQL {postgres:.2f} ms",
            f"the load itself took {self.loaded.cpu / count * 1000:.2f} ms per request",
        ]

    @property
    def _rate(self) -> float:
        return len(self.loaded.answers) / self.loaded.seconds


def measure(options: Options) -> Result:
    """Only booking's web runs; what it accepts stands in the database."""
    floor = insert_only()
    with open_house() as house:
        house.start()
        sittings = house.lunches(SITTINGS, seats=MAX_SEATS)
        house.warm_up(sittings)
        for name in list(house.fleet.running):
            if name != "booking web":
                house.fleet.kill(name)
        seen = accept(house, sittings, options.bookings or BOOKINGS, floor)
    return Result(
        [
            Figure(
                what="HTTP accept (durable 202), of insert-only",
                measured=seen.of_floor,
                must=15,
                stretch=30,
                unit=" %",
                at_least=True,
            )
        ],
        seen.lines,
    )


def accept(house: Processes, sittings: Sequence[str], count: int, floor: float) -> Accepted:
    """Send so many bookings. Raises RuntimeError if one was not accepted, or is not kept."""
    kept, cpu = house.ask("booking", "SELECT count(*) FROM booking"), house.cpu()
    loaded = offer(house.port, bookings(sittings, count), clients=CLIENTS)
    cpu_after = house.cpu()
    kept = house.ask("booking", "SELECT count(*) FROM booking") - kept
    if not kept == loaded.count(202) == count:
        raise RuntimeError(f"of {count} bookings {loaded.count(202)} were accepted and {kept} kept")
    return Accepted(loaded, floor, {name: cpu_after[name] - cpu[name] for name in PARTS}, _server(house))


def _server(house: Processes) -> str:
    """The WSGI server, as it names itself."""
    answer = urllib3.request("GET", f"{house.fleet.url}/healthz", timeout=10, retries=False)
    name = answer.headers.get("Server", "an unnamed server").split("/")[0]
    try:
        return f"{name} {version(name)}"
    except ModuleNotFoundError:
        return name
