"""The product as one process: pages, workers, relays and timers of the three services, as threads."""

import multiprocessing
import os
import socket
import sys
import threading
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from deploy.demo.one_host import OneHost, serve
from deploy.demo.place import Place
from deploy.demo.seed import seed
from services.booking import bootstrap as booking
from services.capacity import bootstrap as capacity
from services.capacity.seed.network import COORDINATORS, OTHERS
from services.notifications import bootstrap as notifications
from shared.assembly import Assembly
from shared.logs import configure_logs
from shared.loops import Loop, run_until_told
from shared.messaging.worker import EmbeddedWorker

BANNER = """
Tablée is served.

  The site       {url}/
  Coordinators   {url}/coordination/
                 one click each: {coordinators};
                 {others}
  Mailbox        {url}/messages/mailbox  (every e-mail and SMS of the demo; nothing leaves this machine)
  API            {url}/api/docs

Ctrl-C stops; `make demo-reset` begins anew.
"""


def main(folder: str, listening: str, tell: str, *, again: bool) -> None:
    """Live until told to stop. `listening` is the supervisor's socket, `tell` where to write once we serve."""
    configure_logs(as_json=False)
    listener = socket.socket(fileno=int(listening))
    url = "http://{}:{}".format(*listener.getsockname())
    place = Place(Path(folder))
    environment = place.environment(url)
    parts = {
        "booking": booking.assemble(environment),
        "capacity": capacity.assemble(environment),
        "notifications": notifications.assemble(environment),
    }
    _migrate(parts)

    def begin(stop: threading.Event) -> None:
        seed(parts["capacity"], parts["booking"], place.seeded, stop)
        if not stop.is_set():
            os.write(int(tell), b"serves")
            names = ", ".join(name for _email, name, _language, _cantines in COORDINATORS)
            others = ", ".join(f"{name} ({role.value})" for _email, name, _language, role, _cantines in OTHERS)
            _say("Tablée is back." if again else BANNER.format(url=url, coordinators=names, others=others))
        stop.wait()

    run_until_told(
        {
            **{f"{name} {loop_name}": loop for name, part in parts.items() for loop_name, loop in _loops(part).items()},
            "web": partial(serve, _one_host(parts), listener),
            "supervisor": with_supervisor(os.getppid()),
            "seed": begin,
        }
    )


def _migrate(parts: Mapping[str, Assembly]) -> None:
    """Bring the databases to the newest schema, in a process of its own: Alembic takes 18 MB, and is needed once."""

    def all_of_them() -> None:
        for part in parts.values():
            part.migrate()
            part.service.database.dispose()

    migrating = multiprocessing.get_context("fork").Process(target=all_of_them)
    migrating.start()
    migrating.join()
    if migrating.exitcode:
        sys.exit("The demo's data cannot be brought to this version; `make demo-reset` begins anew.")


def _loops(part: Assembly) -> Mapping[str, Loop]:
    app = part.make_celery()
    return {
        "worker": EmbeddedWorker(app, part.settings).run,
        "relay": part.make_relay(app).run,
        "timers": part.run_timers,
        "teller": part.make_teller(app).run,
        **part.loops,
    }


def _one_host(parts: Mapping[str, Assembly]) -> OneHost:
    return OneHost(
        parts["booking"].make_web(),
        {"coordination": parts["capacity"].make_web(), "messages": parts["notifications"].make_web()},
    )


def with_supervisor(supervisor: int) -> Loop:
    """Stop when the supervisor is gone, even if it was killed: nobody would stop this process any more."""

    def watch(stop: threading.Event) -> None:
        while not stop.wait(1.0):
            if os.getppid() != supervisor:
                stop.set()

    return watch


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - this is what the terminal is for


if __name__ == "__main__":
    main(*sys.argv[1:4], again="--again" in sys.argv)
