"""A calendar program asks for the meals of a cantine."""

from dataclasses import dataclass
from datetime import timedelta

from services.booking.domain.errors import UnknownCantine
from services.booking.store import sittings
from services.booking.store.sittings import Described
from shared.messaging.service import Service

KEPT = timedelta(days=31)  # after the meal, so that it does not vanish from calendars at once


@dataclass(frozen=True, kw_only=True)
class MealsOfCantine:
    """The meals of one cantine: those of the last month, and all to come."""

    name: str
    items: list[Described]


def look_at_calendar(service: Service, cantine: str) -> MealsOfCantine:
    """The meals of a cantine (by slug), cancelled ones too, soonest first. Raises UnknownCantine."""
    with service.read() as conn:
        name = sittings.name_of_cantine(conn, cantine)
        if name is None:
            raise UnknownCantine
        since = service.clock.now(conn) - KEPT
        return MealsOfCantine(name=name, items=sittings.of_cantine(conn, cantine, since))
