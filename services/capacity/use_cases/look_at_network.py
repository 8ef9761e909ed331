"""An administrator sees all cantines at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from services.capacity.domain.figures import Day, Figures, summed
from services.capacity.store import cantines as cantine_store
from services.capacity.store import figures as figure_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.call_cooks import missing_at
from shared.contracts.sitting import Cantine
from shared.messaging.service import Service

WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Site:
    """One cantine: the meals of the next seven days, what came of those of the last seven, and how many alerts stand.

    `missing_cooks` are those that are missing at the meals ahead, as each meal's page tells.
    """

    cantine: Cantine
    alerts: int
    missing_cooks: int
    ahead: Figures
    behind: Figures


@dataclass(frozen=True, kw_only=True)
class Network:
    """All cantines by name, the meals of a period that have begun, and today."""

    sites: list[Site]
    days: list[Day]
    first: date
    today: date


def look_at_network(service: Service) -> Network:
    """All cantines, with the figures of the last twelve months: of this month, and the eleven before it."""
    with service.read() as conn:
        now = service.clock.now(conn)
        today = now.date()
        last = today + WEEK - timedelta(days=1)
        first = _eleven_months_before(today)
        cantines = cantine_store.every(conn)
        days = figure_store.by_day(conn, first, today, begun_by=now)
        ahead = summed(figure_store.by_day(conn, today, last, begin_after=now), _cantine)
        alerts = figure_store.standing_alerts(conn)
        missing = _missing_cooks(conn, [one.slug for one in cantines], today, last, now)
    behind = summed((day for day in days if day.date > today - WEEK), _cantine)
    nothing = Figures()
    sites = [
        Site(
            cantine=one,
            alerts=alerts.get(one.slug, 0),
            missing_cooks=missing[one.slug],
            ahead=ahead.get(one.slug, nothing),
            behind=behind.get(one.slug, nothing),
        )
        for one in cantines
    ]
    return Network(sites=sites, days=days, first=first, today=today)


def _missing_cooks(conn: Connection, cantines: Sequence[str], today: date, last: date, now: datetime) -> dict[str, int]:
    sittings = sitting_store.of_cantines(conn, cantines, today, last + timedelta(days=1))
    ahead = [one for one in sittings if one.starts_at > now]
    missing, total = missing_at(conn, ahead), dict.fromkeys(cantines, 0)
    for one in ahead:
        total[one.cantine] += missing[one.id]
    return total


def _cantine(day: Day) -> str:
    return day.cantine


def _eleven_months_before(day: date) -> date:
    """The first day of the month after this one, a year ago."""
    return date(day.year - 1, day.month + 1, 1) if day.month < 12 else date(day.year, 1, 1)
