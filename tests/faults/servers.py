"""A PostgreSQL and a RabbitMQ of our own, on free ports of the loopback: faults strike these and nobody else's."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import amqp
import psutil
import psycopg

from tests.real.fleet import until
from tests.real.sink import free_port

START_WITHIN = 90.0  # seconds, on a busy machine


def missing() -> list[str]:
    """Which of the two servers is not installed here."""
    found = {"PostgreSQL": _postgres_folder(), "RabbitMQ": _rabbitmq_folder()}
    return [name for name, folder in found.items() if folder is None]


class Server:
    """A server's process and its children, which fall and rise together."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def freeze(self) -> None:
        """Stop everything where it is, as if the machine had no time for it."""
        for one in self._everyone():
            with suppress(psutil.NoSuchProcess):
                one.suspend()

    def thaw(self) -> None:
        """Go on."""
        for one in reversed(self._everyone()):
            with suppress(psutil.NoSuchProcess):
                one.resume()

    def kill(self) -> None:
        """kill -9, all at once."""
        everyone = self._everyone()
        for one in everyone:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        self._bury(everyone)

    def _run(self, command: Sequence[str | Path], env: dict[str, str] | None = None) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd="/", env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )

    def _bury(self, everyone: Sequence[psutil.Process]) -> None:
        """Wait until all of them have ended."""
        _, alive = psutil.wait_procs(everyone, timeout=40)
        if alive:
            raise RuntimeError(f"{[one.name() for one in alive]} do not end")
        if self._process is not None:
            self._process.wait(timeout=10)
            self._process = None

    def _everyone(self) -> list[psutil.Process]:
        """The parent first: once it is stopped it makes no more children."""
        if self._process is None:
            return []
        with suppress(psutil.NoSuchProcess):
            parent = psutil.Process(self._process.pid)
            return [parent, *parent.children(recursive=True)]
        return []


