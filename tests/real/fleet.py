"""The whole product as its real processes, on the real servers: started, watched, killed and restarted by a test."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import urllib3

from shared.contracts.routes import SERVICES
from tests import backends
from tests.real.sink import Sink, free_port, open_sink

ROOT = Path(__file__).parents[2]
PATIENCE = 300.0  # seconds; what must come is waited for on a slow machine too: it costs nothing when it comes
PROCESSES = (
    "booking web",
    "booking worker",
    "booking relay",
    "capacity worker",
    "capacity relay",
    "notifications worker",
    "notifications relay",
    "notifications sender",
)


@dataclass
class Fleet:
    """Processes by name, such as "capacity worker", of the version in `root`."""

    env: dict[str, str]
    logs: Path
    port: int
    sink: Sink
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    instead: dict[str, str] = field(default_factory=dict)
    """By process, the module (and its first arguments) to run in place of its service: a wrapper of the tests."""
    web_workers: int = 1
    root: Path = ROOT
    own: dict[str, dict[str, str]] = field(default_factory=dict)
    """By service, what its environment has that the others' have not, such as its own user of the broker."""

    @cached_property
    def ports(self) -> dict[str, int]:
        """By service, where its web listens. Residents come to booking's."""
        return {"booking": self.port, "capacity": free_port(), "notifications": free_port()}

    @property
    def url(self) -> str:
        """Where booking's web answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, *names: str) -> None:
        """Start processes (all by default)."""
        for name in names or PROCESSES:
            service, command, *options = name.split()
            module = self.instead.get(name, f"services.{service}").split()
            if command == "web":
                options += ["--port", str(self.ports[service]), "--workers", str(self.web_workers)]
            with (self.logs / f"{name.replace(' ', '-')}.log").open("ab") as log:
                self.running[name] = subprocess.Popen(
                    [sys.executable, "-m", *module, command, *options],
                    cwd=self.root,
                    env=self.env | self.own.get(service, {}),
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )

    def kill(self, name: str) -> None:
        """kill -9 of the process and its children, at once."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)

    def freeze(self, name: str) -> None:
        """Stop a process and its children where they are, as if the machine had no time for them."""
        os.killpg(self.running[name].pid, signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        """Let a frozen process and its children go on."""
        os.killpg(self.running[name].pid, signal.SIGCONT)

    def stop(self) -> None:
        """End everything, as an operator does: each ends its own children. Who takes long is killed."""
        for process in self.running.values():
            process.terminate()
            with suppress(ProcessLookupError):  # it has ended by itself
                os.killpg(process.pid, signal.SIGCONT)
        for process in self.running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=8)
            with suppress(ProcessLookupError):  # nobody is left
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=30)
        self.running.clear()

    def run(self, service: str, *command: str) -> str:
        """Run one command of a service to its end. Returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", f"services.{service}", *command],
            cwd=self.root,
            env=self.env | self.own.get(service, {}),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"{service} {' '.join(command)} failed:\n{done.stdout}\n{done.stderr[-3000:]}")
        return done.stdout

    def known_sittings(self) -> int:
        """How many meals booking's API offers."""
        answer = urllib3.request("GET", f"{self.url}/api/v1/sittings", timeout=60, retries=False)
        return int(answer.json()["total"])

    def log_of(self, name: str) -> str:
        """What a process has logged so far."""
        return (self.logs / f"{name.replace(' ', '-')}.log").read_text(errors="replace")


def until(true: Callable[[], object], *, what: str, seconds: float = PATIENCE) -> None:
    """Wait until something is so. Raises AssertionError after `seconds`, which are named where they are a claim."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.05)


def web_answers(fleet: Fleet, service: str = "booking") -> bool:
    """Whether a service's web is ready."""
    url = f"http://127.0.0.1:{fleet.ports[service]}/readyz"
    try:
        return urllib3.request("GET", url, timeout=10, retries=False).status == 200
    except urllib3.exceptions.HTTPError:
        return False


@contextmanager
def open_fleet(queue_prefix: str, folder: Path) -> Iterator[Fleet]:
    """A migrated fleet, not yet started, with databases and queues of its own on the servers of the tests."""
    with ExitStack() as stack:
        urls = {name: stack.enter_context(backends.new_database("postgres", folder, name)) for name in SERVICES}
        yield stack.enter_context(fleet_on(urls, backends.BROKER_URL, queue_prefix, folder))


@contextmanager
def fleet_on(
    urls: dict[str, str], broker_url: str, queue_prefix: str, folder: Path, root: Path = ROOT
) -> Iterator[Fleet]:
    """A migrated fleet, not yet started, on these databases (by service) and this broker, of the version in `root`."""
    with open_sink() as sink:
        port = free_port()
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        env = inherited | {  # a start compiles what it imports once, not each time
            **{f"{name.upper()}_DATABASE_URL": url for name, url in urls.items()},
            "BROKER_URL": broker_url,
            "QUEUE_PREFIX": queue_prefix,
            "SECRET_KEYS": "a-key-for-tests-only-of-enough-characters",
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "MAIL_PROVIDER": "smtp",
            "SMTP_URL": f"smtp://127.0.0.1:{sink.port}?tls=none",
            "MAIL_FROM": "tablees@example.org",
            "SMS_PROVIDER": "none",
            "BOOKINGS_FROM_ONE_PLACE": "0",  # thousands book from this machine
            "BOOKINGS_WITH_ONE_CONTACT": "0",
            "OPEN_BOOKINGS_OF_ONE_CONTACT": "0",
        }
        fleet = Fleet(env=env, logs=folder, port=port, sink=sink, root=root)
        for name in SERVICES:
            fleet.run(name, "migrate")
        try:
            yield fleet
        finally:
            fleet.stop()
