"""A broker of which one queue refuses everything."""

from collections.abc import Sequence
from typing import Any

from shared.messaging.post_office import PostOffice
from shared.messaging.publisher import NotPublished


class Refusing:
    """The publisher of a service to whom this happens."""

    def __init__(self, office: PostOffice, sender: str, queue: str) -> None:
        self._through = office.publisher_for(sender)
        self._queue = queue

    def publish(self, receiver: str, kind: str, items: Sequence[dict[str, Any]]) -> None:
        if receiver == self._queue:
            raise NotPublished
        self._through.publish(receiver, kind, items)

    def fresh_empty_queues(self, receivers: Sequence[str]) -> list[str]:
        return []

    def close(self) -> None:
        pass
