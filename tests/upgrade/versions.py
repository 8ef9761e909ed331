"""The versions before this one, from the history of this repository: each as a tree of its own, to run beside ours."""

import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

from tests.real.fleet import ROOT

MIGRATIONS = ":(glob)services/*/migrations/versions/*.py"
PARTS = ("services", "shared", "tests")
"""What is needed to run a version, and to furnish it with its own words."""


class NoHistory(Exception):
    """The version before is not to be had here: say in which words."""


def before_last_migration() -> str:
    """The newest version that knows an older schema than ours. Raises NoHistory."""
    last = _git("log", "-1", "--diff-filter=A", "--format=%H", "--", MIGRATIONS).decode().strip()
    return commit_of(f"{last}~1")


def commit_of(revision: str) -> str:
    """The commit that a revision names. Raises NoHistory."""
    return _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()


def title_of(commit: str) -> str:
    """A commit in one line."""
    return _git("log", "-1", "--format=%h of %ad, “%s”", "--date=format:%Y-%m-%d %H:%M", commit).decode().strip()


def take_out(commit: str, folder: Path) -> Path:
    """Lay a version's tree down in a folder. Raises NoHistory if it is no version of ours."""
    packed = _git("archive", "--format=tar", commit, *PARTS)
    with tarfile.open(fileobj=BytesIO(packed)) as tree:
        tree.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.4 and later know it
        tree.extractall(folder)
    return folder


def _git(*command: str) -> bytes:
    try:
        done = subprocess.run(["git", *command], cwd=ROOT, check=False, capture_output=True, timeout=60)
    except OSError as error:
        raise NoHistory("git is not installed") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise NoHistory(said[-1] if said else f"git {command[0]} finds nothing: the history is cut off here")
    return done.stdout
