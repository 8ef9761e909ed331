"""Staff look at who comes every week, and choose how many seats may be given so."""

from dataclasses import dataclass

from services.booking.domain.staff import Staff
from services.booking.domain.usual import Usual
from services.booking.store import sittings, usual
from shared.contracts.sitting import Cantine
from shared.messaging.service import Service


@dataclass(frozen=True, kw_only=True)
class UsualPlaces:
    """The usual places of a cantine, each with its guest's name, and the percent of the seats that they may take."""

    cantine: Cantine
    share: int
    places: list[tuple[Usual, str | None]]


def look_at_usual_places(service: Service, staff: Staff) -> list[UsualPlaces]:
    """Those of the cantines that somebody looks after and that have meals to come, by city and name."""
    with service.read() as conn:
        slugs = [slug for _city, slug, _name in sittings.cantines(conn, service.clock.now(conn))]
        found = [(slug, sittings.cantine_of(conn, slug)) for slug in slugs if staff.looks_after(slug)]
        return [
            UsualPlaces(cantine=one, share=usual.share_of(conn, slug), places=usual.of_cantine(conn, slug))
            for slug, one in found
            if one
        ]


def choose_share(service: Service, cantine: str, percent: int) -> None:
    """From now on usual places may take so many percent of a cantine's seats."""
    with service.work() as work:
        usual.choose_share(work.conn, cantine, percent)
