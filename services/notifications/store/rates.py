"""Until when the permits of each provider are spent: one row for each, shared by all senders."""

from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.store.tables import provider_pace
from shared.keeping import keep_rows


def lock(conn: Connection, providers: Collection[str], now: datetime) -> dict[str, datetime]:
    """Lock the rows of these providers, in ascending order, and read them; one without a row has spent nothing."""
    query = sa.select(provider_pace).where(provider_pace.c.provider.in_(providers))
    query = query.order_by(provider_pace.c.provider).with_for_update()
    rows = conn.execute(query).all()
    missing = sorted(set(providers) - {row.provider for row in rows})
    if missing:
        keep_rows(conn, provider_pace, [{"provider": one, "spent_until": now} for one in missing])
        rows = conn.execute(query).all()
    return {row.provider: row.spent_until for row in rows}


def keep(conn: Connection, spent_until: Mapping[str, datetime]) -> None:
    """Keep until when each is spent now."""
    rows = [{"provider": one, "spent_until": until} for one, until in sorted(spent_until.items())]
    keep_rows(conn, provider_pace, rows, changes=("spent_until",))
