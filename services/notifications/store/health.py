"""How the providers are, as the senders noted it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from services.notifications.domain.credit import Credit
from services.notifications.domain.letter import LetterState
from services.notifications.store.tables import letter, provider_health, sms_credit
from shared.keeping import keep_rows


@dataclass(frozen=True, kw_only=True)
class Health:
    """When a provider last took a letter, last failed and why, and until when it is left alone (UTC)."""

    provider: str
    accepted_at: datetime | None = None
    failed_at: datetime | None = None
    failure: str | None = None
    rests_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How many letters are due, and since when the oldest of them is."""

    count: int
    since: datetime | None


_NOTED = ("accepted_at", "failed_at", "failure", "rests_until")


def note(conn: Connection, healths: Sequence[Health]) -> None:
    """Write down what is new; what is not said stays as it was."""
    rows = [asdict(one) for one in sorted(healths, key=lambda one: one.provider)]
    keep_rows(conn, provider_health, rows, computed=_newer)


def _newer(old: Any, new: Any) -> dict[str, ColumnElement[Any]]:
    return {name: sa.func.coalesce(new[name], old[name]) for name in _NOTED}


def all_noted(conn: Connection) -> list[Health]:
    """All providers that letters were handed to, by name."""
    rows = conn.execute(sa.select(provider_health).order_by(provider_health.c.provider))
    return [Health(**row._mapping) for row in rows]


def credits(conn: Connection) -> dict[str, Credit]:
    """The credit with each provider that tells."""
    return {row.provider: Credit(**row._mapping) for row in conn.execute(sa.select(sms_credit))}


def waiting(conn: Connection, now: datetime) -> Waiting:
    """The letters that should have left by now."""
    due = letter.c.state == LetterState.DUE, letter.c.due_at <= now
    oldest = sa.func.min(letter.c.due_at, type_=letter.c.due_at.type)
    row = conn.execute(sa.select(sa.func.count(), oldest).where(*due)).one()
    return Waiting(count=row[0], since=row[1])
