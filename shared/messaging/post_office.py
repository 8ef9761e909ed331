"""An in-memory post office for tests: it carries real bytes, and can double, delay and shuffle them on demand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shared.messaging.inbox import Inbox
from shared.messaging.publisher import Queue


@dataclass(frozen=True)
class Envelope:
    """One published task on its way: what Celery would carry, as bytes."""

    receiver: str
    kind: str
    payload: bytes

    @property
    def items(self) -> list[dict[str, Any]]:
        """The items inside."""
        items: list[dict[str, Any]] = json.loads(self.payload)["items"]
        return items


class PostOffice:
    """Holds what was published until the test delivers it: in order, shuffled, twice, or never."""

    def __init__(self) -> None:
        self.waiting: list[Envelope] = []
        self._inboxes: dict[str, Inbox] = {}

    def join(self, name: str, inbox: Inbox) -> None:
        """A service can be delivered to from now on."""
        self._inboxes[name] = inbox

    def publisher_for(self, sender: str) -> "PostOfficePublisher":
        """What the relay of a service publishes with."""
        return PostOfficePublisher(self, sender)

    def deliver(self, envelope: Envelope, *, redelivered: bool = False) -> None:
        """Hand one envelope to its receiver, whether it still waits here or not."""
        task = json.loads(envelope.payload)
        self._inboxes[envelope.receiver].receive(envelope.kind, task["sender"], task["items"], redelivered=redelivered)

    def deliver_all(self) -> int:
        """Deliver what waits, each once, in order of publishing. Returns how many envelopes."""
        envelopes, self.waiting = self.waiting, []
        for envelope in envelopes:
            self.deliver(envelope)
        return len(envelopes)


class PostOfficePublisher:
    """Publishes into the post office."""

    def __init__(self, office: PostOffice, sender: str) -> None:
        self._office = office
        self._sender = sender

    def publish(self, receiver: str, kind: str, items: Sequence[dict[str, Any]]) -> None:
        payload = json.dumps({"sender": self._sender, "items": list(items)}).encode()
        self._office.waiting.append(Envelope(receiver, kind, payload))

    def fresh_empty_queues(self, receivers: Sequence[str]) -> list[str]:
        return []

    def look(self, receiver: str) -> Queue | None:
        return None

    def close(self) -> None:
        pass
