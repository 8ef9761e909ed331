"""Campaign 3: controls. With one safeguard sabotaged the same checks must fail, and by the check meant to see it.

The first three trust the broker (a row is forgotten as soon as it is published), as most systems do; the others keep
receipts and lose a guard. Each is told in the same house, with meals and residents of its own; the last ones, with
nothing sabotaged, must end well, or the controls would prove nothing.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults import flight, verdict, witness
from tests.faults.campaign import settle
from tests.faults.faults import wait_for
from tests.faults.house import House, open_house
from tests.faults.report import Figure, Options, Report
from tests.faults.residents import Residents
from tests.real.conftest import open_lunches
from tests.real.fleet import PROCESSES, until

SEATS = 20  # of the one meal of a control
BOOKINGS = 40
BEFORE_A_PROBE = 10.0  # seconds: a third of what passes until a relay asks after a row that it thinks is published

RELAYS = tuple(name for name in PROCESSES if name.endswith("relay"))
WORKERS = tuple(name for name in PROCESSES if name.endswith("worker"))


@dataclass(frozen=True)
class Control:
    """A sabotage: by process, the quirks it runs with; what happens to it; and the check that must see it.

    `bookings` are made beside; `patience` is for how many seconds the house may come to rest.
    """

    name: str
    quirks: dict[str, str]
    story: Callable[[House, Residents], None]
    seen_by: str
    bookings: int = BOOKINGS
    patience: float = 60.0


def run(options: Options) -> Report:
    """All controls, in one house."""
    with open_house() as house:
        witness.install(house)
        return tell(house, [*TRUSTING_THE_BROKER, *WITH_RECEIPTS], options.seed)


def tell(house: House, controls: list[Control], seed: int) -> Report:
    """Tell these controls, and the honest ones, in a house with witnesses."""
    figures = []
    for control in (*controls, *HONEST):
        seen = _told(house, control, seed)
        failed_by = ", ".join(sorted(seen)) or "nothing"
        held = control.seen_by in seen if control.seen_by else not seen
        figures.append(Figure(control.name, failed_by, control.seen_by or "nothing", held))
    return Report("3 · Controls: which check sees the sabotage", tuple(figures))


def _told(house: House, control: Control, seed: int) -> set[str]:
    """The names of the checks that find something wrong."""
    lunches = open_lunches(house.fleet, 1, seats=SEATS)
    residents = Residents(house.greet_others(), lunches, control.bookings, seed)
    try:
        with house.with_quirks(control.quirks):
            control.story(house, residents)
            residents.wait()
            settle(house, patience=control.patience)
        house.restart("booking relay")  # a story may have left it with a quirk
        return verdict.seen_by(witness.gather(house, residents, SEATS))
    finally:
        residents.end()


def _with(quirks: str, *processes: str) -> dict[str, str]:
    return {name: f"tests.faults.wrapped {quirks} {name.split()[0]}" for name in processes}


def undisturbed(house: House, residents: Residents) -> None:
    """Everybody asks, and nothing happens."""
    residents.wait()


def while_packets_vanish(house: House, residents: Residents) -> None:
    """The way to the broker swallows wishes that are published."""
    with _booking_relay_stopped(house, "stops-before") as folder:
        residents.let(0.1)
        until(lambda: residents.wishes and not flight.messages(house), what="the first are answered")
        residents.let(0.5)
        until((folder / "stopped").exists, what="wishes are about to be published")
        house.to_broker.swallow()
        (folder / "go on").touch()
        wait_for(house, lambda house: house.to_broker.held)
        time.sleep(1)
        house.to_broker.restore()


def while_workers_die(house: House, residents: Residents) -> None:
    """Capacity's worker is killed with a task in hand: it stands still at the sitting that another has locked."""
    with house.look("capacity") as conn, conn.transaction():
        conn.execute("SELECT 1 FROM sitting FOR UPDATE")
        residents.let(0.5)
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = 'capacity'"
        with house.look("capacity") as watcher:
            until(lambda: watcher.execute(waiting).fetchone() != (0,), what="a task waits for the lock")
        house.fleet.kill("capacity worker")
    house.fleet.start("capacity worker")


