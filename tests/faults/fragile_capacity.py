"""Capacity as it is, but a request about a thing with a poisonous name raises, kills its worker, or hangs it.

Run as `python -m tests.faults.fragile_capacity worker` with capacity's environment.
"""

import os
from collections.abc import Sequence
from dataclasses import replace

from services.capacity.bootstrap import assemble as assemble_capacity
from services.capacity.handlers import SAY_AGAIN, handlers
from services.capacity.settings import Settings
from shared.assembly import Assembly
from shared.cli import make_cli
from shared.contracts.seats import SeatsRequest
from shared.messaging.inbox import Inbox
from shared.messaging.service import UnitOfWork
from tests.real.fragile import do_its_worst


def assemble() -> Assembly:
    """Capacity, with poison in reach."""
    parts = assemble_capacity()
    own = handlers(Settings.from_env(os.environ))

    def hear(work: UnitOfWork, requests: Sequence[SeatsRequest]) -> None:
        for request in requests:
            do_its_worst(request.thing)
        own[SeatsRequest](work, requests)

    return replace(parts, inbox=Inbox(parts.service, {**own, SeatsRequest: hear}, SAY_AGAIN))


if __name__ == "__main__":
    make_cli("capacity", assemble)()
