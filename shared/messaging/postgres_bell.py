"""The bell on PostgreSQL, which rings for all processes of a service."""

import os
import threading
import time

import psycopg

from shared.database import Database
from shared.logs import get_logger

log = get_logger(__name__)
CHANNEL = "tablee_outbox"
SHORTEST, LONGEST = 0.001, 0.016  # seconds from one ring of a process to the next: the busier it is, the longer


class PostgresBell:
    """LISTEN and NOTIFY. The NOTIFY has a transaction of its own: inside the business one it halves the commit rate."""

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
        pause = SHORTEST
        while True:
            pause = min(2 * pause, LONGEST) if self._rung.is_set() else SHORTEST  # rung during the last pause?
            self._rung.wait()
            self._rung.clear()
            try:
                if connection is None or connection.closed:
                    connection = self._database.connect_alone()
                connection.execute(f"NOTIFY {CHANNEL}")
            except psycopg.Error:
                log.warning("The bell could not be rung; the relay will look by itself.")
                connection = None
            time.sleep(pause)
