"""The credit with providers, as last told."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.domain.credit import Credit
from services.notifications.store.tables import credit_telling, sms_credit
from shared.keeping import keep_rows


def lock(conn: Connection, provider: str) -> Credit | None:
    """What is known of a provider, locked; None, if nothing is."""
    query = sa.select(sms_credit).where(sms_credit.c.provider == provider).with_for_update()
    row = conn.execute(query).one_or_none()
    return Credit(**row._mapping) if row else None


def some(conn: Connection, providers: Collection[str] | None = None) -> list[Credit]:
    """What is known of these providers, or of all, locked in ascending order."""
    query = sa.select(sms_credit).order_by(sms_credit.c.provider).with_for_update()
    if providers is not None:
        query = query.where(sms_credit.c.provider.in_(providers))
    return [Credit(**row._mapping) for row in conn.execute(query)]


def keep(conn: Connection, one: Credit) -> None:
    """Keep what was told."""
    keep_rows(conn, sms_credit, [asdict(one)], changes=("remaining", "told_at", "low_since", "revision"))


def is_told(conn: Connection, provider: str, raised_at: datetime, telling: int) -> bool:
    """Whether it was told so often already that this credit is low, since then."""
    mine = credit_telling.c.provider == provider, credit_telling.c.raised_at == raised_at
    told = conn.scalar(sa.select(credit_telling.c.telling).where(*mine))
    return told is not None and told >= telling


def keep_told(conn: Connection, provider: str, raised_at: datetime, telling: int) -> None:
    """It was told so often."""
    row = {"provider": provider, "raised_at": raised_at, "telling": telling}
    keep_rows(conn, credit_telling, [row], changes=("raised_at", "telling"))