class Postgres(Server):
    """A private PostgreSQL cluster that trusts whoever comes over the loopback; it keeps its promises (fsync is on)."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._programs = _found(_postgres_folder(), "PostgreSQL")
        self._data = folder / "data"
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        command = _as_postgres(self._programs / "initdb", "-D", self._data, *options)
        subprocess.run(command, check=True, capture_output=True, cwd="/", timeout=120)

    @property
    def url(self) -> str:
        """Its first database, for making others."""
        return self.url_of("postgres")

    def url_of(self, database: str, port: int | None = None) -> str:
        """The URL of a database, straight or through another port."""
        return f"postgresql://postgres@127.0.0.1:{port or self.port}/{database}"

    def start(self) -> None:
        """Start and wait until it answers."""
        settings = ["listen_addresses=127.0.0.1", "max_connections=200", "logging_collector=off"]
        options = [part for setting in settings for part in ("-c", setting)]
        place = ("-D", self._data, "-p", str(self.port), "-k", self.folder)
        self._run(_as_postgres(self._programs / "postgres", *place, *options))
        until(self.answers, seconds=START_WITHIN, what="PostgreSQL answers")

    def stop(self) -> None:
        """Stop at once (`immediate`), as after a crash: open transactions are gone, what was committed is kept."""
        everyone = self._everyone()
        everyone[0].send_signal(signal.SIGQUIT)
        self._bury(everyone)

    def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.Error:
            return False
        return True


class RabbitMQ(Server):
    """A private RabbitMQ node with a port mapper of its own, no plugins, and the user guest.

    As one of a cluster it is known to the others by the port mapper and the cookie of the first.
    """

    def __init__(self, folder: Path, *, with_first: "RabbitMQ | None" = None) -> None:
        super().__init__(folder)
        self._programs = _found(_rabbitmq_folder(), "RabbitMQ")
        self.name = f"faults-{uuid4().hex[:8]}@localhost"
        if with_first is None:
            self.cookie, self.names_port = uuid4().hex, free_port()
            command = ["epmd", "-port", str(self.names_port), "-address", "127.0.0.1"]
            self._names: subprocess.Popen[bytes] | None = subprocess.Popen(command)
        else:
            self.cookie, self.names_port = with_first.cookie, with_first.names_port
            self._names = None
        (folder / ".erlang.cookie").write_text(self.cookie)
        (folder / ".erlang.cookie").chmod(0o400)
        for name, text in {"plugins": "[].", "env.conf": "", "rabbitmq.conf": "loopback_users.guest = true\n"}.items():
            (folder / name).write_text(text)
        self._env = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(folder),  # its cookie is there
            "ERL_EPMD_PORT": str(self.names_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": self.name,
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "env.conf"),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        }

    @property
    def url(self) -> str:
        """Where it takes connections, straight."""
        return self.url_at(self.port)

    def url_at(self, port: int) -> str:
        """Where it takes connections through another port."""
        return f"amqp://guest:guest@127.0.0.1:{port}//"

    def start(self) -> None:
        """Start and wait until it answers."""
        self._run([self._programs / "rabbitmq-server"], self._env)
        until(self.answers, seconds=START_WITHIN, what="RabbitMQ answers")

    def stop(self) -> None:
        """Stop in order, as an operator would: what its durable queues hold is kept."""
        everyone = self._everyone()
        for one in everyone:
            with suppress(psutil.NoSuchProcess):  # it has helpers that come and go
                if one.name() == "beam.smp":
                    one.terminate()
        self._bury(everyone)

    def wipe(self) -> None:
        """Forget every queue and message; it must be stopped."""
        shutil.rmtree(self.folder / "mnesia")

    def alarm_disk(self) -> None:
        """Find the disk too full: publishers are blocked."""
        self.control("set_disk_free_limit", "1000000GB")

    def lift_alarm(self) -> None:
        """Find enough room on the disk again."""
        self.control("set_disk_free_limit", "1MB")

    def control(self, *command: str) -> str:
        """One command of `rabbitmqctl`; gives what it says."""
        done = subprocess.run(
            [self._programs / "rabbitmqctl", "-q", *command],
            env=self._env,
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
            cwd="/",
        )
        return done.stdout

    def answers(self) -> bool:
        """Whether it takes connections."""
        try:
            with amqp.Connection(f"127.0.0.1:{self.port}", connect_timeout=2, read_timeout=2, write_timeout=2):
                return True
        except (OSError, amqp.AMQPError):
            return False

    def end(self) -> None:
        """Kill it, and its port mapper."""
        self.kill()
        if self._names is not None:
            self._names.kill()
            self._names.wait(timeout=10)


@contextmanager
def open_postgres() -> Iterator[Postgres]:
    """A running PostgreSQL of our own, gone at the end with all its data."""
    with _folder("postgres" if os.geteuid() == 0 else None) as folder:
        server = Postgres(folder)
        try:
            server.start()
            yield server
        finally:
            server.kill()


@contextmanager
def open_rabbitmq() -> Iterator[RabbitMQ]:
    """A running RabbitMQ of our own, gone at the end with all its data."""
    with _folder(None) as folder:
        server = RabbitMQ(folder)
        try:
            server.start()
            yield server
        finally:
            server.end()


@contextmanager
def open_cluster(count: int) -> Iterator[list[RabbitMQ]]:
    """Running nodes of one cluster, gone at the end with all their data."""
    with ExitStack() as stack:
        nodes: list[RabbitMQ] = []
        for _ in range(count):
            node = RabbitMQ(stack.enter_context(_folder(None)), with_first=nodes[0] if nodes else None)
            stack.callback(node.end)
            nodes.append(node)
        with ThreadPoolExecutor(count) as at_once:
            list(at_once.map(RabbitMQ.start, nodes))
        for node in nodes[1:]:  # one after the other: each must know all who are there
            node.control("stop_app")
            node.control("join_cluster", nodes[0].name)
            node.control("start_app")
        yield nodes


@contextmanager
def _folder(owner: str | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tablee-faults-", ignore_cleanup_errors=True) as name:
        if owner:
            os.chown(name, pwd.getpwnam(owner).pw_uid, pwd.getpwnam(owner).pw_gid)
        yield Path(name)


def _as_postgres(*command: str | Path) -> list[str | Path]:
    """PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return list(command)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]


def _postgres_folder() -> Path | None:
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    if config := shutil.which("pg_config"):
        said = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=True, timeout=10)
        candidates.insert(0, Path(said.stdout.strip()))
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def _rabbitmq_folder() -> Path | None:
    candidates = [Path("/usr/lib/rabbitmq/bin")]  # Debian's own command insists on a user and on its paths
    if program := shutil.which("rabbitmq-server"):
        candidates.append(Path(program).resolve().parent)
    return next((folder for folder in candidates if (folder / "rabbitmq-server").exists()), None)


def _found(folder: Path | None, name: str) -> Path:
    if folder is None:
        raise RuntimeError(f"{name} is not installed.")
    return folder
