"""Residents who book through nginx, and look into the mailbox."""

import itertools
import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import urllib3

SITE, MAIL = "http://127.0.0.1:8080", "http://127.0.0.1:8025"
ANSWERED = {"confirmed", "waitlisted", "refused"}


@dataclass
class Residents:
    """They ask until they are answered, each with a key of their own; what they were promised is kept here."""

    sittings: list[str] = field(default_factory=list)
    promises: dict[str, str] = field(default_factory=dict)
    """By e-mail address: the secret address of the booking that was accepted."""
    again: int = 0  # requests that were sent again, because something was being restarted

    def __post_init__(self) -> None:
        self._http = urllib3.PoolManager(timeout=urllib3.Timeout(5), retries=False)
        self._number = itertools.count()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep_booking)

    def find_meals(self) -> int:
        """The meals that can be booked now."""
        found = self._ask("GET", f"{SITE}/api/v1/sittings?page_size=100&with_places=true")
        self.sittings = [one["id"] for one in found["items"] if one["seats_left"] > 2]
        return len(self.sittings)

    def book(self) -> str:
        """One booking for one person, somewhere. Gives the e-mail address."""
        number = next(self._number)
        email = f"guest{number}@example.org"
        wish = {
            "sitting": self.sittings[number % len(self.sittings)],
            "party": {"people": 1},
            "name": f"Guest {number}",
            "email": email,
            "language": "en",
        }
        made = self._ask("POST", f"{SITE}/api/v1/bookings", wish, key=uuid4().hex)
        self.promises[email] = made["href"]
        return email

    def begin(self) -> None:
        """From now on somebody books, again and again."""
        self._thread.start()

    def end(self) -> None:
        """Nobody books any more."""
        self._stop.set()
        self._thread.join(timeout=120)

    def unanswered(self) -> dict[str, str]:
        """By e-mail address: how a booking stands that is not decided yet."""
        standing = {email: str(self._ask("GET", self._here(href))["status"]) for email, href in self.promises.items()}
        return {email: status for email, status in standing.items() if status not in ANSWERED}

    def letters(self) -> list[dict[str, str]]:
        """All letters that the catcher has."""
        found: list[dict[str, str]] = self._ask("GET", f"{MAIL}/letters.json")
        return found

    def without_letter(self) -> set[str]:
        """Whoever was promised an answer and has no letter."""
        return set(self.promises) - {one["to"] for one in self.letters()}

    def _here(self, href: str) -> str:
        return f"{SITE}/{href.split('/', 3)[3]}" if href.startswith("http") else f"{SITE}{href}"

    def _keep_booking(self) -> None:
        while not self._stop.wait(0.4):
            self.book()

    def _ask(self, method: str, url: str, body: object = None, *, key: str = "") -> Any:
        headers = {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {})
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                answer = self._http.request(method, url, body=json.dumps(body) if body else None, headers=headers)
                if answer.status in {200, 202}:
                    return answer.json()
                words = f"{answer.status} {answer.data[:200]!r}"
                if answer.status < 500:
                    raise RuntimeError(f"{method} is refused: {words}")
            except urllib3.exceptions.HTTPError as error:
                words = type(error).__name__
            self.again += 1
            time.sleep(0.3)
        raise RuntimeError(f"{method} has no answer for two minutes: {words}")
