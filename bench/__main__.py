"""`make bench`: the figures of speed, each beside the floor of the same run, as one table."""

import platform
import shutil
import subprocess
import sys
import time
import timeit
from collections.abc import Callable, Mapping

import click

from bench import accept, bare, burst, capacity, decision, growth, hot, idle, ledger, letters, page
from bench.figure import Figure, Result, table
from bench.options import Options
from tests import backends

MEASURES: Mapping[str, Callable[[Options], Result]] = {
    "burst": burst.measure,
    "decision": decision.measure,
    "hot": hot.measure,
    "capacity": capacity.measure,
    "accept": accept.measure,
    "bare": bare.measure,
    "letters": letters.measure,
    "growth": growth.measure,
    "ledger": ledger.measure,
    "idle": idle.measure,
    "page": page.measure,
}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(MEASURES)), metavar="[NAME]...")
@click.option("--bookings", type=click.IntRange(100), help="How many bookings, instead of each measurement's own size.")
@click.option("--check", is_flag=True, help="End with status 1 if a “must” is missed.")
def main(names: tuple[str, ...], bookings: int | None, check: bool) -> None:
    """Measure the product as its real processes. NAMEs choose: see `bench/`; all by default."""
    lacking = _lacking()
    if lacking:
        sys.exit(f"The bench needs {' and '.join(lacking)} (see README).")
    print(f"Python {platform.python_version()}, a million additions in {_additions() * 1000:.0f} ms", flush=True)
    figures: list[Figure] = []
    failed = []
    for name in names or MEASURES:
        begun = time.monotonic()
        try:
            result = MEASURES[name](Options(bookings))
        except (AssertionError, RuntimeError, OSError, subprocess.SubprocessError) as error:
            failed.append(name)
            print(f"\n{name}: could not be measured: {error}", flush=True)
            continue
        figures += result.figures
        print(f"\n{name} ({time.monotonic() - begun:.0f} s)", *result.details, sep="\n  ", flush=True)
    if figures:
        print(f"\n{table(figures)}\n")
    if failed:
        sys.exit(f"Not measured: {', '.join(failed)}.")
    if check and any(figure.met == "no" for figure in figures):
        sys.exit(1)


def _additions() -> float:
    """Seconds: how fast this Python runs here, which depends on how it was compiled, and on the hour."""
    return min(timeit.repeat("for i in range(1_000_000): x += i", "x = 0", number=1, repeat=5))


def _lacking() -> list[str]:
    there = {
        "PostgreSQL on 127.0.0.1:5432": backends.have_postgres(),
        "RabbitMQ on 127.0.0.1:5672": backends.have_rabbitmq(),
        "pgbench": shutil.which("pgbench") is not None,
    }
    return [name for name, is_there in there.items() if not is_there]


if __name__ == "__main__":
    main()
