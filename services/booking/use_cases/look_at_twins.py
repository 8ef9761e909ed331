"""The other bookings of a guest at the same meal: shown to nobody but who is known to be that guest.

Whoever types somebody else's address must not learn by it whether they come.
"""

from collections.abc import Collection

from sqlalchemy import Connection

from services.booking.domain.booking import Booking, is_of_same_guest
from services.booking.domain.persons import address_of
from services.booking.domain.standing import outcome, stands
from services.booking.domain.wish import Wish
from services.booking.store import bookings, sittings
from shared.messaging.service import Service


def booked_before(service: Service, made_here: Collection[str], sitting: str, wish: Wish) -> Booking | None:
    """The booking among these (by id), which the same device made, that who wishes has at this meal already."""
    if not made_here:
        return None
    with service.read() as conn:
        known = bookings.some(conn, made_here)
        found = [known[one] for one in made_here if one in known and known[one].sitting == sitting]
        return next(iter(_standing(service, conn, found, wish)), None)


def twins_of_wish(service: Service, sitting: str, wish: Wish) -> list[Booking]:
    """The bookings that the guest of a wish has at the meal already, for who has come by a letter to that guest."""
    address = address_of(wish.contact)
    if not address:
        return []
    with service.read() as conn:
        now = service.clock.now(conn)
        found = [one for one in bookings.to_come_of(conn, address, now) if one.sitting == sitting]
        return _standing(service, conn, found, wish)


def twins_of(service: Service, booking: Booking) -> list[Booking]:
    """The other bookings that the guest of a booking has at its meal, for who has come by a letter to that guest."""
    wish = Wish(party=booking.party, contact=booking.contact, proxy=booking.proxy)
    return [one for one in twins_of_wish(service, booking.sitting, wish) if one.id != booking.id]


def _standing(service: Service, conn: Connection, found: Collection[Booking], wish: Wish) -> list[Booking]:
    now = service.clock.now(conn)
    return [
        one
        for one in found
        if is_of_same_guest(one, wish) and stands(outcome(one), sittings.find(conn, one.sitting), now)
    ]
