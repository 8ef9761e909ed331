"""A member of staff follows their weeks in a calendar program, which cannot sign in: its address is the secret."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from services.capacity.domain.staff import Staff
from services.capacity.store import calendars as calendar_store
from services.capacity.store import cantines as cantine_store
from services.capacity.store import staff as staff_store
from services.capacity.store.calendars import Described
from shared.contracts.sitting import Cantine
from shared.links import ForgedLink, Links
from shared.messaging.service import Service, UnitOfWork

PURPOSE = "calendar"
BACK, AHEAD = timedelta(weeks=1), timedelta(weeks=9)  # from the Monday of this week


@dataclass(frozen=True, kw_only=True)
class Weeks:
    """The meals that somebody looks after, of last week, this one, and those to come."""

    items: list[Described]
    cantines: dict[str, Cantine]


def token_of_calendar(service: Service, staff: Staff, links: Links) -> str | None:
    """The secret in the address of somebody's calendar, if they have one."""
    with service.read() as conn:
        key = calendar_store.key_of(conn, staff.id)
    return links.sign(PURPOSE, key) if key else None


def renew_calendar(work: UnitOfWork, staff: Staff) -> None:
    """Give somebody's calendar an address that is new: the one before opens nothing any more."""
    calendar_store.save(work.conn, staff.id, uuid4().hex)


def look_at_weeks(service: Service, token: str, links: Links) -> Weeks:
    """The meals of whoever has this calendar, with the cantines that are theirs now. Raises ForgedLink."""
    if not token.isascii():
        raise ForgedLink
    key = links.read(PURPOSE, token)
    with service.read() as conn:
        owner = calendar_store.staff_of(conn, key)
        person = staff_store.find(conn, owner) if owner else None
        if person is None or not person.plans_meals:
            raise ForgedLink
        today = service.clock.now(conn).date()
        monday = today - timedelta(days=today.weekday())
        return Weeks(
            items=calendar_store.meals(conn, person.cantines, monday - BACK, monday + AHEAD),
            cantines=cantine_store.some(conn, person.cantines),
        )
