"""Campaigns 1 and 2: residents book, change and cancel while faults of every kind strike; then nothing may be wrong."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from services.notifications.use_cases.send_due import MOST
from tests.faults import faults, poison_thrown, told, verdict, witness
from tests.faults.faults import Durations, Fault, NothingInFlight
from tests.faults.flight import letters, messages
from tests.faults.house import House, Watched, open_house
from tests.faults.reconciled import reconciled
from tests.faults.report import Figure, Options, Report, at_least, at_most, none_of
from tests.faults.residents import Residents
from tests.real.conftest import open_lunches

SETTLED_WITHIN = 120.0  # seconds after the last fault
QUIET_FOR = 2.5  # seconds; timers ring every second or two
GIVE_UP_AFTER = 300.0
LOAD = 0.95  # of all requests, spread over the faults; the rest comes after the last
TRIES = 4  # for each fault, to find work in flight
PACE = 5.0  # seconds at most from one fault to the next, if residents have not caught up before
TIMES = {
    "kill": 3,
    "broker stopped": 3,
    "broker wiped": 2,
    "database": 3,
    "short hole": 2,
    "disk alarm": 2,
    "poison": 2,
}
"""How often each fault of a kind strikes in the long campaign, if not once."""
FOLLOWED = 0.5  # of all bookings: who thinks again before a message leaves is told of under the id of the later deed
PEOPLE = 1.8  # that one booking is for, on average


@dataclass(frozen=True)
class Plan:
    """How large a campaign is."""

    title: str
    bookings: int
    sittings: int
    faults: Sequence[Fault]
    durations: Durations

    @property
    def seats(self) -> int:
        """Of each meal: a little less than half of what is asked for."""
        return int(self.bookings * PEOPLE / self.sittings / 2.2)


@dataclass
class Struck:
    """The faults that struck, how much was in flight each time, and those that found an idle house."""

    in_flight: list[tuple[str, int]] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)

    @property
    def poison(self) -> list[str]:
        """The kinds of poison that were given."""
        return [name.removeprefix("poison: ") for name, _ in self.in_flight if name.startswith("poison")]

    @property
    def to_be_parked(self) -> int:
        """How many poisonous items must be parked in the end."""
        return sum(kind in poison_thrown.PARKED for kind in self.poison)


def run(options: Options) -> Report:
    """Campaign 1: 10,000 bookings, and faults of every kind."""
    kinds = faults.of_every_kind(Durations())
    all_of_them = [fault for kind, some in kinds.items() for fault in some * TIMES.get(kind, 1)]
    random.Random(options.seed).shuffle(all_of_them)
    all_of_them.sort(key=lambda fault: fault.lasts < 15)  # the long ones first: the others strike beside them
    bookings = options.bookings or 10_000
    plan = Plan(f"1 · {bookings} bookings, faults of every kind", bookings, 40, all_of_them, Durations())
    with open_house() as house:
        witness.install(house)
        return fight(house, plan, options.seed, at_least_struck=60)


def run_small(options: Options) -> Report:
    """Campaign 2: 500 bookings, and each fault once, shorter."""
    with open_house() as house:
        witness.install(house)
        return each_fault_once(house, options)


def each_fault_once(house: House, options: Options) -> Report:
    """Campaign 2 in a house with witnesses."""
    kinds = faults.of_every_kind(faults.IN_CI)
    each = [fault for some in kinds.values() for fault in some]
    random.Random(options.seed).shuffle(each)
    each.sort(key=_swift_poison_then_slow)
    bookings = options.bookings or 500
    plan = Plan(f"2 · {bookings} bookings, each fault once", bookings, 10, each, faults.IN_CI)
    return fight(house, plan, options.seed, at_least_struck=len(each))


def _swift_poison_then_slow(fault: Fault) -> int:
    """First what is read at once, then what takes longest to get over, then the others."""
    kind = fault.name.removeprefix("poison: ")
    return (kind in poison_thrown.PARKED) + 2 * (kind == fault.name)


def fight(house: House, plan: Plan, seed: int, *, at_least_struck: int) -> Report:
    """Let residents and faults loose in a house with witnesses, wait until it has settled, and judge."""
    durations = plan.durations
    quirks = {
        "capacity worker": f"tests.faults.wrapped poison={durations.task_limit} capacity",
        "notifications relay": f"tests.faults.wrapped gives-back={durations.given_back} notifications",
    }
    with house.with_quirks(quirks):
        lunches = open_lunches(house.fleet, plan.sittings, seats=plan.seats)
        residents = Residents(house.greet_others(), lunches, plan.bookings, seed)
        try:
            return _fought(house, residents, plan, at_least_struck)
        finally:
            residents.end()


def _fought(house: House, residents: Residents, plan: Plan, at_least_struck: int) -> Report:
    begun = time.monotonic()
    struck = strike_all(house, residents, plan.faults)
    faults.no_longer_down(house)
    last_fault = time.monotonic()
    residents.wait()
    settled = settle(house, struck.to_be_parked)
    figures = judge(house, residents, plan.seats, struck, settled - last_fault)
    first = at_least("faults that struck work in flight", len(struck.in_flight), at_least_struck)
    return Report(plan.title, (first, *figures), tuple(_notes(house, residents, struck, last_fault - begun)))


def strike_all(house: House, residents: Residents, all_of_them: Sequence[Fault]) -> Struck:
    """Strike with every fault, each as soon as what it strikes is well; the load is spread over them."""
    struck = Struck()
    waiting = list(all_of_them)
    going_on: dict[Future[None], frozenset[str]] = {}
    with ThreadPoolExecutor(16) as pool:
        while waiting:
            for future in [future for future in going_on if future.done()]:
                future.result()
                del going_on[future]
            taken = frozenset[str]().union(*going_on.values())
            fault = next((one for one in waiting if not (one.targets | one.needs) & taken), None)
            if fault is None:
                time.sleep(0.05)
                continue
            waiting.remove(fault)
            residents.let(LOAD * (len(all_of_them) - len(waiting)) / len(all_of_them))
            over = _strike(house, fault, struck)
            if over is None:
                if struck.idle.count(fault.name) < TRIES:
                    waiting.append(fault)
                continue
            if "postgres" in fault.targets and "stopped" in fault.name:
                over()  # nobody can look for work in flight meanwhile
            else:
                going_on[pool.submit(over)] = fault.targets
            residents.catch_up(PACE)
    for future in going_on:
        future.result()
    return struck


def _strike(house: House, fault: Fault, struck: Struck) -> Callable[[], None] | None:
    """Strike now; returns what waits until the fault is over, or None if nothing was in flight."""
    try:
        found = fault.strike(house)
    except NothingInFlight:
        struck.idle.append(fault.name)
        return None
    struck.in_flight.append((fault.name, found))

    def over() -> None:
        time.sleep(fault.lasts)
        fault.recover(house)

    return over


def settle(house: Watched, poison: int = 0, *, patience: float = GIVE_UP_AFTER) -> float:
    """Wait until nothing is on its way and so much poison is parked; says since when (monotonic seconds).

    One look is not enough: what leaves one outbox for another meanwhile is in none of the two as it is looked at. Nor
    is a second: what waits for a timer is in none either.
    """
    give_up = time.monotonic() + patience
    quiet_since: float | None = None
    while time.monotonic() < give_up:
        if messages(house) or letters(house) or poison_thrown.parked(house) < poison:
            quiet_since = None
        elif quiet_since is None:
            quiet_since = time.monotonic()
        elif time.monotonic() - quiet_since > QUIET_FOR:
            return quiet_since
        time.sleep(0.2)
    return time.monotonic()


def judge(house: House, residents: Residents, seats: int, struck: Struck, seconds: float) -> list[Figure]:
    """Whether everything is as it must be."""
    facts = witness.gather(house, residents, seats)
    asked = sum(wish.people for wish in facts.wishes.values()) / (seats * len(residents.sittings))
    parked, to_park, laid_aside = poison_thrown.parked(house), struck.to_be_parked, poison_thrown.laid_aside(house)
    # Whatever is cut off while letters are handed over leaves those of one step in doubt.
    calls_cut_off = sum("sender" in name or "PostgreSQL" in name or "postgres" in name for name, _ in struck.in_flight)
    agreed = reconciled(house.fleet.env, within=30)
    followed, asked_for = told.followed(house)
    return [
        at_least("people who asked, per seat", round(asked, 2), 2),
        Figure(
            "settled after the last fault", f"{seconds:.0f} s", f"≤ {SETTLED_WITHIN:g} s", seconds <= SETTLED_WITHIN
        ),
        none_of("requests refused", residents.refused),
        *(none_of(name, check(facts)) for name, check in verdict.CHECKS.items()),
        at_most("letters repeated, under their own key", len(verdict.repeated(facts)), calls_cut_off * MOST, "letters"),
        Figure("poison parked", f"{parked}", f"{to_park}", parked == to_park),
        at_least("poison laid aside unread", laid_aside, len(struck.poison) - to_park),
        none_of(f"differences between the services, in {agreed.rows} rows", agreed.differences),
        none_of("names, addresses, numbers and links in logs", told.private_in_logs(house, residents.links())),
        at_least("bookings that one id leads through all logs", round(followed / max(1, asked_for), 2), FOLLOWED),
    ]


def _notes(house: House, residents: Residents, struck: Struck, seconds: float) -> Iterator[str]:
    second_thoughts = residents.deeds - residents.bookings
    yield f"{len(residents.wishes)} bookings and {second_thoughts} second thoughts in {seconds:.0f} s"
    yield f"{house.client.broken_off} requests got no answer and were sent again"
    yield f"struck: {_counted(name for name, _ in struck.in_flight)}"
    yield f"least in flight: {min((found for _, found in struck.in_flight), default=0)}"
    if struck.idle:
        yield f"found an idle house at first and struck again: {_counted(struck.idle)}"


def _counted(names: Iterable[str]) -> str:
    return ", ".join(f"{name} × {times}" for name, times in sorted(Counter(names).items()))
