"""Starts the product, starts it again when it dies, and stops it when told."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from deploy.demo.place import Place, Unusable

ROOT = Path(__file__).parents[2]
HEALTHY_AFTER = 5.0  # seconds of life after which a death says nothing against the next life
GIVE_UP_AFTER = 5  # deaths in a row that say something
PATIENCE = 8.0  # seconds that the product has to stop


def supervise(place: Place, port: int) -> int:
    """Keep the product alive until Ctrl-C or SIGTERM. Returns the exit status. Raises Unusable."""
    with _listen(port) as listener:
        return Supervisor(place, listener).run()


@dataclass(frozen=True)
class Life:
    """One life of the product: how it ended, how many seconds it lasted, and whether it came to serve."""

    status: int
    seconds: float
    served: bool

    @property
    def was_well(self) -> bool:
        """Whether its end says nothing against the next. Who is killed from outside while serving was not ill."""
        return self.seconds > HEALTHY_AFTER or (self.served and self.status < 0)


class Supervisor:
    """Holds the listening socket, so that who comes during a restart waits a moment instead of being turned away."""

    def __init__(self, place: Place, listener: socket.socket) -> None:
        self._place = place
        self._listener = listener
        self._stop = threading.Event()
        self._product: subprocess.Popen[bytes] | None = None

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._told)
        log = self._place.log
        log.write_bytes(b"")
        deaths, again = 0, False
        while not self._stop.is_set():
            life = self._live(again=again)
            if self._stop.is_set():
                break
            deaths, again = 0 if life.was_well else deaths + 1, True
            if deaths >= GIVE_UP_AFTER:
                _say(f"The product died {deaths} times in a row ({_why(life.status)}); {log} says why.")
                _say("`make demo-reset` forgets its data, and may help.")
                return 1
            _say(f"The product died ({_why(life.status)}) and is started again. Nothing is lost; {log} says why.")
            self._stop.wait(0.25 * (2**deaths - 1))  # at once, if it was well
        _say("Stopped. `make demo` goes on where you left.")
        return 0

    def _live(self, *, again: bool) -> Life:
        """One life of the product, in a session of its own: a Ctrl-C in the terminal reaches only us."""
        begun = time.monotonic()
        listener = self._listener.fileno()
        serves, tell = os.pipe()
        command = [sys.executable, "-m", "deploy.demo.product", str(self._place.folder), str(listener), str(tell)]
        with self._place.log.open("ab") as log:
            self._product = subprocess.Popen(  # noqa: S603 - our own program
                command + ["--again"] * again,
                cwd=ROOT,
                env={**os.environ, "MALLOC_ARENA_MAX": "2"},  # for thirty threads, not one for most
                pass_fds=[listener, tell],
                stderr=log,
                start_new_session=True,
            )
        os.close(tell)
        if self._stop.is_set():  # told while it was being started
            self._product.terminate()
        status = self._product.wait()
        with os.fdopen(serves, "rb") as said:
            return Life(status, time.monotonic() - begun, served=bool(said.read()))

    def _told(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()
        if self._product is not None:
            self._product.terminate()
            impatience = threading.Timer(PATIENCE, self._product.kill)
            impatience.daemon = True
            impatience.start()


def _listen(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise Unusable(f"Port {port} cannot be used: {_reason(error)}. Choose another: make demo PORT=8080") from error
    listener.listen(128)
    return listener


def _reason(error: OSError | OverflowError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or "it is not a port"


def _why(status: int) -> str:
    return f"ended by signal {-status}" if status < 0 else f"exit status {status}"


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - this is what the terminal is for
