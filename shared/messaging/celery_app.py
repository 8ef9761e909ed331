"""The Celery application of one service, with the broker settings that were measured to lose nothing under faults."""

from celery import Celery
from kombu import Exchange, Queue

from shared.contracts.routes import SERVICES
from shared.settings import CommonSettings

TASK_TIME_LIMIT = 10  # seconds; a task that hangs costs one child
DELIVERY_LIMIT = 5


def queue_name(prefix: str, service: str) -> str:
    """The queue in which a service hears."""
    return f"{prefix}.{service}"


def make_queue(prefix: str, service: str, *, declared: bool = True) -> Queue:
    """A service's queue: replicated, bounded, and with a place for what cannot be handled. It is made by whoever comes
    first; or, not `declared`, by the broker's own definitions.
    """
    name = queue_name(prefix, service)
    return Queue(
        name,
        Exchange(name, type="topic", durable=True),
        routing_key=name,
        queue_arguments={
            "x-queue-type": "quorum",
            "x-delivery-limit": DELIVERY_LIMIT,
            "x-dead-letter-exchange": f"{prefix}.dead",
            "x-dead-letter-routing-key": name,
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
        },
        no_declare=not declared,
    )


def make_dead_letter_queue(prefix: str, service: str) -> Queue:
    """Where the broker lays what a service could not handle. Counted, never replayed: the outbox replays."""
    return Queue(
        f"{queue_name(prefix, service)}.dead",
        Exchange(f"{prefix}.dead", type="topic", durable=True),
        routing_key=queue_name(prefix, service),
        queue_arguments={"x-queue-type": "quorum", "x-max-length": 10_000, "x-overflow": "drop-head"},
    )


def make_celery(settings: CommonSettings) -> Celery:
    """The Celery application of a service; it knows every service's queue, and its worker consumes its own."""
    app = Celery(settings.service, broker=settings.broker_url, set_as_current=False)
    embedded = settings.embedded
    app.conf.update(
        task_queues=[
            make_queue(settings.queue_prefix, service, declared=settings.broker_declares) for service in SERVICES
        ],
        task_default_queue=queue_name(settings.queue_prefix, settings.service),
        task_create_missing_queues=False,
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_acks_on_failure=False,
        task_acks_on_timeout=False,
        task_time_limit=None if embedded else TASK_TIME_LIMIT,
        task_publish_retry=False,
        task_send_sent_event=False,
        worker_prefetch_multiplier=1,  # a task is a batch
        worker_send_task_events=False,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_detect_quorum_queues=True,  # quorum queues have no global prefetch
        worker_consumer="shared.messaging.consumer:PlainConsumer",
        worker_cancel_long_running_tasks_on_connection_loss=True,  # they come again; a revision counts once
        broker_heartbeat=0 if embedded else 10,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_channel_error_retry=True,
        broker_connection_timeout=4,
        control_queue_exclusive=True,
        event_queue_exclusive=True,
        broker_transport_options=(
            {"polling_interval": 0.04}  # seconds; looking costs more than all else of an idle demo
            if embedded
            else {"confirm_publish": True, "read_timeout": 20, "write_timeout": 10}
        ),
    )
    return app
