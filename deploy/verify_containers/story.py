"""Starts the product, books, restarts each container under load, and sees that nothing was lost."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from deploy.verify_containers.promises import look_at_containers, look_at_images, look_at_networks
from deploy.verify_containers.residents import Residents
from deploy.verify_containers.say import check, say
from deploy.verify_containers.stack import Stack
from deploy.verify_containers.tls import look_at_tls, put_on_tls
from shared.contracts.routes import SERVICES

MAILBOX = "mail"  # it keeps letters in memory alone, so it is restarted last


def verify(stack: Stack, root: Path) -> None:
    """The whole story. Raises Unverified."""
    say("docker compose build …")
    stack.compose("build")
    look_at_images(stack)
    begun = time.monotonic()
    stack.compose("up", "-d")
    until(lambda: all_well(stack), 240, "all are healthy")
    seconds = time.monotonic() - begun
    say(f"docker compose up: all {len(stack.containers())} containers are healthy after {seconds:.0f} s")
    look_at_containers(stack)
    look_at_networks(stack)
    residents = Residents()
    until(lambda: residents.find_meals() > 5, 60, "meals can be booked")
    first_booking(residents)
    residents.begin()
    try:
        for service, container in stack.containers().items():
            if service != MAILBOX:
                restart(stack, service, container, residents)
    finally:
        residents.end()
    nothing_lost(residents)
    agree(stack, root)
    restart(stack, MAILBOX, stack.containers()[MAILBOX], residents)
    first_booking(residents)
    put_on_tls(stack)
    until(lambda: all_well(stack), 60, "nginx is healthy with TLS")
    look_at_tls(stack)
    say(f"memory: {memory(stack)}")


def first_booking(residents: Residents) -> None:
    """One booking, until its letter has come."""
    begun = time.monotonic()
    email = residents.book()
    until(lambda: any(one["to"] == email for one in residents.letters()), 60, "the letter comes")
    letter = next(one for one in residents.letters() if one["to"] == email)
    seconds = time.monotonic() - begun
    say(f"booked through nginx; the letter “{letter['subject']}” is in the catcher {seconds:.1f} s later")


def restart(stack: Stack, service: str, container: str, residents: Residents) -> None:
    """Kill a container without a word, start it again, and go on when it is well and people are answered."""
    before = len(residents.promises)
    stack.ask("kill", container)
    stack.ask("start", container)
    begun = time.monotonic()
    until(lambda: stack.health(container) == "healthy", 180, f"{service} is healthy again")
    seconds = time.monotonic() - begun
    booked = len(residents.promises) - before
    say(f"{service} killed and started: healthy after {seconds:.0f} s; {booked} booked meanwhile")


def nothing_lost(residents: Residents) -> None:
    """Whoever was promised an answer has one, on the page and in a letter."""
    until(lambda: not residents.unanswered(), 120, "every booking is decided")
    until(lambda: not residents.without_letter(), 120, "everybody has a letter")
    say(
        f"{len(residents.promises)} bookings accepted under restarts ({residents.again} requests sent again):"
        " all decided, all told by a letter, none lost"
    )


def agree(stack: Stack, root: Path) -> None:
    """The three services keep the same, says `deploy.reconcile`."""
    files = []
    for service in SERVICES:
        container = stack.containers()[f"{service}-web"]
        file = stack.clone / f"{service}.jsonl"
        file.write_text(stack.ask("exec", container, "python", "-m", f"services.{service}", "ledger"))
        files.append(str(file))
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "deploy.reconcile", *files], cwd=root, capture_output=True, text=True, check=False
    )
    check(done.returncode == 0, f"the three differ:\n{done.stdout[-2000:]}{done.stderr[-500:]}")
    say(f"deploy.reconcile: {done.stdout.strip().splitlines()[-1]}")


def memory(stack: Stack) -> str:
    """What each container takes."""
    told = stack.ask("stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}}").splitlines()
    used = {line.split()[0]: line.split()[1] for line in told}
    return ", ".join(f"{service} {used.get(container, '?')}" for service, container in stack.containers().items())


def all_well(stack: Stack) -> bool:
    """Whether all that stay are healthy."""
    found = stack.containers()
    return MAILBOX in found and "nginx" in found and all(stack.health(one) == "healthy" for one in found.values())


def until(true: Callable[[], object], seconds: float, what: str) -> None:
    """Wait until something is so. Raises Unverified."""
    deadline = time.monotonic() + seconds
    while not true():
        check(time.monotonic() < deadline, f"after {seconds:.0f} s it is not so that {what}")
        time.sleep(0.5)
