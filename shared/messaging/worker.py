"""The worker: Celery tasks that hand what they hear to the inbox."""

import sys
import threading
from collections.abc import Callable
from socket import gethostname
from typing import Any

from celery import Celery
from celery.exceptions import Reject
from celery.signals import setup_logging
from celery.utils.nodenames import nodename
from celery.worker import WorkController

from shared.contracts.routes import task_name
from shared.database import is_transient
from shared.logs import get_logger
from shared.messaging.celery_app import make_dead_letter_queue, queue_name
from shared.messaging.inbox import Inbox, TryLater
from shared.settings import CommonSettings

log = get_logger(__name__)


def register_tasks(app: Celery, service: str, inbox: Callable[[], Inbox]) -> None:
    """One Celery task per kind of message that the service hears."""
    for kind in inbox().kinds:
        # Not shared: each application of this process has its own, also two of the same service.
        app.task(_hears(kind, inbox), name=task_name(service, kind), bind=True, shared=False)


def _hears(kind: str, inbox: Callable[[], Inbox]) -> Callable[..., None]:
    def hear(task: Any, sender: str, items: list[Any]) -> None:
        redelivered = bool((task.request.delivery_info or {}).get("redelivered"))
        if redelivered:
            log.warning("A task came again: whoever had it did not acknowledge it.", kind=kind, items=len(items))
        try:
            inbox().receive(kind, sender, items, redelivered=redelivered)
        except TryLater as error:
            raise Reject("the database is away", requeue=True) from error
        except Exception as error:
            if is_transient(error):
                raise Reject("the database is away", requeue=True) from error
            raise

    return hear


def run_worker(app: Celery, settings: CommonSettings, *, pool: str = "prefork", concurrency: int = 1) -> None:
    """Consume the service's queue in this process until it is told to stop."""
    declare_dead_letters(app, settings)
    setup_logging.connect(_leave_logs_alone)
    worker = app.Worker(  # Celery's command line would do the same, after importing half a second of what it never uses
        hostname=nodename(settings.service, gethostname()),
        pool_cls=pool,
        concurrency=concurrency,
        queues=[queue_name(settings.queue_prefix, settings.service)],
        without_heartbeat=True,
        without_gossip=True,
        without_mingle=True,
        loglevel="WARNING",
        quiet=True,
    )
    worker.start()
    sys.exit(worker.exitcode)


def _leave_logs_alone(**_: Any) -> None:
    """Celery would raise the level of all logs to its own, and what was handled would be told nowhere."""


def declare_dead_letters(app: Celery, settings: CommonSettings) -> None:
    """Make the place for what cannot be handled. Waits until the broker is there."""
    if settings.embedded or not settings.broker_declares:
        return
    with app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=None, interval_start=0.2, interval_max=2)
        make_dead_letter_queue(settings.queue_prefix, settings.service)(connection.default_channel).declare()


class EmbeddedWorker:
    """A worker inside this process, for the in-memory broker of the demo. Several may live together."""

    def __init__(self, app: Celery, settings: CommonSettings) -> None:
        self._app = app
        self._name = f"{settings.service} tasks"
        self._worker = WorkController(  # unlike `worker_main`, it leaves signals and the process's logs alone
            app=app,
            pool_cls="solo",
            concurrency=1,
            queues=[queue_name(settings.queue_prefix, settings.service)],
            hostname=f"{settings.service}@embedded",
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
            loglevel="WARNING",
        )

    def run(self, stop: threading.Event) -> None:
        """Consume until told to stop. Returns before if the worker died, which Celery only logs."""
        consuming = threading.Thread(target=self._consume, name=self._name, daemon=True)
        consuming.start()
        while consuming.is_alive() and not stop.wait(0.5):
            pass
        self._worker.stop()
        consuming.join()  # what was interrupted has no receipt and is sent again

    def _consume(self) -> None:
        self._app.set_current()  # of this thread: Celery looks a task up in the current application
        self._worker.start()
