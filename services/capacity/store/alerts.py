"""Alerts in the database, what cantines wish to hear of, and how their staff wish to be told."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.domain.alert_duty import Place, Reachable
from services.capacity.domain.alerts import Alert, AlertSettings
from services.capacity.domain.staff import Staff
from services.capacity.store import staff as staff_store
from services.capacity.store.tables import alert, alert_settings, alert_wishes, cantine
from shared.contracts.alert import AlertKind, Severity, Way, Wishes
from shared.contracts.sitting import Cantine
from shared.database import upsert
from shared.keeping import OneOf, keep_rows
from shared.kept import words_of

_SEVERE = (Severity.URGENT, Severity.IMPORTANT, Severity.ROUTINE)
_ALERTS = sa.select(alert).where(alert.c.kind.in_(words_of(AlertKind)))
_CHOSEN = [column for column in alert_settings.c if not column.primary_key]
_PLACES = (  # asked with each decision, so made once
    sa.select(cantine, *_CHOSEN)
    .outerjoin(alert_settings, alert_settings.c.cantine == cantine.c.slug)
    .where(OneOf(cantine.c.slug, "slugs"))
    .order_by(cantine.c.slug)
)


def lock(conn: Connection, sittings: Collection[str]) -> list[Alert]:
    """All alerts about these sittings, locked in ascending order; their sittings are to be locked before."""
    rows = _ALERTS.where(alert.c.about.in_(sittings)).order_by(alert.c.about, alert.c.kind)
    return [_read(row) for row in conn.execute(rows.with_for_update())]


def standing(conn: Connection, cantines: Collection[str], limit: int) -> list[Alert]:
    """The alerts of some cantines whose cause is there: the most severe first, then the latest."""
    query = _ALERTS.where(alert.c.cantine.in_(cantines), alert.c.resolved_at.is_(None))
    severe = sa.case(*((alert.c.severity == one, order) for order, one in enumerate(_SEVERE)), else_=len(_SEVERE))
    query = query.order_by(severe, alert.c.raised_at.desc(), alert.c.about)
    return [_read(row) for row in conn.execute(query.limit(limit))]


def gone(conn: Connection, cantines: Collection[str], since: datetime, limit: int) -> list[Alert]:
    """The alerts of some cantines whose cause went after an instant, latest first."""
    query = _ALERTS.where(alert.c.cantine.in_(cantines), alert.c.updated_at > since, alert.c.resolved_at > since)
    return [_read(row) for row in conn.execute(query.order_by(alert.c.resolved_at.desc(), alert.c.about).limit(limit))]


def find(conn: Connection, sitting: str, kind: AlertKind) -> Alert | None:
    """One alert, to look at."""
    row = conn.execute(_ALERTS.where(alert.c.about == sitting, alert.c.kind == kind)).first()
    return _read(row) if row else None


def give_up(conn: Connection, staff: str, now: datetime) -> None:
    """Somebody was on these alerts and is removed: nobody is, and the next circle is told at once."""
    theirs = sa.and_(alert.c.answered_by == staff, alert.c.resolved_at.is_(None))
    conn.execute(sa.update(alert).where(theirs).values(answered_by=None, answered_at=None, escalates_at=now))


def of_sitting(conn: Connection, sitting: str) -> list[Alert]:
    """The alerts about a sitting whose cause is there, latest first."""
    query = _ALERTS.where(alert.c.about == sitting, alert.c.resolved_at.is_(None))
    return [_read(row) for row in conn.execute(query.order_by(alert.c.raised_at.desc(), alert.c.kind))]


def unanswered(conn: Connection, now: datetime, limit: int) -> list[str]:
    """The sittings about which an alert waited too long for somebody to be on it."""
    query = sa.select(alert.c.about).where(alert.c.escalates_at <= now).order_by(alert.c.escalates_at, alert.c.about)
    return sorted(set(conn.scalars(query.limit(limit))))


def save(conn: Connection, alerts: Sequence[Alert]) -> None:
    """Keep these alerts instead of what was known of them, in ascending order."""
    keep_rows(
        conn,
        alert,
        [_row(one) for one in sorted(alerts, key=lambda one: (one.about, one.kind))],
        changes=[column.name for column in alert.c if not column.primary_key],
    )


def places(conn: Connection, cantines: Iterable[str]) -> dict[str, Place]:
    """Cantines by slug, with what they wish to hear of: the usual, where nothing was chosen."""
    return {row.slug: _place(row._mapping) for row in conn.execute(_PLACES, {"slugs": list(cantines)})}


def save_settings(conn: Connection, slug: str, settings: AlertSettings) -> None:
    """Keep what a cantine wishes to hear of."""
    fresh = asdict(settings)
    row = {"cantine": slug, **fresh}
    conn.execute(upsert(conn, alert_settings).values(row).on_conflict_do_update(index_elements=["cantine"], set_=fresh))


def reachable(conn: Connection, cantines: Iterable[str]) -> list[Reachable]:
    """Everybody whom an alert of these cantines may concern, administrators too, with how they wish to be told."""
    people = [*staff_store.to_alert(conn, cantines), *staff_store.administrators(conn)]
    query = sa.select(alert_wishes).where(alert_wishes.c.staff.in_([one.id for one in people]))
    wishes = {row.staff: row for row in conn.execute(query)}
    return [_reachable(one, wishes.get(one.id)) for one in people]


def reach(conn: Connection, person: Staff) -> Reachable:
    """How a member of staff wishes to be told."""
    return _reachable(person, conn.execute(sa.select(alert_wishes).where(alert_wishes.c.staff == person.id)).first())


def save_wishes(conn: Connection, person: Reachable) -> None:
    """Keep how a member of staff wishes to be told."""
    fresh = {"phone": person.phone, **asdict(person.wishes)}
    row = {"staff": person.staff.id, **fresh}
    conn.execute(upsert(conn, alert_wishes).values(row).on_conflict_do_update(index_elements=["staff"], set_=fresh))


def _place(row: Any) -> Place:
    chosen = {column.name: row[column.name] for column in _CHOSEN}
    return Place(
        cantine=Cantine(**{column.name: row[column.name] for column in cantine.c}),
        settings=AlertSettings(**chosen) if chosen["days"] is not None else AlertSettings(),
    )


def _reachable(person: Staff, row: Any) -> Reachable:
    if row is None:
        return Reachable(staff=person)
    wishes = Wishes(
        urgent=Way(row.urgent), important=Way(row.important), routine=Way(row.routine), digest_at=row.digest_at
    )
    return Reachable(staff=person, phone=row.phone, wishes=wishes)


def _read(row: Any) -> Alert:
    return Alert(**{**row._mapping, "kind": AlertKind(row.kind), "severity": Severity(row.severity)})


def _row(one: Alert) -> dict[str, Any]:
    return {column.name: getattr(one, column.name) for column in alert.c}
