"""A sign of life of what has no port: each part of a process touches a file at each of its turns.

Where PULSE_FOLDER is not set, nothing is touched. `python -m shared.pulse` ends with 0 if every part has moved lately:
a container's health check, which imports nothing else.
"""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

QUIET_FOR = 120.0  # seconds: longer than any turn takes, also of a sender whose provider is slow


def beat(part: str) -> None:
    """A part of this process has moved."""
    if folder := os.environ.get("PULSE_FOLDER"):
        with suppress(OSError):  # nothing depends on it
            Path(folder, f"{part}.pulse").touch()


def still(folder: Path, now: float) -> dict[str, float]:
    """The parts that have not moved for long, each with its seconds; `nothing`, if none ever did."""
    moved = {file.stem: now - file.stat().st_mtime for file in folder.glob("*.pulse")}
    return {part: ago for part, ago in moved.items() if ago > QUIET_FOR} if moved else {"nothing": 0.0}


def main() -> None:
    """Say which parts do not move, and end with 1 if there are any."""
    found = still(Path(os.environ.get("PULSE_FOLDER", "/tmp")), time.time())  # noqa: S108 - of the container alone
    for part, ago in found.items():
        sys.stdout.write(f"{part}: has not moved for {ago:.0f} s\n")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
