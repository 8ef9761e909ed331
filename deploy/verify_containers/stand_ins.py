"""Root file systems that stand in for the base images: Debian's packages, and the little that the images do besides."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from deploy.verify_containers.say import say

SUITE = "bookworm"

# As in the image of that name: an empty folder becomes a database whose administrator has the password of the file.
POSTGRES = """#!/bin/sh
set -eu
PATH=$PATH:$(echo /usr/lib/postgresql/*/bin)
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb --username=postgres --pwfile="$POSTGRES_PASSWORD_FILE" --encoding=UTF8 --locale=C.UTF-8 $POSTGRES_INITDB_ARGS
  echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
fi
exec postgres -D "$PGDATA" -c listen_addresses='*' -k /var/run/postgresql
"""

# pip, where there is no registry: the wheels that the lock names, brought before.
PIP = "[global]\nno-index = true\nfind-links = file:///wheels\n"


@dataclass(frozen=True)
class StandIn:
    """One image: the name that the compose file expects, Debian's packages, and how a container of it begins."""

    name: str
    tag: str
    packages: tuple[str, ...]
    changes: tuple[str, ...] = ()
    owner: tuple[str, str] | None = None
    """Whose user has the number 999 in the image, and the folder that is theirs."""


STAND_INS = (
    StandIn("python", "python:3.13-slim-bookworm", ("python3", "python3-venv")),
    StandIn("nginx", "nginx:1.28-bookworm", ("nginx-light", "curl")),
    StandIn(
        "postgres",
        "postgres:17-bookworm",
        ("postgresql",),
        (
            "ENV PGDATA=/var/lib/postgresql/data",
            "VOLUME /var/lib/postgresql/data",
            'ENTRYPOINT ["/usr/local/bin/docker-entrypoint.sh"]',
        ),
        ("postgres", "var/lib/postgresql/data"),
    ),
    StandIn(
        "rabbitmq",
        "rabbitmq:4.1",
        ("rabbitmq-server",),
        (
            "ENV PATH=/usr/lib/rabbitmq/bin:/usr/local/bin:/usr/bin:/bin",
            "ENV HOME=/var/lib/rabbitmq RABBITMQ_LOGS=- LANG=C.UTF-8",
            "VOLUME /var/lib/rabbitmq",
            'CMD ["rabbitmq-server"]',
        ),
        ("rabbitmq", "var/lib/rabbitmq"),
    ),
)
BUILDER = "tablee-builder:stand-in"  # python, with the wheels


def make_stand_ins(folder: Path, lock: Path) -> None:
    """Make what is not yet in the folder: a root file system for each image, and the wheels. It needs Debian's packages
    and Python's; all that comes later needs neither.
    """
    base = folder / "base"
    if not (base / "made").exists():
        say(f"debootstrap makes Debian {SUITE} …")
        shutil.rmtree(base, ignore_errors=True)
        _run("debootstrap", "--variant=minbase", "--include=ca-certificates", SUITE, str(base))
        (base / "made").touch()
    for one in STAND_INS:
        root = folder / one.name
        if not (root / "made").exists():
            say(f"{one.tag}: {', '.join(one.packages)} of Debian …")
            _install(one, base, root)
            (root / "made").touch()
    wheels = folder / "wheels"
    have = wheels / "lock"
    if not have.exists() or have.read_bytes() != lock.read_bytes():
        say("the wheels that the lock names …")
        _run("python3", "-m", "pip", "download", "-q", "--require-hashes", "-r", str(lock), "-d", str(wheels))
        shutil.copy(lock, have)


def _install(one: StandIn, base: Path, root: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
    _run("cp", "-a", str(base), str(root))
    (root / "made").unlink()
    (root / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")  # nothing is started while it is installed
    (root / "usr/sbin/policy-rc.d").chmod(0o755)
    env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    for command in (
        ("apt-get", "update", "-qq"),
        ("apt-get", "install", "-y", "-qq", "--no-install-recommends", *one.packages),
        ("apt-get", "clean"),
    ):
        _run("chroot", str(root), *command, env=env)
    shutil.rmtree(root / "var/lib/apt/lists")
    if one.name == "python":
        (root / "usr/local/bin/python").symlink_to("/usr/bin/python3")
    if one.name == "postgres":
        entry = root / "usr/local/bin/docker-entrypoint.sh"
        entry.write_text(POSTGRES)
        entry.chmod(0o755)
        for folder in (root / "run/postgresql", root / "var/lib/postgresql"):
            folder.mkdir(exist_ok=True)
            os.chown(folder, 999, 999)
            folder.chmod(0o3777)
    if one.name == "rabbitmq":
        os.chown(root / "var/log/rabbitmq", 999, 999)
    if one.owner:
        user, place = one.owner
        shutil.rmtree(root / place, ignore_errors=True)
        (root / place).mkdir(parents=True, mode=0o700)
        _run("chroot", str(root), "groupmod", "--gid", "999", "--non-unique", user, env=env)
        _run("chroot", str(root), "usermod", "--uid", "999", "--non-unique", "--gid", "999", user, env=env)
        os.chown(root / place, 999, 999)
        _run("chroot", str(root), "chown", "-R", "999:999", f"/{Path(place).parent}", env=env)


def load_stand_ins(folder: Path, docker: list[str]) -> None:
    """Bring them into the engine, under the names that the compose file expects."""
    for one in STAND_INS:
        _import(folder / one.name, one.tag, docker, one.changes)
    shutil.copytree(folder / "wheels", folder / "python/wheels", dirs_exist_ok=True)
    (folder / "python/etc/pip.conf").write_text(PIP)
    try:
        _import(folder / "python", BUILDER, docker, ())
    finally:
        shutil.rmtree(folder / "python/wheels")
        (folder / "python/etc/pip.conf").unlink()


def _import(root: Path, tag: str, docker: list[str], changes: tuple[str, ...]) -> None:
    packed = subprocess.Popen(  # noqa: S603 - our own folder
        ["tar", "-C", str(root), "--exclude=./dev/*", "--exclude=./proc/*", "-c", "."],  # noqa: S607
        stdout=subprocess.PIPE,
    )
    told = [part for change in changes for part in ("--change", change)]
    subprocess.run([*docker, "import", *told, "-", tag], stdin=packed.stdout, check=True, capture_output=True)  # noqa: S603
    packed.wait()


def _run(*command: str, env: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - commands of ours
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} failed:\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
