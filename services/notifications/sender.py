"""The sender: a process of its own, so that a slow provider stalls nothing else."""

import threading
import time
from collections.abc import Callable

from services.notifications.use_cases.send_due import SendDue
from shared.database import is_transient
from shared.logs import get_logger
from shared.messaging.bell import Bell
from shared.pulse import beat

log = get_logger(__name__)

LOOK_EVERY = 1.0  # seconds; the bell usually wakes it before
OFTEN = 10.0  # seconds


class Sender:
    """Sends until told to stop. Any number may run. `seldom` is done now and then, when nothing is to be sent; `often`
    every few seconds, whatever is to be sent.
    """

    def __init__(
        self,
        send_due: SendDue,
        bell: Bell,
        seldom: Callable[[], object] = lambda: None,
        every: float = 3600.0,
        often: Callable[[], object] = lambda: None,
    ) -> None:
        self._send_due = send_due
        self._bell = bell
        self._seldom = seldom
        self._every = every
        self._next = time.monotonic()
        self._often = often
        self._next_often = time.monotonic() + OFTEN

    def run(self, stop: threading.Event) -> None:
        """Send what is due; the database's absence is waited out."""
        try:
            self._send_until(stop)
        finally:
            self._send_due.close()
            self._bell.close()

    def _send_until(self, stop: threading.Event) -> None:
        while not stop.is_set():
            beat("sender")
            try:
                taken = self._send_due.step(stop)
                if time.monotonic() >= self._next_often:
                    self._next_often = time.monotonic() + OFTEN
                    self._often()
                if not taken and time.monotonic() >= self._next:
                    self._next = time.monotonic() + self._every
                    self._seldom()
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("The sender waits for the database.", error=type(error).__name__)
                stop.wait(LOOK_EVERY)
                continue
            if not taken:
                self._bell.wait(min(LOOK_EVERY, self._send_due.pause or LOOK_EVERY))


class TwoBells:
    """Rings for two: the relay waits on the first, the sender on the second, and neither takes the other's ring."""

    def __init__(self, first: Bell, second: Bell) -> None:
        self._first = first
        self._second = second

    def ring(self) -> None:
        self._first.ring()
        self._second.ring()

    def wait(self, seconds: float) -> None:
        self._first.wait(seconds)

    def close(self) -> None:
        self._first.close()
