"""HTTP alone: how many bookings a second the web accepts durably (202), beside inserts alone."""

from importlib.metadata import version

import urllib3

from bench.burst import CLIENTS, SITTINGS
from bench.figure import Figure, Result
from bench.floor import SESSIONS, insert_only
from bench.house import House, open_house
from bench.load import bookings, offer
from bench.options import Options
from services.capacity.domain.kitchen import MAX_SEATS


def measure(options: Options) -> Result:
    """Only booking's web runs; what it accepts stands in the database."""
    count = options.bookings or 4000
    floor = insert_only()
    with open_house() as house:
        house.start()
        sittings = house.lunches(SITTINGS, seats=MAX_SEATS)
        house.warm_up(sittings)
        for name in list(house.fleet.running):
            if name != "booking web":
                house.fleet.kill(name)
        kept, cpu = house.ask("booking", "SELECT count(*) FROM booking"), house.cpu()
        loaded = offer(house.port, bookings(sittings, count), clients=CLIENTS)
        cpu_after = house.cpu()
        kept = house.ask("booking", "SELECT count(*) FROM booking") - kept
        server = _server(house)
    if not kept == loaded.count(202) == count:
        raise RuntimeError(f"of {count} bookings {loaded.count(202)} were accepted and {kept} kept")
    rate = count / loaded.seconds
    spent = {name: (cpu_after[name] - cpu[name]) / count * 1000 for name in ("booking web", "PostgreSQL")}
    return Result(
        [
            Figure(
                what="HTTP accept (durable 202), of insert-only",
                measured=rate / floor * 100,
                must=15,
                stretch=30,
                unit=" %",
                at_least=True,
            )
        ],
        [
            f"{count} bookings by {CLIENTS} clients, {rate:.0f}/s, by {server}",
            f"floor, inserts alone, {SESSIONS} sessions: {floor:.0f}/s",
            f"CPU per booking: web {spent['booking web']:.2f} ms, PostgreSQL {spent['PostgreSQL']:.2f} ms",
            f"the load itself took {loaded.cpu / count * 1000:.2f} ms per request",
        ],
    )


def _server(house: House) -> str:
    """The WSGI server, as it names itself."""
    answer = urllib3.request("GET", f"{house.fleet.url}/healthz", timeout=10, retries=False)
    name = answer.headers.get("Server", "an unnamed server").split("/")[0]
    try:
        return f"{name} {version(name)}"
    except ModuleNotFoundError:
        return name
