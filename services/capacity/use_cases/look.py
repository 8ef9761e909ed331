"""What coordinators look at: only ever the sittings of the cantines that are theirs now."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.capacity.domain.claims import Claim
from services.capacity.domain.history import Entry
from services.capacity.domain.kitchen import Kitchen
from services.capacity.domain.rules import WaitingRules
from services.capacity.domain.sittings import NoSuchSitting, PlannedSitting
from services.capacity.domain.staff import Staff
from services.capacity.domain.templates import overlap
from services.capacity.store import cantines as cantine_store
from services.capacity.store import claims as claim_store
from services.capacity.store import history, waiting_lists
from services.capacity.store import kitchens as kitchen_store
from services.capacity.store import sittings as sitting_store
from services.capacity.store import staff as staff_store
from services.capacity.store.sittings import Period
from shared.contracts.sitting import Cantine
from shared.messaging.service import Service

LINE_SHOWN = 100
HISTORY_SHOWN = 30


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One sitting with the first of its waiting list and those who are asked, at an instant."""

    sitting: PlannedSitting
    cantine: Cantine
    waiting: tuple[Claim, ...]
    offered: tuple[Claim, ...]
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Sittings:
    """Some of the sittings of a period, how many there are in all, and the present instant."""

    items: list[PlannedSitting]
    total: int
    now: datetime


def now(service: Service) -> datetime:
    """The present instant."""
    with service.read() as conn:
        return service.clock.now(conn)


def find_staff(service: Service, staff: str) -> Staff | None:
    """A member of staff as the database knows them now, or None."""
    with service.read() as conn:
        return staff_store.find(conn, staff)


def all_staff(service: Service) -> list[Staff]:
    """Everybody who can sign in, by name."""
    with service.read() as conn:
        return staff_store.all_staff(conn)


def all_cantines(service: Service) -> list[Cantine]:
    """All cantines of the network, by name."""
    with service.read() as conn:
        return cantine_store.every(conn)


def zones_of_cantines(service: Service) -> list[str]:
    """The time zone of each cantine."""
    return [one.zone for one in all_cantines(service)]


def find_cantines(service: Service, slugs: Iterable[str]) -> dict[str, Cantine]:
    """Some cantines, by slug."""
    with service.read() as conn:
        return cantine_store.some(conn, slugs)


def find_kitchen(service: Service, slug: str) -> Kitchen:
    """What is usual in the kitchen of a cantine."""
    with service.read() as conn:
        return kitchen_store.usual(conn, slug)


def find_waiting_rules(service: Service, slugs: Iterable[str]) -> dict[str, WaitingRules]:
    """How the waiting lists of some cantines work, by slug."""
    with service.read() as conn:
        return waiting_lists.some(conn, slugs)


def find_sittings(service: Service, staff: Staff, since: date, before: date) -> list[PlannedSitting]:
    """The sittings that somebody looks after, from a local date on (`before` excluded), in order of time."""
    with service.read() as conn:
        return sitting_store.of_cantines(conn, staff.cantines, since, before)


def in_the_same_hours(service: Service, sitting_id: str) -> list[PlannedSitting]:
    """The other meals for which kitchen and table are needed in the hours of this one."""
    with service.read() as conn:
        one = sitting_store.find(conn, sitting_id)
        if one is None:
            return []
        day = sitting_store.of_cantines(conn, [one.cantine], one.date, one.date + timedelta(days=1))
    others = (other for other in day if other.id != one.id and other.seating.may_take_place)
    return [other for other in others if overlap(one.plan, other.plan)]


def page_of_sittings(service: Service, period: Period, *, skip: int, limit: int) -> Sittings:
    """Some of the sittings of a period (from today on, if it has no first day), in order of time."""
    with service.read() as conn:
        at = service.clock.now(conn)
        period = replace(period, first=period.first or at.date())
        return Sittings(
            items=sitting_store.page_of(conn, period, skip=skip, limit=limit),
            total=sitting_store.count(conn, period),
            now=at,
        )


def count_bookings(service: Service, sitting: str) -> int:
    """How many bookings have a seat at a sitting."""
    with service.read() as conn:
        return claim_store.holding(conn, sitting)


def find_history(service: Service, sitting: str) -> list[Entry]:
    """The latest changes of a sitting, newest first."""
    with service.read() as conn:
        return history.latest(conn, sitting, HISTORY_SHOWN)


def find_sitting(service: Service, staff: Staff, sitting: str) -> Seen:
    """A sitting that somebody looks after. Raises NoSuchSitting, also if it is not theirs."""
    with service.read() as conn:
        found = sitting_store.find(conn, sitting)
        if found is None or found.cantine not in staff.cantines:
            raise NoSuchSitting
        return Seen(
            sitting=found,
            cantine=cantine_store.some(conn, [found.cantine])[found.cantine],
            waiting=tuple(claim_store.waiting(conn, sitting, limit=LINE_SHOWN)),
            offered=tuple(claim_store.offered(conn, sitting)) if found.seating.offered else (),
            now=service.clock.now(conn),
        )
