"""Residents who book, and some of whom think again: their ledger of accepted answers is the truth of a campaign."""

import random
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace

from tests.faults.verdict import Standing, Wish
from tests.real.client import Client, Promise

CLIENTS = 24  # requests at once
THINK_AGAIN = (
    0.2  # of all residents: half of these cancel, half come with other people (and a fifth of them cancel then)
)
WITHIN = 150  # bookings that others make before somebody thinks again


@dataclass
class Residents:
    """So many bookings at these sittings, each by a seeded chance; none begins before it is let go."""

    client: Client
    sittings: Sequence[str]
    bookings: int
    seed: int
    wishes: dict[str, Wish] = field(default_factory=dict)  # by e-mail address: what was accepted last
    promises: dict[str, Promise] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)  # answers that no well-formed request should get

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        self._made: dict[int, str] = {}  # the address of each booking
        self._gate = threading.Semaphore(0)
        self._people = [chance.choice((1, 1, 2, 2, 3)) for _ in range(self.bookings)]
        deeds = [(float(number), number, "book") for number in range(self.bookings)]
        for number in range(self.bookings):
            if chance.random() < THINK_AGAIN:
                later = number + chance.uniform(1, WITHIN)
                deeds.append((later, number, chance.choice(("cancel",) * 5 + ("change",) * 4 + ("change and cancel",))))
        self._deeds = [(number, what) for _, number, what in sorted(deeds)]
        self._pool = ThreadPoolExecutor(CLIENTS)
        self._running = [self._pool.submit(self._in_turn, number, what) for number, what in self._deeds]
        self.let_go = 0

    @property
    def deeds(self) -> int:
        """How many requests there will be in all."""
        return len(self._deeds)

    def let(self, share: float) -> None:
        """Let this share of all that will be asked be asked, as far as it has not been let."""
        upto = min(self.deeds, round(share * self.deeds))
        if upto > self.let_go:
            self._gate.release(upto - self.let_go)
            self.let_go = upto

    def catch_up(self, seconds: float) -> None:
        """Wait until what was let is asked and answered, but for a few; or so many seconds."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and sum(one.done() for one in self._running) < self.let_go - CLIENTS:
            time.sleep(0.05)

    def wait(self) -> None:
        """Let everything be asked, and wait until it is answered. Raises what went wrong in asking."""
        self.let(1.0)
        wait(self._running)
        self._pool.shutdown()
        for one in self._running:
            one.result()

    def end(self) -> None:
        """Nobody asks any more, whatever they still wanted."""
        self.client.gave_up = True
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._gate.release(self.deeds + 1)

    def links(self) -> list[str]:
        """The addresses of all bookings, each of which ends with a secret."""
        return [promise.href for promise in self.promises.values()]

    def standings(self) -> dict[str, Standing]:
        """What the API says of each booking now, by e-mail address."""
        with ThreadPoolExecutor(8) as pool:
            return dict(zip(self.promises, pool.map(self._read, self.promises.values()), strict=True))

    def _read(self, promise: Promise) -> Standing:
        said = self.client.read(promise)
        if "status" not in said or "being_checked" not in said:
            return Standing("unknown", 0, 0, checking=False)
        return Standing(said["status"], said["party"]["people"], said["wished"]["people"], said["being_checked"])

    def changed(self, promise: Promise, people: int) -> None:
        """Somebody who booked beside all these comes with other people."""
        self.promises[promise.email] = promise
        self.wishes[promise.email] = Wish(promise.sitting, promise.people)
        self._change(promise.email, people)

    def cancelled(self, emails: Sequence[str]) -> None:
        """These people do not come after all."""
        for email in emails:
            self._cancel(email)

    def _in_turn(self, number: int, what: str) -> None:
        self._gate.acquire()
        if what == "book":
            self._book(number)
            return
        while number not in self._made and not self.client.gave_up:  # begun before, by another thread
            time.sleep(0.01)
        if email := self._made.get(number):
            if what.startswith("change"):
                self._change(email, self._people[number] % 3 + 1)
            if what.endswith("cancel"):
                self._cancel(email)

    def _book(self, number: int) -> None:
        people = self._people[number]
        promise = self.client.book(self.sittings[number % len(self.sittings)], people)
        if promise is None:
            self.refused.append(f"a booking: {self.client.refused[-1]}")
        else:
            self.promises[promise.email] = promise
            self.wishes[promise.email] = Wish(promise.sitting, people)
        self._made[number] = promise.email if promise else ""

    def _change(self, email: str, people: int) -> None:
        answer = self.client.answered("PATCH", self.promises[email].href, {"party": {"people": people}})
        if answer.status == 202:
            self.wishes[email] = replace(self.wishes[email], people=people)
        else:
            self.refused.append(f"a change: {answer.status}")

    def _cancel(self, email: str) -> None:
        answer = self.client.answered("DELETE", self.promises[email].href)
        if answer.status == 200:
            self.wishes[email] = replace(self.wishes[email], cancelled=True)
        else:
            self.refused.append(f"a cancellation: {answer.status}")
