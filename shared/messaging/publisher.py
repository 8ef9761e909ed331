"""How the relay hands a batch to the broker. A return means that the broker has it; anything else raises."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from celery import Celery
from kombu import Connection, Producer
from kombu.exceptions import KombuError

from shared.contracts.routes import task_name
from shared.logs import get_logger
from shared.messaging.celery_app import queue_name

log = get_logger(__name__)

CONFIRM_WITHIN = 5.0  # seconds


class NotPublished(Exception):
    """The broker did not confirm: the message may or may not have arrived."""


class Refused(NotPublished):
    """Some queues did not take what was for them. Everything else of the round, so many rows, was published."""

    def __init__(self, receivers: Mapping[str, NotPublished], published: int) -> None:
        super().__init__(", ".join(f"{receiver}: {error}" for receiver, error in sorted(receivers.items())))
        self.receivers = tuple(sorted(receivers))
        self.published = published


@dataclass(frozen=True)
class Queue:
    """How many tasks wait in a queue, and how many workers are at it."""

    unheard: int
    hearers: int


class Publisher(Protocol):
    """Carries batches of items to a receiver."""

    def publish(self, receiver: str, kind: str, items: Sequence[dict[str, Any]]) -> None:
        """Publish one task. Raises NotPublished."""
        ...

    def fresh_empty_queues(self, receivers: Sequence[str]) -> list[str]:
        """On a fresh connection, the receivers whose queue was found empty; otherwise none. Raises NotPublished if
        there is no connection to be had.
        """
        ...

    def close(self) -> None:
        """Close the connection; the next call opens a new one."""
        ...


class CeleryPublisher:
    """Publishes Celery tasks on one kept connection, `mandatory` and with a confirm for each."""

    def __init__(self, app: Celery, sender: str, prefix: str) -> None:
        self._app = app
        self._sender = sender
        self._prefix = prefix
        self._connection: Connection | None = None
        self._producer: Producer | None = None

    def publish(self, receiver: str, kind: str, items: Sequence[dict[str, Any]]) -> None:
        try:
            self._app.send_task(
                task_name(receiver, kind),
                kwargs={"sender": self._sender, "items": list(items)},
                queue=queue_name(self._prefix, receiver),
                producer=self._ready(),
                argsrepr="",  # personal data stays out of headers and logs
                kwargsrepr=f"{len(items)} items",
                mandatory=True,
                confirm_timeout=CONFIRM_WITHIN,
            )
        except self._errors() as error:
            self._drop()
            raise NotPublished(f"{type(error).__name__}") from error

    def fresh_empty_queues(self, receivers: Sequence[str]) -> list[str]:
        if self._producer is not None:
            return []
        try:
            self._ready()
        except self._errors() as error:
            self._drop()
            raise NotPublished(f"{type(error).__name__}") from error
        empty = []
        for receiver in receivers:
            try:
                queue = self._app.amqp.queues[queue_name(self._prefix, receiver)](self._ready().channel)
                queue.declare()
                if queue.queue_declare(passive=True).message_count == 0:
                    empty.append(receiver)
            except self._errors() as error:
                self._drop()
                log.warning("A queue cannot be looked at.", receiver=receiver, error=type(error).__name__)
        return empty

    def look(self, receiver: str) -> Queue | None:
        """How the queue of a receiver is. The in-memory broker cannot say."""
        if self._app.connection_for_write().transport_cls == "memory":
            return None
        try:
            queue = self._app.amqp.queues[queue_name(self._prefix, receiver)]
            found = queue(self._ready().channel).queue_declare(passive=True)
        except self._errors() as error:
            self._drop()
            raise NotPublished(f"{type(error).__name__}") from error
        return Queue(unheard=found.message_count, hearers=found.consumer_count)

    def _ready(self) -> Producer:
        if self._producer is None:
            self._connection = self._app.connection_for_write(heartbeat=0)
            others = max(0, len(self._connection.alt) - 1)  # of a cluster: each is tried once, without a pause
            self._connection.ensure_connection(max_retries=others)  # whoever asks has a pace of their own
            self._producer = Producer(self._connection.channel(), auto_declare=False)
        return self._producer

    def close(self) -> None:
        self._drop()

    def _drop(self) -> None:
        connection, self._connection, self._producer = self._connection, None, None
        if connection is not None:
            with suppress(Exception):  # a broken connection may break in any way while it is thrown away
                connection.collect(socket_timeout=1)

    def _errors(self) -> tuple[type[Exception], ...]:
        connection = self._connection or self._app.connection_for_write()
        return (OSError, KombuError, *connection.connection_errors, *connection.channel_errors)
