"""Counts what a relay publishes of its outbox: `python -m tests.faults.counting JOURNAL SERVICE relay`."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shared.assembly
from services.booking.__main__ import cli as booking
from services.capacity.__main__ import cli as capacity
from services.notifications.__main__ import cli as notifications
from shared.messaging.publisher import Publisher
from shared.messaging.telling import Teller

CLI = {"booking": booking, "capacity": capacity, "notifications": notifications}


class CountedPublisher:
    """Notes each item that the broker has confirmed, in a line of its own."""

    def __init__(self, inner: Publisher, sender: str, note: Callable[[Iterable[str]], object]) -> None:
        self._inner = inner
        self._sender = sender
        self._note = note

    def publish(self, receiver: str, kind: str, items: Sequence[dict[str, Any]]) -> None:
        self._inner.publish(receiver, kind, items)
        self._note(f"{self._sender} {receiver} {kind} {item['thing']} {item['revision']}\n" for item in items)

    def fresh_empty_queues(self, receivers: Sequence[str]) -> list[str]:
        return self._inner.fresh_empty_queues(receivers)

    def close(self) -> None:
        self._inner.close()


@dataclass(frozen=True)
class Published:
    """How many items were published, and how many outbox rows they were."""

    items: int
    rows: int
    worst: tuple[str, float]  # the hop with the most items for each of its rows, and how many

    @classmethod
    def read(cls, lines: Iterable[str]) -> "Published":
        """From the lines that were noted."""
        times = Counter(lines)
        items: Counter[str] = Counter()
        rows: Counter[str] = Counter()
        for line, count in times.items():
            sender, receiver, kind, *_ = line.split()
            items[f"{kind} from {sender} to {receiver}"] += count
            rows[f"{kind} from {sender} to {receiver}"] += 1
        worst = max(rows, key=lambda hop: items[hop] / rows[hop])
        return cls(times.total(), len(times), (worst, items[worst] / rows[worst]))

    @property
    def each(self) -> float:
        """Publishes for each row."""
        return self.items / self.rows


def main(journal: Path, service: str, command: str) -> None:
    """Run one command of a service, with its publishing noted in the journal."""
    wiring: Any = shared.assembly
    plain = wiring.CeleryPublisher

    def counted(app: Any, sender: str, prefix: str) -> CountedPublisher:
        return CountedPublisher(plain(app, sender, prefix), sender, journal.open("a", buffering=1).writelines)

    wiring.CeleryPublisher = counted
    Teller.run = lambda _self, stop: stop.wait()  # type: ignore[assignment,method-assign,return-value]
    CLI[service]([command])


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:4])
