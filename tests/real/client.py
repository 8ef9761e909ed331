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


@dataclass(frozen=True)
class Promise:
    """One booking that was accepted (202), when, and by whom; `sent_at` and `accepted_at` in seconds (monotonic)."""

    href: str
    email: str
    people: int
    sent_at: float
    accepted_at: float


@dataclass
class Client:
    """Sends bookings, each with a key of its own, and again until it is accepted."""

    fleet: Fleet
    ledger: list[Promise] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    broken_off: int = 0  # requests that got no answer
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.http = urllib3.PoolManager(maxsize=64, timeout=urllib3.Timeout(10), retries=False)

    def book(self, sitting: str, people: int = 1) -> None:
        """Book once. What is not answered (the web was killed) is sent again with the same key."""
        with self._lock:
            email = f"guest{next(self._numbers)}@example.org"
        body = json.dumps(
            {"sitting": sitting, "party": {"people": people}, "name": "Guest", "email": email, "language": "en"}
        )
        headers = {"Content-Type": "application/json", "Idempotency-Key": uuid4().hex}
        sent_at = time.monotonic()
        while True:
            try:
                answer = self.http.request("POST", f"{self.fleet.url}/api/v1/bookings", body=body, headers=headers)
            except urllib3.exceptions.HTTPError:
                with self._lock:
                    self.broken_off += 1
                time.sleep(0.05)
                continue
            if answer.status == 503:
                time.sleep(0.2)
                continue
            break
        with self._lock:
            if answer.status == 202:
                promise = Promise(answer.headers["Location"], email, people, sent_at, time.monotonic())
                self.ledger.append(promise)
            else:
                self.refused.append(answer.status)

    def book_many(self, sittings: list[str], *, each: int, clients: int = 8) -> ThreadPoolExecutor:
        """Start booking `each` times at every sitting, in turn, with so many clients at once."""
        pool = ThreadPoolExecutor(clients)
        for _ in range(each):
            for sitting in sittings:
                pool.submit(self.book, sitting)
        return pool

    def read(self, promise: Promise) -> dict[str, Any]:
        """What the API says of a booking now."""
        url = promise.href if promise.href.startswith("http") else f"{self.fleet.url}{promise.href}"
        answer: dict[str, Any] = self.http.request("GET", url).json()
        return answer
