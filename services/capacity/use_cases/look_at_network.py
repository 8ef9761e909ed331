"""An administrator sees all cantines at once."""

from dataclasses import dataclass
from datetime import date, timedelta

from services.capacity.domain.figures import Day, Figures, summed
from services.capacity.store import cantines as cantine_store
from services.capacity.store import figures as figure_store
from shared.contracts.sitting import Cantine
from shared.messaging.service import Service

WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Site:
    """One cantine: how many alerts stand, the meals of the next seven days, what came of those of the last seven."""

    cantine: Cantine
    alerts: int
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
        first = _eleven_months_before(today)
        cantines = cantine_store.every(conn)
        days = figure_store.by_day(conn, first, today, begun_by=now)
        ahead = summed(figure_store.by_day(conn, today, today + WEEK, begin_after=now), _cantine)
        alerts = figure_store.standing_alerts(conn)
    behind = summed((day for day in days if day.date > today - WEEK), _cantine)
    nothing = Figures()
    sites = [
        Site(
            cantine=one,
            alerts=alerts.get(one.slug, 0),
            ahead=ahead.get(one.slug, nothing),
            behind=behind.get(one.slug, nothing),
        )
        for one in cantines
    ]
    return Network(sites=sites, days=days, first=first, today=today)


def _cantine(day: Day) -> str:
    return day.cantine


def _eleven_months_before(day: date) -> date:
    """The first day of the month after this one, a year ago."""
    return date(day.year - 1, day.month + 1, 1) if day.month < 12 else date(day.year, 1, 1)
