"""A service started with a quirk: a clock that is off, messages that go out five times, handlers that poison kills.

Run as `python -m tests.faults.wrapped QUIRK[,QUIRK…] SERVICE COMMAND…`; a quirk may have a value (`clock=3600`). It
changes this process alone; the product knows no quirks. Those that must make a campaign fail are in `sabotage`.
"""

import os
import random
import runpy
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import services.capacity.handlers
from services.notifications.use_cases import fall_due
from shared.clock import DatabaseClock
from shared.contracts.seats import SeatsRequest
from shared.contracts.service_state import ServiceState
from shared.messaging import celery_app, inbox
from shared.messaging.publisher import CeleryPublisher
from tests.faults import sabotage

_handlers: Any = services.capacity.handlers

COPIES = 4  # of each message, beyond the first
ON_THEIR_WAY = 12  # copies that wait, to be overtaken


def clock(seconds: str) -> None:
    """This service's database is so far ahead of the others', as far as the service can see."""
    tell = DatabaseClock.now
    off = timedelta(seconds=float(seconds))

    def now(self: DatabaseClock, conn: Any) -> datetime:
        return tell(self, conn) + off

    DatabaseClock.now = now  # type: ignore[method-assign]


def fivefold(seed: str) -> None:
    """Every message is published five times; four of them later, among others, their items shuffled."""
    publish, look = CeleryPublisher.publish, CeleryPublisher.fresh_empty_queues
    chance = random.Random(int(seed))
    later: list[tuple[str, str, Sequence[dict[str, Any]]]] = []

    def send_some(publisher: CeleryPublisher, keep: int) -> None:
        chance.shuffle(later)
        while len(later) > keep:
            publish(publisher, *later.pop())

    def publish_all(self: CeleryPublisher, receiver: str, kind: str, items: Sequence[dict[str, Any]]) -> None:
        publish(self, receiver, kind, items)
        if kind == ServiceState.kind:  # another thread says it
            return
        later.extend((receiver, kind, chance.sample(list(items), len(items))) for _ in range(COPIES))
        send_some(self, ON_THEIR_WAY)

    def look_and_send(self: CeleryPublisher, receivers: Sequence[str]) -> list[str]:
        empty = look(self, receivers)
        send_some(self, max(0, len(later) - 1))
        return empty

    CeleryPublisher.publish = publish_all  # type: ignore[method-assign]
    CeleryPublisher.fresh_empty_queues = look_and_send  # type: ignore[method-assign]


def echoes(folder: str) -> None:
    """Once a file there tells it to "go on", the relay publishes all wishes of its life again, the oldest last."""
    publish, look = CeleryPublisher.publish, CeleryPublisher.fresh_empty_queues
    wishes: list[tuple[str, dict[str, Any]]] = []
    repeated: list[bool] = []

    def publish_and_remember(self: CeleryPublisher, receiver: str, kind: str, items: Sequence[dict[str, Any]]) -> None:
        publish(self, receiver, kind, items)
        if kind == SeatsRequest.kind:
            wishes.extend((receiver, item) for item in items)

    def look_and_repeat(self: CeleryPublisher, receivers: Sequence[str]) -> list[str]:
        empty = look(self, receivers)
        if wishes and not repeated and (Path(folder) / "go on").exists():
            repeated.append(True)  # once: the folder is gone soon after
            for receiver, item in reversed(wishes):
                publish(self, receiver, SeatsRequest.kind, [item])
            (Path(folder) / "stopped").touch()
        return empty

    CeleryPublisher.publish = publish_and_remember  # type: ignore[method-assign]
    CeleryPublisher.fresh_empty_queues = look_and_repeat  # type: ignore[method-assign]


def one_by_one(_: str) -> None:
    """Each item is a message of its own, so that several workers decide at once."""
    publish = CeleryPublisher.publish

    def publish_each(self: CeleryPublisher, receiver: str, kind: str, items: Sequence[dict[str, Any]]) -> None:
        for item in items:
            publish(self, receiver, kind, [item])

    CeleryPublisher.publish = publish_each  # type: ignore[method-assign]


def poison(time_limit: str) -> None:
    """Capacity's handler raises, kills or hangs its process at things of that name; a task may take so many seconds.

    As in the product it gives itself less: who is cut off by the limit though nothing hangs leaves marks on innocents.
    """
    answer = _handlers.answer_requests
    inbox.PATIENCE *= int(time_limit) / celery_app.TASK_TIME_LIMIT
    celery_app.TASK_TIME_LIMIT = int(time_limit)

    def taste(work: Any, requests: Sequence[Any], public_url: str) -> None:
        for request in requests:
            if request.thing.startswith("poison-raise"):
                raise RuntimeError("a bug")
            if request.thing.startswith("poison-kill"):
                os.kill(os.getpid(), signal.SIGKILL)
            if request.thing.startswith("poison-hang"):
                time.sleep(3600)
        answer(work, requests, public_url)

    _handlers.answer_requests = taste


def gives_back(seconds: str) -> None:
    """Letters whose sender went silent are given back after so many seconds."""
    fall_due.STALE_AFTER = timedelta(seconds=int(seconds))


QUIRKS: Mapping[str, Callable[[str], None]] = {
    "clock": clock,
    "fivefold": fivefold,
    "echoes": echoes,
    "one-by-one": one_by_one,
    "poison": poison,
    "gives-back": gives_back,
    **sabotage.SABOTAGES,
}


def main() -> None:
    """Take on the quirks, then be the service."""
    quirks, service, *rest = sys.argv[1:]
    for quirk in quirks.split(","):
        name, _, value = quirk.partition("=")
        QUIRKS[name](value)
    sys.argv = [f"services.{service}", *rest]
    runpy.run_module(f"services.{service}", run_name="__main__")


if __name__ == "__main__":
    main()
