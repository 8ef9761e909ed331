"""A partner looks at the meals that it may book; the team looks at the partners."""

from dataclasses import dataclass

from sqlalchemy import Connection

from services.booking.domain.errors import UnknownMeal, UnknownPartner
from services.booking.domain.sittings import partner_of, takes_bookings
from services.booking.domain.staff import Staff
from services.booking.store import lines, sittings
from services.booking.store.sittings import Filter
from shared.contracts.sitting import Cantine, PartnerPlaces, SittingNotice
from shared.messaging.service import Service

SHOWN = 60  # meals of a cantine: as far ahead as meals are made


@dataclass(frozen=True, kw_only=True)
class Partners:
    """The partners of a cantine, as its next meals name them."""

    cantine: Cantine
    partners: list[PartnerPlaces]


def look_at_partners(service: Service, staff: Staff) -> list[Partners]:
    """Those of the cantines that somebody looks after and that have meals to come, by city and name."""
    with service.read() as conn:
        slugs = [slug for _city, slug, _name in sittings.cantines(conn, service.clock.now(conn))]
        found = [_to_come(service, conn, slug) for slug in slugs if staff.looks_after(slug)]
        return [Partners(cantine=meals[0].cantine, partners=list(meals[0].partners)) for meals in found if meals]


def look_at_meals_of_partner(
    service: Service, cantine: str, partner: str
) -> tuple[str, list[tuple[SittingNotice, PartnerPlaces]]]:
    """The name of a partner, and the next meals that it may book with what each keeps for it. Raises UnknownPartner."""
    with service.read() as conn:
        meals, now = lines.as_told(conn, _to_come(service, conn, cantine)), service.clock.now(conn)
    found = [(meal, one) for meal in meals for one in meal.partners if one.id == partner]
    if not found:
        raise UnknownPartner
    return found[0][1].name, [(meal, one) for meal, one in found if takes_bookings(meal, now)]


def find_partner(service: Service, cantine: str, partner: str, sitting_id: str) -> PartnerPlaces:
    """A partner at one meal of its cantine. Raises UnknownMeal or UnknownPartner."""
    with service.read() as conn:
        sitting = sittings.find(conn, sitting_id)
    if sitting is None or sitting.cantine.slug != cantine:
        raise UnknownMeal
    return partner_of(sitting, partner)


def _to_come(service: Service, conn: Connection, cantine: str) -> list[SittingNotice]:
    return sittings.to_come(conn, service.clock.now(conn), Filter(cantine=cantine), limit=SHOWN)
