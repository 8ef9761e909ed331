"""A service that is only a worker, for tests of failure: some items raise, kill it, or hang it.

Run as `python -m tests.real.fragile DATABASE_URL PREFIX`; it hears `seats_request` as capacity would.
"""

import os
import signal
import sys
import time
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from shared.clock import DatabaseClock
from shared.contracts.seats import SeatsRequest
from shared.database import Database
from shared.logs import configure_logs
from shared.messaging.bell import LocalBell
from shared.messaging.celery_app import make_celery
from shared.messaging.inbox import Inbox
from shared.messaging.service import Service, UnitOfWork
from shared.messaging.tables import messaging_tables
from shared.messaging.worker import register_tasks, run_worker
from shared.settings import CommonSettings
from tests import backends

METADATA = sa.MetaData()
TABLES = messaging_tables(METADATA)
SEEN = sa.Table("seen", METADATA, sa.Column("thing", sa.String(80)))


def do_its_worst(thing: str) -> None:
    """If its name says that it is poison: raise, kill this process, or hang."""
    if thing.startswith("raise"):
        raise RuntimeError("a bug")
    if thing.startswith("kill"):
        os.kill(os.getpid(), signal.SIGKILL)
    if thing.startswith("hang"):
        time.sleep(3600)


def hear(work: UnitOfWork, messages: Sequence[Any]) -> None:
    """Note each item; the poisonous ones do their worst."""
    for message in messages:
        do_its_worst(message.thing)
        work.conn.execute(sa.insert(SEEN).values(thing=message.thing))


def fragile_settings(service: str, database_url: str, prefix: str) -> CommonSettings:
    """Settings of one of the two services of these tests."""
    return CommonSettings(
        service=service,
        database_url=database_url,
        broker_url=backends.BROKER_URL,
        secret_keys=("k" * 32,),
        public_url="http://127.0.0.1:8000",
        network_name="Tablée",
        queue_prefix=prefix,
        demo=False,
        behind_proxy=False,
    )


def make(name: str, database_url: str) -> Service:
    """One of the two services."""
    return Service(name, Database(database_url), DatabaseClock(), LocalBell(), TABLES)


def main() -> None:
    """Consume until killed."""
    configure_logs()
    database_url, prefix = sys.argv[1:]
    settings = fragile_settings("capacity", database_url, prefix)
    app = make_celery(settings)
    app.conf.task_time_limit = 1
    inbox = Inbox(make("capacity", database_url), {SeatsRequest: hear}, {})
    register_tasks(app, "capacity", lambda: inbox)
    run_worker(app, settings)


if __name__ == "__main__":
    main()
