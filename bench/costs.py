"""What it costs: CPU seconds by process, and messages as RabbitMQ itself counts them."""

import re
import subprocess
from collections.abc import Mapping

import psutil

SERVERS = ("PostgreSQL", "RabbitMQ")


def cpu_of(processes: Mapping[str, int]) -> dict[str, float]:
    """CPU seconds so far of each named process with all its descendants, and of the two servers."""
    seconds = {name: _tree(pid) for name, pid in processes.items()}
    for process in psutil.process_iter(["name", "ppid", "cmdline"]):
        command = " ".join(process.info["cmdline"] or [])
        if process.info["name"] == "postgres" and " -D " in command:
            seconds["PostgreSQL"] = seconds.get("PostgreSQL", 0.0) + _tree(process.pid)
        elif process.info["name"].startswith("beam") and "rabbit" in command:
            seconds["RabbitMQ"] = seconds.get("RabbitMQ", 0.0) + _tree(process.pid)
    return seconds


def _tree(pid: int) -> float:
    """User and system seconds of a process, its living descendants, and those it has already reaped."""
    total = 0.0
    try:
        root = psutil.Process(pid)
        for process in [root, *root.children(recursive=True)]:
            try:
                times = process.cpu_times()
            except psutil.Error:
                continue
            total += times.user + times.system
            total += getattr(times, "children_user", 0.0) + getattr(times, "children_system", 0.0)
    except psutil.Error:
        pass
    return total


def messages_received() -> int | None:
    """How many messages RabbitMQ has received from publishers since it started; None where it cannot be asked."""
    command = ["rabbitmqctl", "-q", "eval", "rabbit_global_counters:overview()."]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"messages_received_total => (\d+)", done.stdout)
    return int(found.group(1)) if found else None
