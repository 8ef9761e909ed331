"""Celery's consumer as we need it: soon back when the broker is, and discreet about what it cannot read.

It is also without Celery's queues for delayed delivery: it would declare 28 of them, and nothing here is delayed by the
broker.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from celery.exceptions import InvalidTaskError
from celery.worker.consumer import Consumer
from celery.worker.state import maybe_shutdown
from kombu import Connection

from shared.logs import get_logger
from shared.pulse import beat

log = get_logger(__name__)

SOON, LATER = 0.1, 1.0  # seconds from one attempt to reach the broker to the next: the first, and the longest

CHILDREN_EVERY = 0.25  # seconds from one look after the children to the next
PULSE_EVERY = 5.0  # seconds


class PlainConsumer(Consumer):
    """A consumer that only consumes."""

    class Blueprint(Consumer.Blueprint):
        default_steps: ClassVar[list[str]] = [
            step for step in Consumer.Blueprint.default_steps if "delayed_delivery" not in step
        ]

    def ensure_connected(self, connection: Connection) -> Connection:
        """Celery itself would wait 2, 4, 6 … 30 s between two attempts; no setting of it changes that."""
        connection.ensure_connection(
            self._tell, interval_start=SOON, interval_step=SOON, interval_max=LATER, callback=maybe_shutdown
        )
        self.first_connection_attempt = False
        return connection

    def register_with_event_loop(self, hub: Any) -> None:
        """A child closes its files a moment before it can be reaped. Celery, told of the first, sometimes comes too
        early for the second, and looks again only after 5 s; until then nobody handles tasks.
        """
        super().register_with_event_loop(hub)
        hub.call_repeatedly(CHILDREN_EVERY, self.pool.maintain_pool)
        hub.call_repeatedly(PULSE_EVERY, beat, "worker")

    def create_task_handler(self, *args: Any, **kwargs: Any) -> Callable[[Any], Any]:
        """A message that Celery stumbles over (its body may be `5`) would end the whole worker, again and again; one
        that asks to be handled later (we never do) would keep all others waiting until then.
        """
        receive = super().create_task_handler(*args, **kwargs)

        def receive_or_lay_aside(message: Any) -> Any:
            try:
                if (message.headers or {}).get("eta"):
                    raise InvalidTaskError
                return receive(message)
            except self.connection_errors + self.channel_errors:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, the worker lives on
                self._lay_aside(message, error)

        return receive_or_lay_aside

    def on_decode_error(self, message: Any, error: Exception) -> None:
        """Celery would acknowledge it, which loses it, and log what it says, which may be personal."""
        self._lay_aside(message, error)

    def on_unknown_message(self, body: Any, message: Any) -> None:
        self._lay_aside(message, None)

    def on_unknown_task(self, body: Any, message: Any, error: Exception) -> None:
        self._lay_aside(message, error)

    def on_invalid_task(self, body: Any, message: Any, error: Exception) -> None:
        self._lay_aside(message, error)

    def _lay_aside(self, message: Any, error: Exception | None) -> None:
        log.error(
            "A message cannot be read: it is laid with the dead letters.",
            task=str((message.headers or {}).get("task", ""))[:100],
            content_type=str(message.content_type)[:100],
            error=type(error).__name__ if error else "",
        )
        message.reject_log_error(log, self.connection_errors)

    def _tell(self, error: Exception, interval: float) -> None:
        beat("worker")  # it lives, and tries
        log.warning("The broker cannot be reached.", error=type(error).__name__)
