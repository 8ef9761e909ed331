"""What coordinators look at when they plan: weekly meals, what was made of them, and the days off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.capacity.domain.closures import Closure, Exceptions, NoSuchClosure
from services.capacity.domain.sittings import PlannedSitting
from services.capacity.domain.staff import Staff
from services.capacity.domain.templates import NoSuchTemplate, Template, is_untouched
from services.capacity.store import cantines as cantine_store
from services.capacity.store import closures as closure_store
from services.capacity.store import sittings as sitting_store
from services.capacity.store import templates as template_store
from shared.contracts.sitting import Cantine, SittingStatus
from shared.messaging.service import Service


@dataclass(frozen=True, kw_only=True)
class Weekly:
    """A weekly meal with the sittings already made of it for today and later, each with whether it has own changes."""

    template: Template
    cantine: Cantine
    made: tuple[tuple[PlannedSitting, bool], ...]
    now: datetime


@dataclass(frozen=True, kw_only=True)
class DaysOff:
    """A closure with the sittings that are still planned in it."""

    closure: Closure
    planned: tuple[PlannedSitting, ...]


def find_weeks(service: Service, staff: Staff) -> list[Template]:
    """The weekly meals that somebody looks after, by cantine, weekday and hour."""
    with service.read() as conn:
        return template_store.of_cantines(conn, staff.cantines)


def find_weekly(service: Service, staff: Staff, template_id: str) -> Weekly:
    """A weekly meal that somebody looks after. Raises NoSuchTemplate, also if it is not theirs."""
    with service.read() as conn:
        template, now = template_store.find(conn, template_id), service.clock.now(conn)
        if template is None or template.cantine not in staff.cantines:
            raise NoSuchTemplate
        cantine = cantine_store.some(conn, [template.cantine])[template.cantine]
        made = sitting_store.made_from(conn, template.id, now.astimezone(ZoneInfo(cantine.zone)).date())
    return Weekly(
        template=template,
        cantine=cantine,
        made=tuple((one, not is_untouched(one, template)) for one in made),
        now=now,
    )


def find_exceptions(service: Service, staff: Staff, since: date) -> dict[str, Exceptions]:
    """By cantine, when the weeks that somebody looks after are not like the others, from a day on."""
    with service.read() as conn:
        return closure_store.exceptions(conn, staff.cantines, since)


def find_days_off(service: Service, staff: Staff, since: date) -> list[DaysOff]:
    """The closures of somebody's cantines that end after a day, with what is still planned in them, in order."""
    with service.read() as conn:
        closures = [
            one for each in closure_store.exceptions(conn, staff.cantines, since).values() for one in each.closures
        ]
        if not closures:
            return []
        last = max(one.last for one in closures)
        sittings = sitting_store.of_cantines(conn, staff.cantines, since, last + timedelta(days=1))
    return [_with_planned(one, sittings) for one in sorted(closures, key=lambda one: (one.first, one.cantine, one.id))]


def find_closure(service: Service, staff: Staff, closure_id: str) -> Closure:
    """A closure of one of somebody's cantines. Raises NoSuchClosure, also if it is not theirs."""
    with service.read() as conn:
        found = closure_store.find(conn, closure_id)
    if found is None or found.cantine not in staff.cantines:
        raise NoSuchClosure
    return found


def _with_planned(closure: Closure, sittings: Sequence[PlannedSitting]) -> DaysOff:
    planned = (
        one
        for one in sittings
        if one.cantine == closure.cantine
        and closure.covers(one.date)
        and one.seating.status is not SittingStatus.CANCELLED
    )
    return DaysOff(closure=closure, planned=tuple(planned))
