"""A guest tells who comes along, and what the others of the meal may know of them; or takes it back."""

from collections.abc import Callable
from dataclasses import replace

from services.booking.domain.booking import Booking
from services.booking.domain.company import Company, first_name
from services.booking.domain.errors import AlreadyCancelled, UnknownBooking
from services.booking.domain.needs import are_kept
from services.booking.domain.standing import outcome
from services.booking.store import bookings, sittings
from shared.contracts.booking import BookingStatus
from shared.messaging.service import Service
from shared.text import plain


def tell_company(service: Service, booking_id: str, told: Callable[[Booking], Company]) -> None:
    """Keep what is told now, given the booking as it stands. Nobody is written to, and capacity knows nothing of it.

    Raises UnknownBooking, AlreadyCancelled, and what `told` raises.
    """
    with service.work() as work:
        before = bookings.lock(work.conn, [booking_id]).get(booking_id)
        if before is None:
            raise UnknownBooking
        if before.cancelled_at is not None:
            raise AlreadyCancelled
        bookings.keep(work.conn, [replace(before, company=told(before))])


def others_at_table(service: Service, booking: Booking) -> list[str]:
    """The first names that other guests of the meal show, for who has a place there themself; until the day after."""
    if outcome(booking).status is not BookingStatus.CONFIRMED:
        return []
    with service.read() as conn:
        sitting = sittings.find(conn, booking.sitting)
        if sitting is None or not are_kept(sitting, service.clock.now(conn)):
            return []
        shown = [one for one in bookings.showing_names(conn, booking.sitting) if one.id != booking.id]
    seated = (one for one in shown if outcome(one).status is BookingStatus.CONFIRMED)
    return sorted((first_name(one.contact.name) for one in seated if one.contact.name), key=plain)
