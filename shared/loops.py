"""Loops that live and die together as threads of one process."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping

from shared.logs import get_logger

log = get_logger(__name__)

Loop = Callable[[threading.Event], None]
"""Runs until the event is set."""

LAST_DEED = 15.0  # seconds that a loop has to finish what is at hand


def run_until_told(loops: Mapping[str, Loop]) -> None:
    """Run loops as threads until SIGTERM or SIGINT.

    If one raises, or ends without being told, all stop and the process exits with 1.
    """
    stop = threading.Event()
    died = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())

    def run(name: str, loop: Loop) -> None:
        try:
            loop(stop)
        except BaseException:
            log.exception("A part raised.", part=name)
            died.set()
        if not stop.is_set():
            log.error("A part ended without being told: all stop.", part=name)
            died.set()
        stop.set()

    threads = [threading.Thread(target=run, args=part, name=part[0], daemon=True) for part in loops.items()]
    for thread in threads:
        thread.start()
    stop.wait()
    for thread in threads:
        thread.join(LAST_DEED)
    hung = [thread.name for thread in threads if thread.is_alive()]
    if hung:
        log.error("Some parts did not stop in time: the process ends without them.", parts=hung)
        sys.stderr.flush()
        os._exit(1)
    if died.is_set():
        sys.exit(1)
