"""A service whose processes kill themselves, with -9, at the boundary at which they are ordered to.

Run as `python -m tests.faults.dying FOLDER SERVICE COMMAND…`. In the folder `seen` lists every boundary that was ever
reached, and a file with the name of a process says where it shall die: it takes the file away, and its children along.
"""

import os
import re
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path
from typing import Any

from flask import Flask, request

import shared.assembly
from services.notifications import bootstrap
from services.notifications.use_cases.send_due import SendDue
from shared.assembly import Assembly
from shared.cli import add_loops, make_cli
from shared.messaging.relay import Relay
from shared.messaging.telling import Teller
from tests.faults.mortal import ASSEMBLE
from tests.faults.seams import Boundary, Seams, WatchedProvider, WatchedPublisher

_assembly: Any = shared.assembly
_notifications: Any = bootstrap


@dataclass(frozen=True)
class Orders:
    """The orders in a folder, one at a time for each process: given by one, obeyed by another."""

    folder: Path
    _noted: set[str] = field(default_factory=set)

    def seen(self) -> list[str]:
        """Every boundary that a process ever reached, in words."""
        with suppress(FileNotFoundError):
            return list(dict.fromkeys((self.folder / "seen").read_text().splitlines()))
        return []

    def give(self, process: str, boundary: str) -> None:
        """The process shall die when it reaches this boundary next."""
        (self.folder / "written").write_text(boundary)
        (self.folder / "written").rename(self.folder / process)

    def withdraw(self, process: str) -> bool:
        """It shall not die any more. False if it already has."""
        return self._take(process)

    def arrive(self, boundary: Boundary) -> None:
        """A process stands there; it may be its last step."""
        words = re.sub(r"commit \d+$", "commit", str(boundary))
        if words not in self._noted:
            self._noted.add(words)
            with (self.folder / "seen").open("a") as seen:
                seen.write(f"{words}\n")
        with suppress(FileNotFoundError):
            if (self.folder / boundary.process).read_text() == words and self._take(boundary.process):
                os.killpg(0, signal.SIGKILL)

    def _take(self, process: str) -> bool:
        """Of several who take an order only one has it."""
        try:
            (self.folder / process).rename(self.folder / "taken")
        except FileNotFoundError:
            return False
        return True


def watch_classes(seams: Seams) -> None:
    """See the steps of relays and senders, wherever they are made. How a service is is told past all of these, so here
    nobody tells it.
    """
    publisher, make_providers = _assembly.CeleryPublisher, bootstrap.make_providers

    def begin(doing: str, step: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(step)
        def begun(*args: Any, **more: Any) -> Any:
            seams.begins(doing)
            return step(*args, **more)

        return begun

    Teller.run = lambda _self, stop: stop.wait()  # type: ignore[assignment,method-assign,return-value]
    Relay.step = begin("relays", Relay.step)  # type: ignore[method-assign]
    Relay.send_again = begin("looks", Relay.send_again)  # type: ignore[method-assign]
    SendDue.step = begin("steps", SendDue.step)  # type: ignore[method-assign]
    _assembly.CeleryPublisher = lambda *args: WatchedPublisher(seams, publisher(*args))
    _notifications.make_providers = lambda *args: {
        channel: WatchedProvider(seams, one) for channel, one in make_providers(*args).items()
    }


def watch(seams: Seams, part: Assembly) -> Assembly:
    """See the rest: commits, what is heard, what is served, and what falls due."""

    def look(timer: Callable[[], int]) -> int:
        seams.begins("looks")
        return timer()

    def make_web() -> Flask:
        app = part.make_web()
        app.before_request(lambda: seams.begins(f"serves {request.method}"))
        return app

    timers = {name: lambda timer=timer: look(timer) for name, timer in part.timers.items()}
    return replace(seams.watch(part), make_web=make_web, timers=timers)


def main(folder: str, service: str, command: str) -> None:
    """Watch this process, then be the service."""
    seams = Seams(f"{service} {command}", Orders(Path(folder)).arrive)
    watch_classes(seams)
    cli = make_cli(service, lambda: watch(seams, ASSEMBLE[service]()))
    if service == "notifications":
        add_loops(cli, lambda: watch(seams, ASSEMBLE[service]()), "sender")
    cli(sys.argv[3:])


if __name__ == "__main__":
    main(*sys.argv[1:4])
