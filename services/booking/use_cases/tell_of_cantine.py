"""Those who look after a cantine write what it tells of itself."""

from services.booking.domain.cantine_pages import CantinePage
from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.photos import LONGEST_DESCRIPTION, MOST, Photo, Picture
from services.booking.domain.staff import Staff
from services.booking.store import cantine_pages, sittings
from shared.contracts.sitting import Cantine
from shared.messaging.service import Service
from shared.text import is_storable


def look_at_my_cantines(service: Service, staff: Staff) -> list[Cantine]:
    """Those of the cantines that somebody looks after and that have meals to come, by city and name."""
    with service.read() as conn:
        slugs = [slug for _city, slug, _name in sittings.cantines(conn, service.clock.now(conn))]
        found = [sittings.cantine_of(conn, slug) for slug in slugs if staff.looks_after(slug)]
    return [one for one in found if one]


def look_at_what_is_told(service: Service, slug: str) -> tuple[CantinePage, list[Photo]]:
    """What a cantine tells of itself, and its photos."""
    with service.read() as conn:
        return cantine_pages.find(conn, slug), cantine_pages.photos(conn, slug)


def tell(service: Service, slug: str, page: CantinePage) -> None:
    """From now on a cantine tells this of itself."""
    with service.work() as work:
        cantine_pages.keep(work.conn, slug, page)


def show_photo(service: Service, slug: str, picture: Picture, description: str, *, consent: bool) -> None:
    """Show one more photo. `consent`: everybody who can be recognised on it has agreed. Raises InvalidInput."""
    description = " ".join(description.split())
    complaints = {}
    if not description or not is_storable(description):
        complaints["description"] = Complaint.DESCRIPTION_MISSING
    elif len(description) > LONGEST_DESCRIPTION:
        complaints["description"] = Complaint.DESCRIPTION_LONG
    if not consent:
        complaints["consent"] = Complaint.PHOTO_WITHOUT_CONSENT
    with service.work() as work:
        if len(cantine_pages.photos(work.conn, slug)) >= MOST:
            complaints["photo"] = Complaint.PHOTOS_ENOUGH
        if complaints:
            raise InvalidInput(complaints)
        cantine_pages.add_photo(work.conn, slug, picture, description, work.now)


def take_photo_away(service: Service, slug: str, photo: str) -> None:
    """Show a photo no longer; it is forgotten."""
    if not is_storable(photo):
        return
    with service.work() as work:
        cantine_pages.remove_photo(work.conn, slug, photo)
