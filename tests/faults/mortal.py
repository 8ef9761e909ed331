"""The three services as processes that can die at any boundary and are started anew, all inside one test.

A death is an exception that nothing in the product catches: it ends what the process was doing, and its open
transaction is rolled back, as when the machine goes off. Then the process gets fresh objects, which remember nothing.
"""

from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask

from services.booking.bootstrap import assemble as assemble_booking
from services.capacity.bootstrap import assemble as assemble_capacity
from services.notifications.bootstrap import assemble as assemble_notifications
from services.notifications.bootstrap import make_providers, make_send_due
from services.notifications.domain.letter import LetterState
from services.notifications.settings import Settings
from services.notifications.use_cases.send_due import SendDue
from shared.assembly import Assembly
from shared.clock import SetClock
from shared.contracts.routes import SERVICES
from shared.messaging.bell import LocalBell
from shared.messaging.post_office import Envelope, PostOffice, PostOfficePublisher
from shared.messaging.relay import Relay
from tests.faults.seams import Boundary, Seams, WatchedProvider, WatchedPublisher

ASSEMBLE = {"booking": assemble_booking, "capacity": assemble_capacity, "notifications": assemble_notifications}
PROCESSES = (
    *(f"{service} {role}" for service in SERVICES for role in ("web", "worker", "relay")),
    "notifications sender",
)
T = TypeVar("T")


class MachineOff(BaseException):
    """The process is gone."""


@dataclass
class Reaper:
    """Counts how often each boundary is reached, and kills once at each that it `wants`: at its n-th arrival there."""

    wants: Mapping[Boundary, int] = field(default_factory=dict)
    reached: Counter[Boundary] = field(default_factory=Counter)
    struck: list[Boundary] = field(default_factory=list)

    def arrive(self, boundary: Boundary) -> None:
        """A process stands there. Raises MachineOff."""
        self.reached[boundary] += 1
        if boundary not in self.struck and self.reached[boundary] == self.wants.get(boundary):
            self.struck.append(boundary)
            raise MachineOff(str(boundary))


class Carrier(PostOfficePublisher):
    """Publishes into the post office; on its fresh connection it finds the queues empty in which nothing lies."""

    def __init__(self, office: PostOffice, sender: str) -> None:
        super().__init__(office, sender)
        self._fresh = True

    def fresh_empty_queues(self, receivers: Sequence[str]) -> list[str]:
        fresh, self._fresh = self._fresh, False
        waiting = {envelope.receiver for envelope in self._office.waiting}
        return [receiver for receiver in receivers if fresh and receiver not in waiting]


class Process:
    """What a process of a service has in its memory, with all its seams watched."""

    def __init__(self, service: str, env: dict[str, str], clock: SetClock, office: PostOffice, reaper: Reaper) -> None:
        self.seams = Seams(service, reaper.arrive)
        self.part = self.seams.watch(ASSEMBLE[service](env, clock=clock))
        object.__setattr__(self.part.service, "bell", LocalBell())  # one with a thread would outlive the death
        self.relay = Relay(self.part.service, WatchedPublisher(self.seams, Carrier(office, service)))

    @cached_property
    def web(self) -> Flask:
        """Its pages and API."""
        return self.part.make_web()

    @cached_property
    def sender(self) -> SendDue:
        """Sends letters (in notifications)."""
        settings = self.part.settings
        assert isinstance(settings, Settings)
        providers = make_providers(settings, self.part.service)
        watched = {channel: WatchedProvider(self.seams, one) for channel, one in providers.items()}
        return make_send_due(settings, self.part.service, watched)

    def close(self) -> None:
        """Let go of what the machine would close for it."""
        if "sender" in self.__dict__:
            self.sender.close()
        self.part.service.database.dispose()


