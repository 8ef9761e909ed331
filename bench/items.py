"""Messages as a relay would send them, for a service that is measured alone."""

from collections.abc import Iterator, Sequence
from typing import Any

from shared.contracts.message import Message
from shared.contracts.routes import route_of
from shared.messaging.rows import BATCH


def in_tasks(messages: Sequence[Message]) -> Iterator[list[dict[str, Any]]]:
    """The messages, all of one kind, as the items of full tasks."""
    for begin in range(0, len(messages), BATCH):
        yield [_item(message) for message in messages[begin : begin + BATCH]]


def _item(message: Message) -> dict[str, Any]:
    return {
        "thing": message.thing,
        "revision": message.revision,
        "correlation": "bench",
        "sends": 1,
        "body": route_of(message.kind).schema.dump(message),
    }
