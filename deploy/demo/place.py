"""Where the demo keeps its data: a folder with three databases, a key and a log, for one running demo at a time."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SERVICES = ("booking", "capacity", "notifications")


class Unusable(Exception):
    """The demo cannot start here; the message says why, to a person."""


@dataclass(frozen=True)
class Place:
    """The demo's folder."""

    folder: Path

    @classmethod
    @contextmanager
    def open(cls, folder: Path) -> Iterator["Place"]:
        """Take the folder, which is made if it is not there. Raises Unusable."""
        folder = folder.absolute()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = (folder / "lock").open("w")
        except OSError as error:
            raise Unusable(f"The demo cannot write to {folder}: {error.strerror}.") from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise Unusable(f"A demo is already running with the data in {folder}. Stop it first.") from error
            yield cls(folder)

    @property
    def log(self) -> Path:
        """What the product writes while it runs."""
        return self.folder / "tablee.log"

    @property
    def seeded(self) -> Path:
        """Is there once the invented network is complete."""
        return self.folder / "seeded"

    def environment(self, public_url: str) -> dict[str, str]:
        """The settings of the three services."""
        return {f"{name.upper()}_DATABASE_URL": f"sqlite:///{self.folder}/{name}.db" for name in SERVICES} | {
            "BROKER_URL": "memory://localhost/",
            "SECRET_KEYS": self._secret(),
            "PUBLIC_URL": public_url,
            "NETWORK_NAME": "Les Tablées",
            "MAIL_PROVIDER": "recorder",
            "SMS_PROVIDER": "recorder",
            "SMS_PRICE": "0.045",
            "SMS_SENDER": "33639980000",  # so that an SMS can be answered, from the mailbox
            "BOOKINGS_FROM_ONE_PLACE": "0",  # everybody sits at one machine
            "DEMO": "1",
        }

    def forget(self) -> None:
        """Delete the data; nothing else that may lie in the folder."""
        ours = ["secret", "seeded", "tablee.log", "lock"]
        for name in SERVICES:
            ours += [f"{name}.db", f"{name}.db-wal", f"{name}.db-shm"]
        for name in ours:
            (self.folder / name).unlink(missing_ok=True)
        if not any(self.folder.iterdir()):
            self.folder.rmdir()

    def _secret(self) -> str:
        """The demo's key, made at the first start: links and sessions outlive a restart."""
        file = self.folder / "secret"
        if not file.exists():
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
                new.write(secrets.token_urlsafe(48))
        return file.read_text()
