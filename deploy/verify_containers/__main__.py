"""The command: `python -m deploy.verify_containers --help`."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from deploy.verify_containers.engine import open_engine
from deploy.verify_containers.say import Unverified, say
from deploy.verify_containers.stack import Stack, clean_clone
from deploy.verify_containers.stand_ins import load_stand_ins, make_stand_ins
from deploy.verify_containers.story import verify

ROOT = Path(__file__).parents[2]
NEEDED = ("dockerd", "docker", "debootstrap", "unshare", "tar", "git")


@click.command(name="python -m deploy.verify_containers")
@click.option("--stand-ins", type=click.Path(path_type=Path), default=ROOT / ".cache/stand-ins", show_default=True)
@click.option("--inside", is_flag=True, hidden=True)
def main(stand_ins: Path, inside: bool) -> None:
    """Build and start the whole compose file without an image registry, book, restart all under load, tear all down.

    It runs as root on Debian or Ubuntu, with docker.io, docker-compose and debootstrap; it takes some minutes. Only the
    stand-ins for base images are kept, for the next time.
    """
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing or os.geteuid() != 0:
        raise click.ClickException(f"It must run as root, and needs {', '.join(NEEDED)}; missing: {missing or 'none'}.")
    if inside:
        _verify(stand_ins)
        return
    stand_ins.mkdir(parents=True, exist_ok=True)
    make_stand_ins(stand_ins, ROOT / "requirements.lock")
    again = [sys.executable, "-m", "deploy.verify_containers", "--stand-ins", str(stand_ins.resolve()), "--inside"]
    sys.exit(subprocess.run(["unshare", "--net", *again], cwd=ROOT, check=False).returncode)  # noqa: S603, S607


def _verify(stand_ins: Path) -> None:
    folder = Path(tempfile.mkdtemp(prefix="tablee-containers-"))
    try:
        with open_engine(folder) as host:
            load_stand_ins(stand_ins, ["docker", "-H", host])
            clone = folder / "clone"
            clone.mkdir()
            clean_clone(ROOT, clone)
            stack = Stack(clone, host)
            stack.prepare()
            try:
                verify(stack, ROOT)
            except BaseException:
                _tell(stack)
                raise
            finally:
                stack.compose("down", "--volumes", "--timeout", "10")
                say("all is torn down")
    except Unverified as error:
        raise click.ClickException(str(error)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tell(stack: Stack) -> None:
    """What the containers said last, to who must mend it."""
    try:
        sys.stdout.write(stack.compose("ps") + stack.compose("logs", "--tail", "15", "--no-color"))
    except RuntimeError as error:
        sys.stdout.write(f"{error}\n")


if __name__ == "__main__":
    main()
