"""The bell that wakes who goes on after a commit. It may be missed: they also look by themselves every second."""

import threading
from typing import Protocol

from shared.database import Database


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


def make_bell(database: Database) -> Bell:
    """The bell that suits the database."""
    if database.is_sqlite:
        return LocalBell()
    from shared.messaging.postgres_bell import PostgresBell  # noqa: PLC0415 - the demo is smaller without the driver

    return PostgresBell(database)
