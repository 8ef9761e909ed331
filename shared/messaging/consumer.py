"""Celery's consumer without its queues for delayed delivery: it would declare 28 of them, and nothing here is delayed
by the broker.
"""

from typing import ClassVar

from celery.worker.consumer import Consumer


class PlainConsumer(Consumer):
    """A consumer that only consumes."""

    class Blueprint(Consumer.Blueprint):
        default_steps: ClassVar[list[str]] = [
            step for step in Consumer.Blueprint.default_steps if "delayed_delivery" not in step
        ]
