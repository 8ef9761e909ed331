"""Loops live and die together: told with real processes and real signals."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import threading
from shared.loops import run_until_told

def faithful(stop):
    print("at work", flush=True)
    stop.wait()
    print("done", flush=True)

def broken(stop):
    raise RuntimeError("broken")

def lazy(stop):
    pass

run_until_told({names})
"""


def start(names: str) -> subprocess.Popen[str]:
    code = PROGRAM.replace("{names}", "{" + ", ".join(f'"{name}": {name}' for name in names.split()) + "}")
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=pipe, stderr=pipe, text=True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_they_finish_and_all_is_well(number: signal.Signals) -> None:
    process = start("faithful")
    assert process.stdout
    assert process.stdout.readline() == "at work\n"
    process.send_signal(number)
    said, complained = process.communicate(timeout=60)
    assert (said, complained, process.returncode) == ("done\n", "", 0)


@pytest.mark.parametrize("other", ["broken", "lazy"])
def test_if_one_dies_all_stop_and_the_process_says_so(other: str) -> None:
    process = start(f"faithful {other}")
    said, complained = process.communicate(timeout=60)
    assert said.endswith("done\n")
    assert other in complained + said
    assert process.returncode == 1
