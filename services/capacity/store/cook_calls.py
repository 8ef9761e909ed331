"""Calls for cooks: a sitting keeps its own in its row, and beside it what booking told of the replies."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.domain.cook_calls import Call
from services.capacity.store.tables import alert_settings, cook_replies, sitting
from shared.contracts.cook_call import CookReplies
from shared.contracts.sitting import SittingStatus
from shared.keeping import keep_rows, newer
from shared.kept import as_known


def written(call: Call | None) -> dict[str, Any] | None:
    """A call as JSON."""
    if call is None:
        return None
    return {**asdict(call), "until": call.until.isoformat(), "at": call.at.isoformat()}


def read(value: dict[str, Any] | None) -> Call | None:
    """The call that was written."""
    if value is None:
        return None
    instants = {name: datetime.fromisoformat(value[name]) for name in ("until", "at")}
    return as_known(Call, {**value, **instants})


def keep_replies(conn: Connection, messages: Sequence[CookReplies]) -> None:
    """Keep how many replied, unless a later count is kept already."""
    counts = ("revision", "call", "asked", "coming", "declined")
    rows = [
        {"sitting": one.thing, **{name: getattr(one, name) for name in counts}}
        for one in sorted(messages, key=lambda one: one.thing)
    ]
    keep_rows(conn, cook_replies, rows, changes=counts, where=newer)


def find_replies(conn: Connection, sitting_id: str, call: str) -> CookReplies | None:
    """How many replied to this call for a sitting, if booking has told of it."""
    this = cook_replies.c.sitting == sitting_id, cook_replies.c.call == call
    row = conn.execute(sa.select(cook_replies).where(*this)).one_or_none()
    if row is None:
        return None
    counts = {"asked": row.asked, "coming": row.coming, "declined": row.declined}
    return CookReplies(thing=row.sitting, revision=row.revision, call=row.call, **counts)


def to_be_ruled(conn: Connection, now: datetime, limit: int) -> list[str]:
    """The ids of sittings to come at which the rule of their cantine has not looked yet, and whose hour has come (but
    for those just opened, which get a little more time); those that close first come first.
    """
    rules = conn.scalars(sa.select(alert_settings.c.call_hours).where(alert_settings.c.call_hours > 0).distinct())
    hour_has_come = (
        sa.and_(alert_settings.c.call_hours == hours, sitting.c.cutoff_at <= now + timedelta(hours=hours))
        for hours in rules
    )
    due = (
        sa.select(sitting.c.id)
        .join(alert_settings, alert_settings.c.cantine == sitting.c.cantine)
        .where(
            sa.or_(sa.false(), *hour_has_come),
            sitting.c.status == SittingStatus.OPEN,
            sitting.c.starts_at > now,
            sitting.c.cutoff_at > now,
            sitting.c.ruled_for.is_distinct_from(sitting.c.cutoff_at),
        )
    )
    return list(conn.scalars(due.order_by(sitting.c.cutoff_at, sitting.c.id).limit(limit)))


def called_for(conn: Connection, since: datetime) -> list[str]:
    """The ids of the sittings that start after an instant and for which cooks were ever called."""
    called = sa.select(sitting.c.id).where(sitting.c.starts_at >= since, sitting.c.cook_call.is_not(None))
    return list(conn.scalars(called.order_by(sitting.c.id)))
