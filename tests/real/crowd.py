"""Capacity's worker as four processes that meet between reading a sitting and writing it: a race made certain.

Run as `python -m tests.real.crowd guarded|unguarded` with capacity's environment. They differ only in the guard, the
row lock under which a sitting is read.
"""

import multiprocessing
import sys
import time
from multiprocessing.sharedctypes import Synchronized
from typing import Any

from sqlalchemy.dialects.postgresql.base import PGCompiler

from services.capacity.bootstrap import assemble
from services.capacity.use_cases import answer_requests
from shared.logs import configure_logs
from shared.messaging.worker import run_worker

PROCESSES = 4
# Seconds that one who has read waits for another who has. With the guard nobody else can have read, and each decision
# of the crowd would wait this long; without it the first must wait until a second process has started at all.
WAIT_FOR_OTHERS = {"guarded": 0.05, "unguarded": 30.0}


def work(guard: str, between: "Synchronized[int]") -> None:
    """One worker of the crowd."""
    module: Any = answer_requests
    decide = module.decide

    def meet_and_decide(*args: Any) -> Any:
        """Having read, wait for another who has read too; whoever is guarded waits in vain."""
        with between.get_lock():
            between.value += 1
        until = time.monotonic() + WAIT_FOR_OTHERS[guard]
        while between.value < 2 and time.monotonic() < until:
            time.sleep(0.001)
        time.sleep(0.002)
        with between.get_lock():
            between.value -= 1
        return decide(*args)

    module.decide = meet_and_decide
    if guard == "unguarded":
        PGCompiler.for_update_clause = lambda *_, **__: ""  # type: ignore  # statements are made before, and compiled later
    configure_logs()
    parts = assemble()
    run_worker(parts.make_celery(), parts.settings, pool="solo")


def main() -> None:
    """Run the crowd until killed."""
    between = multiprocessing.Value("i", 0)
    crowd = [multiprocessing.Process(target=work, args=(sys.argv[1], between)) for _ in range(PROCESSES)]
    for process in crowd:
        process.start()
    for process in crowd:
        process.join()


if __name__ == "__main__":
    main()