@dataclass
class MortalHouse:
    """All processes, the post office between them, and a clock that stands.

    With `one_process`, as in the demo, all die together, and with them what the post office held. Otherwise, as on
    RabbitMQ, only one dies, and a task that it did not acknowledge comes again.
    """

    env: dict[str, str]
    clock: SetClock
    one_process: bool
    reaper: Reaper = field(default_factory=Reaper)
    office: PostOffice = field(default_factory=PostOffice)
    _bodies: dict[str, Process] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._start(*PROCESSES)
        for service in SERVICES:
            self.part(service).migrate()

    def obey(self, reaper: Reaper) -> None:
        """Another reaper stands at the boundaries from now on."""
        self.reaper = reaper
        for process in self._bodies.values():
            process.seams.arrive = reaper.arrive

    def part(self, service: str) -> Assembly:
        """A service, to look into."""
        return self._bodies[self._body_of(f"{service} relay")].part

    def do(self, name: str, doing: str, deed: Callable[[Process], T]) -> T | None:
        """Let a process do something. None if it died of it (and lives again)."""
        process = self._bodies[self._body_of(name)]
        process.seams.begins(doing, by=name)
        try:
            return deed(process)
        except MachineOff:
            self._die(name)
            return None

    def rest(self) -> None:
        """Let everything travel, and time pass, until nothing is on its way any more."""
        for _ in range(60):
            while self._move():
                pass
            if not self.on_the_way():
                return
            self.clock.pass_time(seconds=5)
            self.look()
        raise AssertionError(f"it does not come to rest: {self.on_the_way()}")

    def look(self) -> None:
        """What every relay does once a second: what falls due, and what must be sent again."""
        for service in SERVICES:
            self.do(f"{service} relay", "looks", _look)

    def on_the_way(self) -> list[str]:
        """What still has to be heard, texts and receipts too, and the letters that still have to leave."""
        waiting = [f"{row.kind} to {row.receiver}" for service in SERVICES for row in self.rows(service, "outbox")]
        waiting += ["a text" for row in self.rows("notifications", "text_in") if row.handled_at is None]
        waiting += ["a receipt" for _row in self.rows("notifications", "delivery_receipt")]
        return waiting + [row.kind for row in self.rows("notifications", "letter") if self._must_leave(row)]

    def rows(self, service: str, table: str) -> list[Any]:
        """All rows of a table of a service."""
        part = self.part(service)
        with part.service.read() as conn:
            return list(conn.execute(sa.select(part.metadata.tables[table])))

    def forget(self) -> None:
        """Empty all tables, for the next story."""
        self.office.waiting.clear()
        for service in SERVICES:
            part = self.part(service)
            with part.service.database.engine.begin() as conn:
                for table in reversed(part.metadata.sorted_tables):
                    conn.execute(sa.delete(table))

    def close(self) -> None:
        for process in self._bodies.values():
            process.close()

    def _move(self) -> int:
        moved = 0
        for service in SERVICES:
            moved += self.do(f"{service} relay", "relays", lambda process: process.relay.step()) != 0
            tasks = deque((envelope, False) for envelope in self.office.waiting)
            self.office.waiting.clear()
            while tasks:
                self._deliver(tasks)
        return moved + (self.do("notifications sender", "steps", _send) != 0)

    def _deliver(self, tasks: deque[tuple[Envelope, bool]]) -> None:
        envelope, redelivered = tasks.popleft()
        struck_before = len(self.reaper.struck)
        deed = partial(self.office.deliver, envelope, redelivered=redelivered)
        self.do(f"{envelope.receiver} worker", "hears", lambda _: deed())
        if len(self.reaper.struck) != struck_before:
            if self.one_process:
                tasks.clear()
            else:
                tasks.appendleft((envelope, True))

    def _must_leave(self, letter: Any) -> bool:
        ripe = letter.state == LetterState.PLANNED and letter.due_at <= self.clock.at
        return ripe or letter.state in {LetterState.DUE, LetterState.ATTEMPTING}

    def _body_of(self, name: str) -> str:
        return name.split(maxsplit=1)[0] if self.one_process else name

    def _start(self, *names: str) -> None:
        for name in names:
            (service, role), body = name.split(), self._body_of(name)
            if body not in self._bodies:
                self._bodies[body] = Process(service, self.env, self.clock, self.office, self.reaper)
            if role == "worker":
                self.office.join(service, self._bodies[body].part.inbox)

    def _die(self, name: str) -> None:
        dying = PROCESSES if self.one_process else (name,)
        if self.one_process:
            self.office.waiting.clear()
        for one in dying:
            if body := self._bodies.pop(self._body_of(one), None):
                body.close()
        self._start(*dying)


def _look(process: Process) -> None:
    for timer in process.part.timers.values():
        timer()
    process.relay.send_again()


def _send(process: Process) -> int:
    assert process.sender
    return process.sender.step()
