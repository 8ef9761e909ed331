"""Idle: what the product costs while nobody books, as processes on PostgreSQL and RabbitMQ, and as the demo."""

import tempfile
import time
from pathlib import Path

import psutil

from bench.costs import cpu_of
from bench.figure import Figure, Result
from bench.house import open_house
from bench.options import Options
from tests.demo import Demo

SECONDS = 30
CALM_AFTER = 15  # seconds after the last thing was done
MB = 1_000_000


def measure(_options: Options) -> Result:
    """Half a minute of nothing, after everything has come to rest."""
    house, demo = _house(), _demo()
    return Result([*house.figures, *demo.figures], [*house.details, *demo.details])


def _house() -> Result:
    with open_house() as house:
        house.start()
        house.warm_up(house.lunches(1, seats=60))
        time.sleep(CALM_AFTER)
        before = house.cpu()
        time.sleep(SECONDS)
        after = house.cpu()
    of_a_core = {name: (after[name] - before[name]) / SECONDS * 100 for name in after}
    ours = sum(percent for name, percent in of_a_core.items() if name != "RabbitMQ")
    dearest = sorted(of_a_core, key=lambda name: -of_a_core[name])
    return Result(
        [Figure(what="idle on PostgreSQL: all processes", measured=ours, must=5, stretch=2.5, unit=" % of a core")],
        [
            f"idle for {SECONDS} s on PostgreSQL, web included, RabbitMQ not: {ours:.2f} % of a core",
            *(f"  {name:<24}{of_a_core[name]:6.2f} %" for name in dearest),
        ],
    )


def _demo() -> Result:
    with tempfile.TemporaryDirectory(prefix="tablee-bench-") as folder:
        demo = Demo(Path(folder), Path(folder) / "terminal")
        try:
            time.sleep(CALM_AFTER)
            before = cpu_of({"demo": demo.process.pid})["demo"]
            time.sleep(SECONDS)
            cpu = (cpu_of({"demo": demo.process.pid})["demo"] - before) / SECONDS * 100
            memory = [process.memory_full_info() for process in (psutil.Process(demo.process.pid), demo.product)]
        finally:
            demo.end()
    shared_out = sum(one.pss for one in memory) / MB
    resident = sum(one.rss for one in memory) / MB
    return Result(
        [
            Figure(what="idle demo: CPU", measured=cpu, must=3, stretch=1.5, unit=" % of a core"),
            Figure(what="idle demo: memory (PSS)", measured=shared_out, must=150, stretch=75, unit=" MB"),
        ],
        [f"demo, product and supervisor: {cpu:.2f} % of a core, {shared_out:.0f} MB (PSS), {resident:.0f} MB (RSS)"],
    )
