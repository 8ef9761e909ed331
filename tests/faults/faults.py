"""The faults: each strikes while work is in flight, lasts, and is over."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from shared.contracts.routes import SERVICES
from tests.faults import flight, poison_thrown
from tests.faults.flight import InFlight
from tests.faults.house import House
from tests.faults.proxy import Link
from tests.real.fleet import PROCESSES, until

IN_FLIGHT_WITHIN = 10.0  # seconds that a fault waits for work


@dataclass(frozen=True)
class Durations:
    """How long faults last, in seconds. Those of CI still outlast the time-outs that they are to meet: broker frozen,
    alarm and long hole the 5 s of a confirm and of a statement.
    """

    frozen: float = 60
    broker_frozen: float = 60
    short_hole: float = 3
    long_hole: float = 20
    alarm: float = 8
    stopped: float = 2
    clock_off: float = 12
    fivefold: float = 20
    task_limit: int = 10
    given_back: int = 60  # after which a letter in a silent sender's hands is given back


IN_CI = Durations(
    frozen=5,
    broker_frozen=7,
    short_hole=2,
    long_hole=6,
    alarm=6,
    stopped=1,
    clock_off=4,
    fivefold=5,
    task_limit=5,
    given_back=20,
)


class NothingInFlight(Exception):
    """The house was idle: the fault does not count."""


@dataclass(frozen=True)
class Fault:
    """One fault. `targets` are what it must have for itself until it is over, `needs` what must be well as it strikes.
    `strike` returns how much work was in flight, or raises NothingInFlight; `recover` ends it after `lasts` seconds.
    """

    name: str
    targets: frozenset[str]
    lasts: float
    strike: Callable[[House], int]
    recover: Callable[[House], None]
    needs: frozenset[str] = frozenset()


def wait_for(house: House, in_flight: InFlight) -> int:
    """Wait until there is work. Raises NothingInFlight."""
    deadline = time.monotonic() + IN_FLIGHT_WITHIN
    while not (found := in_flight(house)):
        if time.monotonic() > deadline:
            raise NothingInFlight
        time.sleep(0.01)
    return found


def killed(process: str) -> Fault:
    """kill -9 of a process that was stopped with its work in hand; a new one takes its place."""

    def strike(house: House) -> int:
        with _frozen(house, process):
            found = wait_for(house, flight.in_the_hands_of(process))
            house.fleet.kill(process)
        return found

    return Fault(f"kill -9 {process}", frozenset({process}), 0, strike, lambda house: house.fleet.start(process))


@contextmanager
def _frozen(house: House, process: str) -> Iterator[None]:
    """Nobody takes its work while we look. If nothing is there, it goes on."""
    house.fleet.freeze(process)
    try:
        yield
    except NothingInFlight:
        house.fleet.thaw(process)
        raise


def frozen(process: str, lasts: float) -> Fault:
    """SIGSTOP of a process."""

    def strike(house: House) -> int:
        with _frozen(house, process):
            return wait_for(house, flight.in_the_hands_of(process))

    return Fault(f"SIGSTOP {process}", frozenset({process}), lasts, strike, lambda house: house.fleet.thaw(process))


def on_broker(name: str, lasts: float, deed: Callable[[House], None], recover: Callable[[House], None]) -> Fault:
    """A fault of the broker, while messages are on their way."""

    def strike(house: House) -> int:
        found = wait_for(house, flight.messages)
        deed(house)
        return found

    return Fault(name, frozenset({"broker", "unread"} if "wiped" in name else {"broker"}), lasts, strike, recover)


def _stop_and_wipe(house: House) -> None:
    house.broker.stop()
    house.broker.wipe()


def postgres_stopped(lasts: float) -> Fault:
    """PostgreSQL stopped at once, while transactions are open."""

    def strike(house: House) -> int:
        found = wait_for(house, flight.transactions)
        house.postgres.stop()
        return found

    return Fault(
        "PostgreSQL stopped at once", frozenset({"postgres"}), lasts, strike, lambda house: house.postgres.start()
    )


def hole(server: str, lasts: float, *, long: bool) -> Fault:
    """The network to a server swallows packets; it counts only if it swallowed some."""
    link: Callable[[House], Link] = lambda house: house.to_postgres if server == "postgres" else house.to_broker  # noqa: E731

    def strike(house: House) -> int:
        wait_for(house, flight.messages)
        (link(house).swallow if long else link(house).hold)()
        try:
            return wait_for(house, lambda house: link(house).held)
        except NothingInFlight:
            link(house).restore()
            raise

    return Fault(
        f"packets to {server} swallowed, {'long' if long else 'short'}",
        frozenset({server}),
        lasts,
        strike,
        lambda house: link(house).restore(),
    )


def with_quirk(name: str, quirk: str, processes: tuple[str, ...], lasts: float, in_flight: InFlight) -> Fault:
    """Processes that are replaced, in mid-work, by some with a quirk, and later by themselves again."""
    before: dict[str, str] = {}

    def strike(house: House) -> int:
        found = wait_for(house, in_flight)
        for process in processes:
            before[process] = house.fleet.instead.get(process, "")
            quirks = ",".join(part for part in (*before[process].split()[1:2], quirk) if part)
            house.fleet.instead[process] = f"tests.faults.wrapped {quirks} {process.split()[0]}"
            house.restart(process)
        return found

    def recover(house: House) -> None:
        for process in reversed(processes):  # what the others say meanwhile awaits a relay with the true clock
            house.fleet.instead.pop(process)
            if before[process]:
                house.fleet.instead[process] = before[process]
            house.restart(process)

    return Fault(name, frozenset(processes), lasts, strike, recover)


def poison_said(kind: str) -> Fault:
    """A poisonous item among the wishes that booking says."""

    def strike(house: House) -> int:
        poison_thrown.say(house, kind)
        return wait_for(house, flight.messages_to("capacity"))

    return Fault(f"poison: {kind}", frozenset({kind}), 0, strike, lambda house: None)


def poison_unread(kind: str) -> Fault:
    """A message that nobody can read, among those that wait in capacity's queue."""
    before: list[int] = []

    def strike(house: House) -> int:
        before.append(poison_thrown.laid_aside(house))
        found = wait_for(house, flight.messages_to("capacity"))
        poison_thrown.throw(house, kind)
        return found

    return Fault(
        f"poison: {kind}",
        frozenset({"unread"}),
        0,
        strike,
        lambda house: poison_thrown.wait_until_laid_aside(house, before[-1]),
        needs=frozenset({"broker"}),
    )


