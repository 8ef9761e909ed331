"""The credit for SMS in the database, and who is on it."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.domain.sms_credit import Credit
from services.capacity.store.tables import sms_credit
from shared.keeping import keep_rows


def lock(conn: Connection, providers: Collection[str]) -> dict[str, Credit]:
    """What is known of these providers, locked in ascending order."""
    query = sa.select(sms_credit).where(sms_credit.c.provider.in_(providers)).order_by(sms_credit.c.provider)
    return {row.provider: Credit(**row._mapping) for row in conn.execute(query.with_for_update())}


def keep(conn: Connection, credits: Collection[Credit]) -> None:
    """Keep how these stand."""
    rows = [asdict(one) for one in sorted(credits, key=lambda one: one.provider)]
    keep_rows(conn, sms_credit, rows, changes=[column.name for column in sms_credit.c if not column.primary_key])


def low(conn: Connection) -> list[Credit]:
    """Those that are low, by provider."""
    query = sa.select(sms_credit).where(sms_credit.c.raised_at.is_not(None)).order_by(sms_credit.c.provider)
    return [Credit(**row._mapping) for row in conn.execute(query)]


def unanswered(conn: Connection, now: datetime) -> list[str]:
    """The providers of whose credit nobody has taken care in time."""
    return sorted(conn.scalars(sa.select(sms_credit.c.provider).where(sms_credit.c.escalates_at <= now)))


def give_up(conn: Connection, staff: str, now: datetime) -> None:
    """Somebody was on it and is removed: nobody is, and all are told at once."""
    theirs = sms_credit.c.answered_by == staff
    conn.execute(sa.update(sms_credit).where(theirs).values(answered_by=None, answered_at=None, escalates_at=now))
