"""Campaign 4: one fault at a time while residents book five times a second; how soon all is as before.

*Recovered* is measured from the cure: the process is started again, the server answers again, the hole is closed. It
ends with the last decision that came late: later than `NORMAL` after the booking was first sent, be that before the
cure or after it. Nothing late is 0 s. A fault counts only if work was in flight when it struck: a booking that was
accepted and not decided.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import psutil

from tests.faults.house import House, open_house
from tests.faults.proxy import Link
from tests.faults.report import Figure, Options, Report, at_most
from tests.faults.stream import Stream, open_stream
from tests.real.client import Promise
from tests.real.conftest import open_lunches
from tests.real.fleet import until

NORMAL = 1.0  # seconds from sending to decision; 0.1 is usual
NORMAL_LETTER = 2.0  # seconds from sending to the letter in the sink; 0.4 is usual
CALM = 2.0  # seconds without a fault, before it strikes and after everything was decided
WITHIN = 120.0  # seconds, after which something is lost


Deed = Callable[[House], None]


@dataclass(frozen=True)
class Fault:
    """One fault: how it strikes, how long it lasts, how it is cured, and how soon then all must be well (seconds).

    With `letters` the delay of letters is measured, otherwise that of decisions. It strikes so many `times`.
    """

    name: str
    strike: Deed
    cure: Deed
    lasts: float
    limit: float
    letters: bool = False
    times: int = 1


def kill(process: str, *, letters: bool = False) -> Fault:
    """kill -9 of a process and its children, and a new one at once, as from a supervisor."""
    strike: Deed = lambda house: house.fleet.kill(process)  # noqa: E731
    return Fault(f"{process} killed", strike, lambda house: house.fleet.start(process), 0, 2, letters, times=3)


def kill_child(process: str) -> Fault:
    """kill -9 of the child that handles the tasks; its parent makes another."""

    def strike(house: House) -> None:
        psutil.Process(house.fleet.running[process].pid).children()[0].kill()

    return Fault(f"the child of {process} killed", strike, lambda house: None, 0, 2, times=3)


def hole(where: str, lasts: float, *, held: bool) -> Fault:
    """Bytes are held back for a while, and the connections live on; or they vanish, and the connections end at last."""

    def links(house: House) -> Sequence[Link]:
        all_links = {"broker": house.to_broker, "database": house.to_postgres}
        return [all_links[where]] if where in all_links else list(all_links.values())

    def strike(house: House) -> None:
        for link in links(house):
            link.hold() if held else link.swallow()

    def cure(house: House) -> None:
        for link in links(house):
            link.restore()

    return Fault(f"packets to {where} {'held back' if held else 'swallowed'} {lasts:g} s", strike, cure, lasts, 5)


def postgres_away(lasts: float) -> Fault:
    """PostgreSQL stopped at once, as by a crash."""
    return Fault(f"PostgreSQL away {lasts:g} s", lambda h: h.postgres.stop(), lambda h: h.postgres.start(), lasts, 2)


def broker_away(name: str, strike: Deed, lasts: float) -> Fault:
    """RabbitMQ stopped in some way."""
    return Fault(f"broker {name}, away {lasts:g} s", strike, lambda house: house.broker.start(), lasts, 10)


def wipe(house: House) -> None:
    """Kill the broker; it forgets everything."""
    house.broker.kill()
    house.broker.wipe()


FAULTS: Sequence[Fault] = (
    kill("booking web"),
    kill("booking relay"),
    kill("capacity worker"),
    kill_child("capacity worker"),
    kill("capacity relay"),
    kill("booking worker"),
    kill("notifications worker", letters=True),
    kill("notifications sender", letters=True),
    postgres_away(4),
    postgres_away(30),
    broker_away("killed", lambda house: house.broker.kill(), 4),
    broker_away("stopped", lambda house: house.broker.stop(), 20),
    broker_away("wiped", wipe, 4),
    *(hole(where, 3, held=True) for where in ("broker", "database", "both")),
    *(hole(where, 20, held=held) for held in (True, False) for where in ("broker", "database", "both")),
)


def run(options: Options) -> Report:
    """Strike with each fault in turn, in one house."""
    with open_house() as house:
        lunches = open_lunches(house.fleet, 10, seats=500)
        with open_stream(house, lunches) as calm:
            time.sleep(2 * CALM)
        usual = statistics.median(calm.decided_at[one.email] - one.sent_at for one in calm.accepted)
        figures = [_measure(house, lunches, fault) for fault in FAULTS]
    notes = (f"Without a fault a booking is decided in {usual:.2f} s (median). Of kills, the worst of three.",)
    return Report("4 · Recovery from one fault at a time, at 5 bookings/s", tuple(figures), notes)


def _measure(house: House, lunches: Sequence[str], fault: Fault) -> Figure:
    """The worst of its strikes."""
    return at_most(fault.name, max(strike(house, lunches, fault) for _ in range(fault.times)), fault.limit, "s")


def strike(house: House, lunches: Sequence[str], fault: Fault) -> float:
    """Strike once. Returns in how many seconds from the cure all was well."""
    with open_stream(house, lunches) as stream:
        time.sleep(CALM)
        until(lambda: stream.undecided, what="work is in flight")
        fault.strike(house)
        in_hand = letters_in_hand(house) if fault.letters else set()
        time.sleep(fault.lasts)
        fault.cure(house)
        cured_at = time.monotonic()
        follow(stream, fault.limit)
    if fault.letters:
        others = [one for one in stream.accepted if one.email not in in_hand]
        return recovered_after(others, stream.told_at, cured_at, NORMAL_LETTER)
    return recovered_after(stream.accepted, stream.decided_at, cured_at, NORMAL)


def letters_in_hand(house: House) -> set[str]:
    """Whose letter a sender has in hand. If it was killed nobody knows whether the letter left; by design it is given
    60 s to be heard of, then sent again with the same Message-ID. These are not counted as late.
    """
    question = "SELECT email FROM letter JOIN known_booking ON id = booking WHERE letter.state = 'attempting'"
    with house.look("notifications") as conn:
        return {str(email) for (email,) in conn.execute(question)}


def follow(stream: Stream, limit: float) -> None:
    """Wait until as many are decided as were sent up to now, and go on for a while: who books after it counts too."""
    sent = stream.sent
    until(lambda: len(stream.decided_at) >= sent, seconds=WITHIN, what="as many are decided as were sent by then")
    time.sleep(CALM + limit)


def recovered_after(accepted: Sequence[Promise], done_at: Mapping[str, float], cured_at: float, normal: float) -> float:
    """Seconds from the cure to the last that came late. Raises KeyError if one never came."""
    late = [done_at[one.email] for one in accepted if done_at[one.email] - one.sent_at > normal]
    return max([0.0, *(moment - cured_at for moment in late)])