def of_every_kind(durations: Durations) -> dict[str, list[Fault]]:
    """All faults that the campaign knows, by the kind that the issue names."""
    lasts = durations
    workers = [process for process in PROCESSES if process.endswith("worker")]
    relays = tuple(process for process in PROCESSES if process.endswith("relay"))
    restarted = partial(on_broker, recover=lambda house: house.broker.start())
    return {
        "kill": [killed(process) for process in PROCESSES],
        "freeze a worker": [frozen(process, lasts.frozen) for process in workers],
        "freeze the broker": [
            on_broker(
                "SIGSTOP broker",
                lasts.broker_frozen,
                lambda house: house.broker.freeze(),
                lambda house: house.broker.thaw(),
            )
        ],
        "broker stopped": [restarted("broker stopped", lasts.stopped, lambda house: house.broker.stop())],
        "broker wiped": [restarted("broker data wiped", lasts.stopped, _stop_and_wipe)],
        "database": [postgres_stopped(lasts.stopped)],
        "short hole": [hole(server, lasts.short_hole, long=False) for server in ("postgres", "broker")],
        "long hole": [hole(server, lasts.long_hole, long=True) for server in ("postgres", "broker")],
        "disk alarm": [
            on_broker(
                "disk alarm",
                lasts.alarm,
                lambda house: house.broker.alarm_disk(),
                lambda house: house.broker.lift_alarm(),
            )
        ],
        "clock": [
            with_quirk(
                f"{service}'s clock {'an hour ahead' if off > 0 else 'an hour behind'}",
                f"clock={off}",
                tuple(process for process in PROCESSES if process.startswith(service)),
                lasts.clock_off,
                flight.messages,
            )
            for service, off in zip(SERVICES, (3600, -3600, 3600), strict=True)
        ],
        "poison": [
            *(poison_said(kind) for kind in poison_thrown.PARKED),
            *(poison_unread(kind) for kind in poison_thrown.UNREAD),
        ],
        "fivefold": [
            with_quirk("every message 5 times, shuffled", "fivefold=7", relays, lasts.fivefold, flight.messages)
        ],
    }


def no_longer_down(house: House) -> None:
    """Wait until the servers answer and residents are served."""
    until(house.postgres.answers, what="PostgreSQL answers")
    until(house.broker.answers, what="RabbitMQ answers")
    house.wait_for_web()
