"""How each service told last that it is: one row for each, never a history."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.domain.service_states import Heard
from services.capacity.store.tables import service_state
from shared.contracts.routes import STATE_SCHEMA
from shared.keeping import keep_rows


def lock(conn: Connection, services: Collection[str]) -> dict[str, Heard]:
    """What is known of these, locked in ascending order."""
    query = sa.select(service_state).where(service_state.c.service.in_(services)).order_by(service_state.c.service)
    return _read(conn, query.with_for_update())


def every(conn: Connection) -> dict[str, Heard]:
    """What is known of all."""
    return _read(conn, sa.select(service_state))


def keep(conn: Connection, heard: Sequence[Heard]) -> None:
    """Keep how these are."""
    rows = [
        {
            "service": one.state.thing,
            "revision": one.state.revision,
            "told": STATE_SCHEMA.dump(one.state),
            "heard_at": one.heard_at,
            "deaf_since": one.deaf_since,
        }
        for one in sorted(heard, key=lambda one: one.state.thing)
    ]
    keep_rows(conn, service_state, rows, changes=["revision", "told", "heard_at", "deaf_since"])


def _read(conn: Connection, query: sa.Select[tuple[object, ...]]) -> dict[str, Heard]:
    return {
        row.service: Heard(state=STATE_SCHEMA.load(row.told), heard_at=row.heard_at, deaf_since=row.deaf_since)
        for row in conn.execute(query)
    }
