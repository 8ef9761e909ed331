"""Residents who go on booking, changing and cancelling through the API, and remember what they were promised."""

import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import urllib3

from shared.links import Links

PAUSE = 0.25  # seconds between two deeds of one resident, on average
SMALL = (1, 2, 3, 4)  # people: always fewer than there are seats, so that no change is refused


@dataclass
class Guest:
    """One accepted booking. `people` is the last wish that was accepted (0: cancelled), `seat` what is due for sure:
    as many people as were seen confirmed, and have not been given back since.
    """

    id: str
    href: str
    email: str
    people: int
    seat: int = 0


@dataclass
class Guests:
    """All guests, made by a few residents at once; each booking is only ever in the hands of one of them."""

    url: str
    keys: tuple[str, ...]
    sittings: list[str]
    seed: int
    all: list[Guest] = field(default_factory=list)
    changes: int = 0
    not_found: int = 0  # deeds that met an unknown booking, which a restored database has still to find again
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._http = urllib3.PoolManager(maxsize=32, timeout=urllib3.Timeout(10), retries=False)

    @contextmanager
    def at_it(self, residents: int) -> Iterator[None]:
        """So many residents are busy meanwhile."""
        stop = threading.Event()
        threads = [threading.Thread(target=self._live, args=(number, stop)) for number in range(residents)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join(timeout=60)
            self._http.clear()

    def read(self, guest: Guest) -> dict[str, Any] | None:
        """What the API says of a booking, or None if it is unknown."""
        status, said = self._ask("GET", guest.href)
        return said if status == 200 else None

    def _live(self, number: int, stop: threading.Event) -> None:
        chance = random.Random(f"{self.seed} {number}")
        mine: list[Guest] = []
        while not stop.wait(chance.uniform(0, 2 * PAUSE)):
            living = [guest for guest in mine if guest.people]
            deed = chance.choice(("book", "book", "look", "look", "change", "cancel")) if living else "book"
            if deed == "book":
                mine.append(self._book(chance))
            else:
                getattr(self, f"_{deed}")(chance.choice(living), chance)

    def _book(self, chance: random.Random) -> Guest:
        people, email = chance.choice(SMALL), f"{uuid4().hex[:12]}@example.org"
        wish = {"sitting": chance.choice(self.sittings), "party": {"people": people}}
        status, said = self._ask("POST", "/api/v1/bookings", **wish, name="Guest", email=email, language="en")
        assert status == 202, said
        token = said["href"].rsplit("/", 1)[1]
        guest = Guest(Links(self.keys).read("booking", token), said["href"], email, people)
        with self._lock:
            self.all.append(guest)
        return guest

    def _look(self, guest: Guest, _chance: random.Random) -> None:
        said = self.read(guest)
        if said and said["status"] == "confirmed" and not said["being_checked"]:
            guest.seat = min(guest.people, said["party"]["people"])

    def _change(self, guest: Guest, chance: random.Random) -> None:
        self._wish(guest, chance.choice(SMALL), "PATCH")

    def _cancel(self, guest: Guest, _chance: random.Random) -> None:
        self._wish(guest, 0, "DELETE")

    def _wish(self, guest: Guest, people: int, method: str) -> None:
        """Whoever asks for less gives the rest back with the asking."""
        seat, guest.seat = guest.seat, min(guest.seat, people)
        body = {"party": {"people": people}} if people else {}
        status, _said = self._ask(method, guest.href, **body)
        if status == 404:
            guest.seat = seat
        else:
            guest.people = people
        with self._lock:
            self.changes += status != 404
            self.not_found += status == 404

    def _ask(self, method: str, path: str, **body: Any) -> tuple[int, Any]:
        """Ask again until there is an answer; a booking carries a key, so that it is made once."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": uuid4().hex}
        address = path if path.startswith("http") else f"{self.url}{path}"
        while True:
            try:
                answer = self._http.request(
                    method, address, body=json.dumps(body) if body else None, headers=headers if body else None
                )
            except urllib3.exceptions.HTTPError:
                time.sleep(0.1)
                continue
            if answer.status < 500:
                return answer.status, answer.json()
            time.sleep(0.2)
