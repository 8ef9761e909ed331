"""Starts the product, starts it again when it dies, and stops it when told."""

import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType

from deploy.demo.place import Place, Unusable

ROOT = Path(__file__).parents[2]
HEALTHY_AFTER = 5.0  # seconds of life after which a death counts as the first
GIVE_UP_AFTER = 5  # deaths in a row
PATIENCE = 8.0  # seconds that the product has to stop


def supervise(place: Place, port: int) -> int:
    """Keep the product alive until Ctrl-C or SIGTERM. Returns the exit status. Raises Unusable."""
    with _listen(port) as listener:
        return Supervisor(place, listener).run()


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
        deaths = 0
        while not self._stop.is_set():
            begun = time.monotonic()
            status = self._live(again=deaths > 0)
            if self._stop.is_set():
                break
            deaths = 1 if time.monotonic() - begun > HEALTHY_AFTER else deaths + 1
            if deaths >= GIVE_UP_AFTER:
                _say(f"The product died {deaths} times in a row ({_why(status)}); {log} says why.")
                _say("`make demo-reset` forgets its data, and may help.")
                return 1
            _say(f"The product died ({_why(status)}) and is started again. Nothing is lost; {log} says why.")
            self._stop.wait(0.25 * 2**deaths)
        _say("Stopped. `make demo` goes on where you left.")
        return 0

    def _live(self, *, again: bool) -> int:
        """One life of the product, in a session of its own: a Ctrl-C in the terminal reaches only us."""
        descriptor = self._listener.fileno()
        command = [sys.executable, "-m", "deploy.demo.product", str(self._place.folder), str(descriptor)]
        with self._place.log.open("ab") as log:
            self._product = subprocess.Popen(  # noqa: S603 - our own program
                command + ["--again"] * again, cwd=ROOT, pass_fds=[descriptor], stderr=log, start_new_session=True
            )
        if self._stop.is_set():  # told while it was being started
            self._product.terminate()
        return self._product.wait()

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
