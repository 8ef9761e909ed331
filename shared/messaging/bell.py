"""The bell that wakes who goes on after a commit. It may be missed: they also look by themselves every second."""

import os
import threading
import time
from typing import Protocol

import psycopg

from shared.database import Database
from shared.logs import get_logger

log = get_logger(__name__)
CHANNEL = "tablee_outbox"


class Bell(Protocol):
    """Rung after a commit of something that somebody waits for; waited for by the relay, and by the sender."""

    def ring(self) -> None:
        """Wake the relay, now or in a few milliseconds. Never raises, never waits."""
        ...

    def wait(self, seconds: float) -> None:
        """Return when rung, or after `seconds`."""
        ...

    def close(self) -> None:
        """Stop listening; a later `wait` begins again."""
        ...


class LocalBell:
    """A bell inside one process."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def ring(self) -> None:
        self._event.set()

    def wait(self, seconds: float) -> None:
        self._event.wait(seconds)
        self._event.clear()

    def close(self) -> None:
        pass


class PostgresBell:
    """LISTEN and NOTIFY. The NOTIFY has a transaction of its own: inside the business one it halves the commit rate."""

    at_most_every = 0.01  # seconds, per process

    def __init__(self, database: Database) -> None:
        self._database = database
        self._pid = -1
        self._rung = threading.Event()
        self._listening: psycopg.Connection | None = None

    def ring(self) -> None:
        if self._pid != os.getpid():  # first ring in this process, or a fork of one that rang before
            self._pid = os.getpid()
            self._rung = threading.Event()
            threading.Thread(target=self._notify_for_ever, name="bell", daemon=True).start()
        self._rung.set()

    def wait(self, seconds: float) -> None:
        try:
            if self._listening is None or self._listening.closed:
                self._listening = self._database.connect_alone()
                self._listening.execute(f"LISTEN {CHANNEL}")
            for _ in self._listening.notifies(timeout=seconds, stop_after=1):
                pass
        except psycopg.Error:
            self._listening = None
            time.sleep(min(seconds, 0.5))

    def close(self) -> None:
        listening, self._listening = self._listening, None
        if listening is not None:
            listening.close()

    def _notify_for_ever(self) -> None:
        connection: psycopg.Connection | None = None
        while True:
            self._rung.wait()
            self._rung.clear()
            try:
                if connection is None or connection.closed:
                    connection = self._database.connect_alone()
                connection.execute(f"NOTIFY {CHANNEL}")
            except psycopg.Error:
                log.warning("The bell could not be rung; the relay will look by itself.")
                connection = None
            time.sleep(self.at_most_every)


def make_bell(database: Database) -> Bell:
    """The bell that suits the database."""
    return LocalBell() if database.is_sqlite else PostgresBell(database)
