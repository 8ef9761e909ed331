"""The web server of production: granian, which reads and writes HTTP in Rust and calls the application from threads."""

import multiprocessing
import os
import tempfile
from collections.abc import Callable

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # in which the processes count together; the library's name for it
LAST_ANSWERS = 10  # seconds in which a process that is told to stop may finish what is under way


def serve(
    make: Callable[[], Flask], *, host: str, port: int, workers: int, threads: int, metrics: bool = False
) -> None:
    """Answer until told to stop. Each process makes the application for itself; one that dies is replaced."""
    multiprocessing.set_start_method("fork")
    if metrics:  # set before any process imports the library
        os.environ.update({FOLDER: tempfile.mkdtemp(prefix="tablee-metrics-")})
    Granian(
        "tablee",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=LAST_ANSWERS,
        log_dictconfig={"loggers": {"_granian": {"handlers": [], "level": "WARNING", "propagate": True}}},
    ).serve(target_loader=make, wrap_loader=False)
