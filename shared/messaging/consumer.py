"""Celery's consumer as we need it: what it cannot read neither ends it nor is lost, and is not told in logs.

It is also without Celery's queues for delayed delivery: it would declare 28 of them, and nothing here is delayed by the
broker.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from celery.exceptions import InvalidTaskError
from celery.worker.consumer import Consumer

from shared.logs import get_logger

log = get_logger(__name__)


class PlainConsumer(Consumer):
    """A consumer that only consumes."""

    class Blueprint(Consumer.Blueprint):
        default_steps: ClassVar[list[str]] = [
            step for step in Consumer.Blueprint.default_steps if "delayed_delivery" not in step
        ]

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
