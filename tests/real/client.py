"""Residents that book through the JSON API, and a ledger of what they were promised: the truth of a campaign."""

import itertools
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import urllib3

from tests.real.fleet import Fleet

SURNAME = "Sansnom"  # of everybody: found nowhere but where it does not belong


@dataclass(frozen=True)
class Promise:
    """One booking that was accepted (202), when, and by whom; `sent_at` and `accepted_at` in seconds (monotonic)."""

    href: str
    email: str
    people: int
    sent_at: float
    accepted_at: float
    sitting: str = ""


@dataclass
class Client:
    """Sends bookings, each with a key of its own, and again until it is accepted."""

    fleet: Fleet
    ledger: list[Promise] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    broken_off: int = 0  # requests that got no answer
    put_off: int = 0  # answers that said "come back later"
    asking: int = 0  # requests that wait for their answer now
    name: str = "guest"  # of everybody, before their number
    gave_up: bool = False  # nobody asks again any more
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.http = urllib3.PoolManager(maxsize=64, timeout=urllib3.Timeout(10), retries=False)

    def book(self, sitting: str, people: int = 1) -> Promise | None:
        """Book once. What is not answered (the web was killed) is sent again with the same key."""
        with self._lock:
            number = next(self._numbers)
        email = f"{self.name}{number}@example.org"
        wish = {
            "sitting": sitting,
            "party": {"people": people},
            "name": f"Jeanne {SURNAME}",
            "email": email,
            "phone": f"06 39 98 {number // 100 % 100:02} {number % 100:02}",
            "language": "en",
        }
        sent_at = time.monotonic()
        answer = self.answered("POST", "/api/v1/bookings", wish, key=uuid4().hex)
        with self._lock:
            if answer.status != 202:
                self.refused.append(answer.status)
                return None
            promise = Promise(answer.headers["Location"], email, people, sent_at, time.monotonic(), sitting)
            self.ledger.append(promise)
            return promise

    def answered(self, method: str, path: str, body: object = None, *, key: str = "") -> urllib3.BaseHTTPResponse:
        """Ask, again and again until there is an answer other than "come back later"."""
        url = path if path.startswith("http") else f"{self.fleet.url}{path}"
        headers = {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {})
        while not self.gave_up:
            self._now_asking(1)
            try:
                answer = self.http.request(method, url, body=json.dumps(body) if body else None, headers=headers)
            except urllib3.exceptions.HTTPError:
                with self._lock:
                    self.broken_off += 1
                time.sleep(0.05)
                continue
            finally:
                self._now_asking(-1)
            if answer.status != 503:
                return answer
            with self._lock:
                self.put_off += 1
            time.sleep(0.2)
        raise RuntimeError("nobody asks any more")

    def _now_asking(self, more: int) -> None:
        with self._lock:
            self.asking += more

    def book_many(self, sittings: list[str], *, each: int, clients: int = 8) -> ThreadPoolExecutor:
        """Start booking `each` times at every sitting, in turn, with so many clients at once."""
        pool = ThreadPoolExecutor(clients)
        for _ in range(each):
            for sitting in sittings:
                pool.submit(self.book, sitting)
        return pool

    def read(self, promise: Promise) -> dict[str, Any]:
        """What the API says of a booking now."""
        answer: dict[str, Any] = self.answered("GET", promise.href).json()
        return answer
