"""Campaign 5: the broker hangs (every process of it is stopped for a minute) while residents book.

It is *noticed* when each of those who depend on it says so by itself: the readiness page shows it as away, a relay logs
that nothing was confirmed, a worker logs that its connection is lost. It is *working* as campaign 4 defines recovery,
from the thaw on.
"""

import time
from collections.abc import Callable, Mapping

import urllib3

from tests.faults.house import House, open_house
from tests.faults.recovery import CALM, NORMAL, follow, recovered_after
from tests.faults.report import Options, Report, at_most
from tests.faults.stream import open_stream
from tests.real.conftest import open_lunches
from tests.real.fleet import until

FROZEN = 60.0  # seconds
NOTICED = 30.0  # seconds
WORKING = 5.0  # seconds

Sign = Callable[[House], bool]


def says(process: str, *sentences: str) -> Sign:
    return lambda house: any(sentence in house.fleet.log_of(process) for sentence in sentences)


def shows_it_as_away(house: House) -> bool:
    return bool(urllib3.request("GET", f"{house.fleet.url}/readyz", timeout=10).json()["broker"] == "away")


SIGNS: Mapping[str, Sign] = {
    "the readiness page": shows_it_as_away,
    "booking's relay": says("booking relay", "The broker did not confirm."),
    "capacity's worker": says("capacity worker", "The broker cannot be reached.", "Connection to broker lost"),
    "booking's worker": says("booking worker", "The broker cannot be reached.", "Connection to broker lost"),
}


def run(options: Options) -> Report:
    """Freeze the broker once, for `FROZEN` seconds."""
    with open_house() as house:
        lunches = open_lunches(house.fleet, 10, seats=500)
        with open_stream(house, lunches) as stream:
            time.sleep(CALM)
            until(lambda: stream.undecided, what="work is in flight")
            assert not any(sign(house) for sign in SIGNS.values())
            house.broker.freeze()
            noticed = when_noticed(house)
            time.sleep(max(0.0, FROZEN - max(noticed.values())))
            house.broker.thaw()
            thawed_at = time.monotonic()
            follow(stream, WORKING)
    working = recovered_after(stream.accepted, stream.decided_at, thawed_at, NORMAL)
    figures = [at_most(f"noticed by {who}", seconds, NOTICED, "s") for who, seconds in noticed.items()]
    return Report(
        f"5 · The broker hangs for {FROZEN:g} s, at 5 bookings/s",
        (*figures, at_most("working again after the thaw", working, WORKING, "s")),
    )


def when_noticed(house: House) -> dict[str, float]:
    """After how many seconds from now each sign was seen; at most `FROZEN`."""
    begun = time.monotonic()
    noticed: dict[str, float] = {}
    while len(noticed) < len(SIGNS) and time.monotonic() < begun + FROZEN:
        for who in SIGNS.keys() - noticed.keys():
            if SIGNS[who](house):
                noticed[who] = time.monotonic() - begun
        time.sleep(0.1)
    return {who: noticed.get(who, FROZEN) for who in SIGNS}
