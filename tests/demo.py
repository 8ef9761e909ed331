"""The real demo, as a person starts it: for the tests of its life, and for those in a browser."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import urllib3

ROOT = Path(__file__).parents[1]
PATIENCE = 300.0  # seconds; what must come is waited for on a slow machine too: it costs nothing when it comes


def until(true: Callable[[], Any], within: float = PATIENCE) -> Any:
    """What `true` gives as soon as it gives something."""
    begun = time.monotonic()
    while not (found := true()):
        assert time.monotonic() - begun < within, "waited in vain"
        time.sleep(0.05)
    return found


class Demo:
    """A running demo, on a free port."""

    def __init__(self, folder: Path, terminal: Path) -> None:
        self.folder = folder
        self.terminal = terminal
        command = [sys.executable, "-m", "deploy.demo", "--port", "0", "--data", str(folder)]
        with terminal.open("w") as out:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
        self.http = urllib3.PoolManager(retries=urllib3.Retry(3), timeout=PATIENCE)  # a GET that was at hand
        until(lambda: "Ctrl-C stops" in self.said or self.process.poll() is not None)
        found = re.search(r"http://127\.0\.0\.1:\d+", self.said)
        assert found, self.said
        self.address = found[0]

    @property
    def said(self) -> str:
        """What the terminal shows."""
        return self.terminal.read_text()

    @property
    def product(self) -> psutil.Process:
        """The process under the supervisor."""
        return psutil.Process(self.process.pid).children()[0]

    def ask(self, method: str, path: str, body: object = None) -> urllib3.BaseHTTPResponse:
        """One request."""
        headers = {"Accept-Language": "fr"} | ({"Content-Type": "application/json"} if body is not None else {})
        encoded = json.dumps(body) if body is not None else None
        return self.http.request(method, self.address + path, body=encoded, headers=headers)

    def read(self, path: str) -> Any:
        """What the API says."""
        answer = self.ask("GET", path)
        assert answer.status == 200, answer.data
        return answer.json()

    def book(self, name: str) -> str:
        """Book for one person where there is room. Gives the booking's place in the API."""
        sittings = self.read("/api/v1/sittings?page_size=100")["items"]
        roomy = max(sittings, key=lambda sitting: sitting["seats_left"])
        wish = {
            "sitting": roomy["id"],
            "party": {"people": 1},
            "name": name,
            "email": f"{name.lower()}@example.org",
            "language": "fr",
        }
        answer = self.ask("POST", "/api/v1/bookings", wish)
        assert answer.status == 202, answer.data
        return str(answer.headers["Location"])

    def is_confirmed(self, booking: str) -> bool:
        """Whether the booking is confirmed."""
        return bool(self.read(booking)["status"] == "confirmed")

    def has_letter_for(self, name: str) -> bool:
        """Whether a letter to this person is in the mailbox."""
        return f"{name.lower()}@example.org" in self.ask("GET", "/messages/mailbox").data.decode()

    def tell(self, number: signal.Signals) -> int:
        """Send the demo a signal; gives its exit status."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        """Stop it, whatever state it is in."""
        if self.process.poll() is None:
            self.tell(signal.SIGTERM)
        self.http.clear()
