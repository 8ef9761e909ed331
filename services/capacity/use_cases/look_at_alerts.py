"""What coordinators see of alerts: only ever those of the cantines that are theirs now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.capacity.domain.alerts import Alert, NoSuchAlert
from services.capacity.domain.sittings import PlannedSitting
from services.capacity.domain.staff import Staff
from services.capacity.store import alerts as alert_store
from services.capacity.store import cantines as cantine_store
from services.capacity.store import sittings as sitting_store
from services.capacity.store import staff as staff_store
from shared.contracts.alert import AlertKind, Severity
from shared.contracts.sitting import Cantine
from shared.messaging.service import Service

RECENT = timedelta(days=7)
SHOWN = 100
_ORDER = (Severity.URGENT, Severity.IMPORTANT, Severity.ROUTINE)


@dataclass(frozen=True, kw_only=True)
class SeenAlert:
    """An alert, its meal, and the name of who is on it (None: nobody, or somebody who has left)."""

    alert: Alert
    sitting: PlannedSitting
    answered_by: str | None


@dataclass(frozen=True, kw_only=True)
class AlertsSeen:
    """The alerts of some cantines: those that stand, then those that ended lately."""

    standing: tuple[SeenAlert, ...]
    gone: tuple[SeenAlert, ...]
    cantines: dict[str, Cantine]
    now: datetime


def find_alerts(service: Service, staff: Staff) -> AlertsSeen:
    """The alerts that somebody should know of: the most severe first, then by meal; those that ended, latest first."""
    with service.read() as conn:
        now = service.clock.now(conn)
        return AlertsSeen(
            standing=tuple(sorted(_seen(conn, alert_store.standing(conn, staff.cantines, SHOWN)), key=_first)),
            gone=_seen(conn, alert_store.gone(conn, staff.cantines, now - RECENT, SHOWN)),
            cantines=cantine_store.some(conn, staff.cantines),
            now=now,
        )


def find_alert(service: Service, sitting: str, kind: AlertKind) -> SeenAlert:
    """One alert. Raises NoSuchAlert."""
    with service.read() as conn:
        found = alert_store.find(conn, sitting, kind)
        seen = _seen(conn, [found] if found else [])
    if not seen:
        raise NoSuchAlert
    return seen[0]


def alerts_of(service: Service, sitting: PlannedSitting) -> tuple[SeenAlert, ...]:
    """The alerts about a meal that stand."""
    with service.read() as conn:
        return _seen(conn, alert_store.of_sitting(conn, sitting.id))


def _seen(conn: Connection, alerts: Sequence[Alert]) -> tuple[SeenAlert, ...]:
    sittings = sitting_store.some(conn, {one.about for one in alerts})
    names = _names(conn, {one.answered_by for one in alerts if one.answered_by})
    return tuple(
        SeenAlert(alert=one, sitting=sittings[one.about], answered_by=names.get(one.answered_by or ""))
        for one in alerts
        if one.about in sittings
    )


def _first(one: SeenAlert) -> tuple[int, datetime, str, str]:
    return _ORDER.index(one.alert.severity), one.sitting.starts_at, one.sitting.id, one.alert.kind


def _names(conn: Connection, ids: Collection[str]) -> dict[str, str]:
    people = (staff_store.find(conn, one) for one in ids)
    return {one.id: one.name for one in people if one}