def while_the_broker_is_wiped(house: House, residents: Residents) -> None:
    """The broker forgets what lies in its queues."""
    house.fleet.freeze("capacity worker")
    residents.let(0.5)
    until(lambda: "capacity" in _with_messages(house), what="messages lie in the queue")
    house.broker.stop()
    house.broker.wipe()
    house.broker.start()
    house.restart("capacity worker")


def _with_messages(house: House) -> str:
    listed = house.broker.control("list_queues", "name", "messages").splitlines()
    return " ".join(line for line in listed if not line.endswith("\t0"))


def with_a_change_of_mind_at_the_relay(house: House, residents: Residents) -> None:
    """A first wish changes after it was published, and before the relay has marked it."""
    with _booking_relay_stopped(house, "stops-after") as folder:
        first = residents.client.book(residents.sittings[0], 1)
        assert first is not None
        until((folder / "stopped").exists, what="the wish is published")
        residents.changed(first, 2)
        (folder / "go on").touch()
        time.sleep(1)


def with_echoes(house: House, residents: Residents) -> None:
    """Who has a seat gives it back; every wish is heard once more, the oldest last; then the next give theirs back."""
    with _booking_relay_stopped(house, "echoes") as folder:
        residents.wait()
        residents.cancelled(_with_a_seat(house, residents))
        next_in_line = _with_a_seat(house, residents)
        (folder / "go on").touch()
        until((folder / "stopped").exists, what="every wish is published again")
        residents.cancelled(next_in_line)


def _with_a_seat(house: House, residents: Residents) -> list[str]:
    """Who is confirmed, once everything is answered."""
    settle(house)
    return [who for who, standing in residents.standings().items() if standing.status == "confirmed"]


@contextmanager
def _booking_relay_stopped(house: House, where: str) -> Iterator[Path]:
    """Booking's relay with a quirk that obeys a file "go on" in this folder, and answers there with "stopped"."""
    relay = "booking relay"
    with tempfile.TemporaryDirectory() as folder:
        before = house.fleet.instead.pop(relay, "")
        quirks = ",".join([*before.split()[1:2], f"{where}={folder}"])
        house.fleet.instead[relay] = f"tests.faults.wrapped {quirks} booking"
        house.restart(relay)
        del house.fleet.instead[relay]
        if before:
            house.fleet.instead[relay] = before
        yield Path(folder)


TRUSTING_THE_BROKER = [
    Control(
        "receipts off, no confirms",
        _with("no-receipts,no-confirms", *RELAYS),
        while_packets_vanish,
        "unanswered",
    ),
    Control(
        "receipts off, acknowledged early",
        _with("no-receipts", *RELAYS) | _with("early-ack", *WORKERS),
        while_workers_die,
        "unanswered",
    ),
    Control("receipts off, broker wiped", _with("no-receipts", *RELAYS), while_the_broker_is_wiped, "unanswered"),
]
WITH_RECEIPTS = [
    Control(
        "receipts on, no guard of the seats",
        {"capacity worker": "tests.real.crowd unguarded"} | _with("one-by-one", "booking relay"),
        undisturbed,
        "oversold",
    ),
    Control(
        "receipts on, no check of revisions",
        _with("no-revision-check", "capacity worker"),
        with_echoes,
        "seats withheld from who waits",
    ),
    Control(
        "receipts on, rows marked blindly",
        _with("marks-blindly", "booking relay"),
        with_a_change_of_mind_at_the_relay,
        "unanswered",
        bookings=0,  # a later receipt would tell the relay what it missed
        patience=BEFORE_A_PROBE,
    ),
]
HONEST = [
    Control("nothing sabotaged, a change of mind", {}, with_a_change_of_mind_at_the_relay, "", patience=120),
    Control("nothing sabotaged, echoes", {}, with_echoes, "", patience=120),
]
