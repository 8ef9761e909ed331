"""Campaign 7: the demo, one process, is killed every 3 s while residents book; its supervisor starts it again."""

import math
import random
import sqlite3
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from deploy.demo.place import Place
from tests.demo import Demo
from tests.faults.reconciled import reconciled
from tests.faults.report import Figure, Options, Report, at_least, at_most, none_of
from tests.real.client import Client, Promise
from tests.real.fleet import Fleet
from tests.real.sink import Sink

BOOKINGS = 2_000
PER_SECOND = 12
KILL_EVERY = 3.0  # seconds
P99_WITHIN = 5.0  # seconds, from a resident's first try to the 202
PATIENCE = 60.0  # seconds, for a booking to be answered
REST_WITHIN = 120.0  # seconds; a letter that was in the sender's hands is repeated after a minute
AT_ONCE = 64  # residents with something under way


@dataclass
class Crowd:
    """Residents who book in the demo, repeat with the same key what was broken off, and wait for their answer."""

    demo: Demo
    client: Client
    at_most: float = math.inf  # kills
    kills: int = 0
    begun: int = 0
    became: list[tuple[Promise, str]] = field(default_factory=list)  # each with its status
    waited: list[float] = field(default_factory=list)  # seconds from the first try to the decision

    def book_all(self, wanted: Sequence[str], *, kill_every: float) -> None:
        """Book at these sittings, in this order and at a steady pace, whatever becomes of those before."""
        over = threading.Event()
        killer = threading.Thread(target=self._kill, args=(kill_every, over))
        killer.start()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for sitting in wanted:
                self.begun += 1
                pool.submit(self._one, sitting)
                time.sleep(1 / PER_SECOND)
        over.set()
        killer.join()

    def _one(self, sitting: str) -> None:
        if promise := self.client.book(sitting):
            status = self._decision(promise)
            self.waited.append(time.monotonic() - promise.sent_at)
            self.became.append((promise, status))

    def _decision(self, promise: Promise) -> str:
        end, pause = time.monotonic() + PATIENCE, 0.2
        while time.monotonic() < end:
            seen = self.client.read(promise)
            if not seen["being_checked"]:
                return str(seen["status"])
            time.sleep(pause)
            pause = min(pause * 1.5, 1.0)  # as the page does: residents who look all the time leave no time to decide
        return "unanswered"

    def _kill(self, every: float, over: threading.Event) -> None:
        """Again and again, but only who serves and has something in hand: else it were no fault."""
        while not over.wait(every):
            serves = self.demo.said.count("Tablée is back.") == self.kills
            if serves and self.begun > len(self.became) and self.kills < self.at_most:
                self.demo.product.kill()
                self.kills += 1


def run(options: Options) -> Report:
    """Kill the demo every 3 s while residents book."""
    with open_demo() as demo:
        left = {one["id"]: one["seats_left"] for one in demo.read("/api/v1/sittings?page_size=100")["items"]}
        wanted = twice_what_is_left(left, options.bookings or BOOKINGS)
        random.Random(options.seed).shuffle(wanted)
        crowd = Crowd(demo, client_of(demo))
        crowd.book_all(wanted, kill_every=KILL_EVERY)
        figures = [at_least("kills with work in flight", crowd.kills, len(wanted) // (PER_SECOND * KILL_EVERY * 2))]
        figures += [*promises_kept(crowd, left, wanted), *agreed_and_told(crowd)]
        accepted = [promise.accepted_at - promise.sent_at for promise in crowd.client.ledger]
        figures.append(at_most("p99 from the first try to the 202", p99(accepted), P99_WITHIN, "s"))
        crowd.client.http.clear()
        notes = (
            f"{len(wanted)} bookings at {PER_SECOND}/s; {crowd.client.broken_off} requests were broken off",
            f"p99 from the first try to the decision {p99(crowd.waited):.2f} s; p50 {p50(crowd.waited):.2f} s",
        )
    return Report("7 · The demo, killed every 3 s", tuple(figures), notes)


def promises_kept(crowd: Crowd, left: Mapping[str, int], wanted: Sequence[str]) -> Iterator[Figure]:
    """Nothing lost, nothing oversold, everybody answered; the supervisor has not given up."""
    yield none_of("lives given up by the supervisor", [] if crowd.demo.process.poll() is None else [crowd.demo.said])
    yield none_of("bookings refused or without a 202", range(len(wanted) - len(crowd.client.ledger)))
    yield none_of("unanswered", [who.email for who, status in crowd.became if status == "unanswered"])
    confirmed = Counter(who.sitting for who, status in crowd.became if status == "confirmed")
    seats = {sitting: min(demand, left[sitting]) for sitting, demand in Counter(wanted).items()}
    yield none_of("meals oversold", [one for one in seats if confirmed[one] > seats[one]])
    yield none_of("meals with a seat left over", [one for one in seats if confirmed[one] < seats[one]])


def agreed_and_told(crowd: Crowd) -> Iterator[Figure]:
    """Once all has come to rest: the services agree, and everybody was written to once."""
    place = Place(crowd.demo.folder)
    agreed = reconciled(place.environment(crowd.demo.address), within=REST_WITHIN)
    yield none_of("differences between the services", agreed.differences)
    told = letters_in(place.folder)
    due = Counter((who.email, "is booked" if status == "confirmed" else "waiting list") for who, status in crowd.became)
    ours = Counter({one: times for one, times in told.items() if one[0].startswith("guest")})
    yield none_of("letters lost", due - ours)
    yield none_of("letters too many", ours - due)


def twice_what_is_left(left: Mapping[str, int], bookings: int) -> list[str]:
    """So many wishes for one person, at the roomiest meals, each with twice as many as it has seats left."""
    roomy = sorted(left, key=lambda one: -left[one])
    return [one for one in roomy for _ in range(2 * left[one])][:bookings]


def letters_in(folder: Path) -> Counter[tuple[str, str]]:
    """The demo's mailbox: (address, what the letter says), counted."""
    with closing(sqlite3.connect(f"file:{folder}/notifications.db?mode=ro", uri=True)) as conn:
        rows = conn.execute("SELECT address, subject FROM mailbox").fetchall()
    words = ("is booked", "waiting list")
    return Counter((to, next((word for word in words if word in subject), subject)) for to, subject in rows)


def client_of(demo: Demo) -> Client:
    """A client of the demo, as of any fleet."""
    port = urlsplit(demo.address).port or 0
    return Client(Fleet(env={}, logs=demo.folder, port=port, sink=Sink()))


def p50(values: Sequence[float]) -> float:
    """The median."""
    return sorted(values)[len(values) // 2]


def p99(values: Sequence[float]) -> float:
    """Which only one in a hundred exceeds."""
    return sorted(values)[len(values) * 99 // 100]


@contextmanager
def open_demo() -> Iterator[Demo]:
    """A demo with data of its own, furnished and serving."""
    with tempfile.TemporaryDirectory(prefix="tablee-demo-", ignore_cleanup_errors=True) as folder:
        demo = Demo(Path(folder) / "data", Path(folder) / "terminal")
        try:
            yield demo
        finally:
            demo.end()
