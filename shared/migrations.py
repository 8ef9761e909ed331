"""Each service migrates its own database with its own Alembic history, on a connection handed to it."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData

from shared.database import Database

_LOCK = 7252333  # so that two containers that start at once migrate one after the other


def migrate(database: Database, folder: Path, metadata: MetaData, to: str = "head") -> None:
    """Bring a database to a revision of the history in `folder`."""
    config = Config()
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    with database.begin() as conn:
        if not database.is_sqlite:
            conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        config.attributes.update(connection=conn, metadata=metadata)
        command.upgrade(config, to)


def run_in(context: Any) -> None:
    """What every service's `env.py` does: run the migrations on the connection that `migrate` handed over."""
    attributes = context.config.attributes
    context.configure(connection=attributes["connection"], target_metadata=attributes["metadata"])
    context.run_migrations()
