"""One service, wired: what its bootstrap hands to the command line, the demo and the tests."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from celery import Celery
from sqlalchemy import MetaData

from shared.database import is_transient
from shared.ledger.ledger import Open
from shared.logs import get_logger
from shared.loops import Loop
from shared.messaging.ailing import TimerHealth
from shared.messaging.celery_app import make_celery
from shared.messaging.inbox import Inbox
from shared.messaging.publisher import CeleryPublisher
from shared.messaging.relay import Relay
from shared.messaging.service import Service
from shared.messaging.telling import Teller, Waits, nothing_else
from shared.messaging.worker import register_tasks
from shared.pulse import beat
from shared.settings import CommonSettings

if TYPE_CHECKING:
    from flask import Flask

log = get_logger(__name__)

AFTER_AN_ERROR = 60.0  # seconds for which a timer that raised is left alone

Timer = Callable[[], int]
"""Does what has fallen due, in its own units of work. Returns how many things it did."""


@dataclass(frozen=True)
class Seldom:
    """A timer for which it is enough to be asked every so many seconds."""

    deed: Timer
    every: float = 60.0

    def __call__(self) -> int:
        return self.deed()


@dataclass(frozen=True, kw_only=True)
class Assembly:
    """A service with everything it needs."""

    settings: CommonSettings
    service: Service
    inbox: Inbox
    metadata: MetaData
    migrations: Path
    timers: Mapping[str, Timer]
    resay: Callable[[], int]
    ledger: Open
    make_web: Callable[[], "Flask"]
    waits: Waits = nothing_else
    loops: Mapping[str, Loop] = field(default_factory=dict)
    commands: tuple[click.Command, ...] = ()

    def migrate(self) -> bool:
        """Bring the database to this version's schema. False: it is of a newer version, and is left as it is."""
        from shared.migrations import migrate  # Alembic is needed once, and takes a quarter of what a start takes

        return migrate(self.service.database, self.migrations, self.metadata)

    def make_celery(self) -> Celery:
        """The service's Celery application, with a task for each message it hears."""
        app = make_celery(self.settings)
        register_tasks(app, self.service.name, lambda: self.inbox)
        return app

    def make_relay(self, app: Celery) -> Relay:
        """A relay that publishes through Celery."""
        return Relay(self.service, CeleryPublisher(app, self.service.name, self.settings.queue_prefix))

    def make_teller(self, app: Celery) -> Teller:
        """What tells how this service is."""
        broker = CeleryPublisher(app, self.service.name, self.settings.queue_prefix)
        return Teller(self.service, broker, self.waits, self.inbox.keep_state)

    def run_timers(self, stop: threading.Event, *, every: float = 1.0) -> None:
        """Do what falls due, once a second, until told to stop. The database's absence is waited out; a timer that
        raises is told of, and holds up neither the others nor the relay.
        """
        health = TimerHealth(self.service)
        rested: dict[str, float] = {}  # until when each may rest
        while not stop.is_set():
            beat("timers")
            begun = time.monotonic()
            worked: list[str] = []
            for name, timer in self.timers.items():
                if begun < rested.get(name, 0.0):
                    continue
                rested[name] = begun + (timer.every if isinstance(timer, Seldom) else 0.0)
                try:
                    timer()
                    worked.append(name)
                except Exception as error:
                    if is_transient(error):
                        log.warning("A timer waits for the database.", timer=name, error=type(error).__name__)
                        continue
                    log.exception("A timer raised: it is tried again in a minute.", timer=name)
                    rested[name] = begun + AFTER_AN_ERROR
                    _note(partial(health.failed, name, error))
            _note(partial(health.worked, worked))
            stop.wait(max(0.0, every - (time.monotonic() - begun)))


def _note(deed: Callable[[], None]) -> None:
    """What timers do does not depend on whether it can be noted how they are."""
    try:
        deed()
    except Exception as error:  # noqa: BLE001
        log.warning("How timers are cannot be noted.", error=type(error).__name__)
