"""A Docker engine of our own, in the network namespace that we are in."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from deploy.verify_containers.say import say


@contextmanager
def open_engine(folder: Path) -> Iterator[str]:
    """The address of a running engine whose data lie in the folder; both are gone at the end."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)  # noqa: S607
    host = f"unix://{folder}/docker.sock"
    data = folder / "data"
    with (folder / "dockerd.log").open("wb") as log:
        daemon = subprocess.Popen(  # noqa: S603
            [  # noqa: S607
                "dockerd",
                f"--data-root={data}",
                f"--exec-root={folder}/exec",
                f"--pidfile={folder}/docker.pid",
                f"--host={host}",
            ],
            stdout=log,
            stderr=log,
        )
    try:
        _wait(daemon, host, folder / "dockerd.log")
        yield host
    finally:
        daemon.terminate()
        with suppress(subprocess.TimeoutExpired):
            daemon.wait(timeout=60)
        daemon.kill()
        _unmount(folder)
        shutil.rmtree(data, ignore_errors=True)


def _wait(daemon: subprocess.Popen[bytes], host: str, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        asked = subprocess.run(  # noqa: S603
            ["docker", "-H", host, "version", "--format", "{{.Server.Version}}"],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
        if asked.returncode == 0:
            say(f"Docker {asked.stdout.strip()} runs, in a network namespace of its own")
            return
        if daemon.poll() is not None:
            break
        time.sleep(0.3)
    raise RuntimeError(f"dockerd does not start:\n{log.read_text()[-2000:]}")


def _unmount(folder: Path) -> None:
    """What an engine that was killed leaves mounted."""
    mounts = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]
    for place in sorted((one for one in mounts if one.startswith(str(folder))), reverse=True):
        subprocess.run(["umount", "-l", place], check=False, capture_output=True)  # noqa: S603, S607
