"""Each service migrates its own database with its own Alembic history, while processes of the version before run on it.

Each step is a transaction of its own, so that a table is locked no longer than its step takes; a step that does not get
its lock soon lets the others pass and tries again.
"""

from pathlib import Path
from time import sleep
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData
from sqlalchemy.exc import DBAPIError

from shared.database import Database
from shared.logs import get_logger

log = get_logger(__name__)

_LOCK = 7252333  # so that two containers that start at once migrate one after the other
_TRIES = 30  # of one step


def migrate(database: Database, folder: Path, metadata: MetaData, to: str = "head") -> bool:
    """Bring a database to a revision of the history in `folder`. False: a newer version has migrated it, and it is left
    as it is, for the version before runs on it too.
    """
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    config.attributes["metadata"] = metadata
    history = [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()][::-1]
    target = history[-1] if to == "head" else to
    while (now := _step(database, config, history, target)) in history:
        if history.index(now) >= history.index(target):
            return True
    return False


def _step(database: Database, config: Config, history: list[str], target: str) -> str:
    """Go one step on (an empty database all steps at once: nobody works on it). The revision it is at then."""
    for tries_left in reversed(range(_TRIES)):
        try:
            with database.begin() as conn:
                _take_turns(conn)
                now = MigrationContext.configure(conn).get_current_revision()
                if now is not None and (now not in history or history.index(now) >= history.index(target)):
                    return now
                step = target if now is None else history[history.index(now) + 1]
                config.attributes["connection"] = conn
                command.upgrade(config, step)
                return step
        except DBAPIError as error:
            if not _others_were_first(error) or not tries_left:
                raise
            log.warning("A migration waits for its turn.")
            sleep(0.5)
    raise AssertionError("the last try returns or raises")


def _others_were_first(error: DBAPIError) -> bool:
    """Whether a table was not to be had, or would only have been by a deadlock."""
    return getattr(error.orig, "sqlstate", None) in {"55P03", "40P01"}


def _take_turns(conn: Connection) -> None:
    """One migration at a time. It waits for a table no longer than anybody does, for who else wants it waits behind us;
    but an index of a large one takes its time.
    """
    if conn.dialect.name == "postgresql":
        conn.exec_driver_sql("SET LOCAL statement_timeout = 0")
        conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def run_in(context: Any) -> None:
    """What every service's `env.py` does: run the migrations on the connection that `migrate` handed over."""
    attributes = context.config.attributes
    context.configure(connection=attributes["connection"], target_metadata=attributes["metadata"])
    context.run_migrations()
