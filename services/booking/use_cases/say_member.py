"""A guest says that they are a member of the association, or would like to be; or takes it back."""

from dataclasses import replace

from services.booking.domain.errors import AlreadyCancelled, UnknownBooking
from services.booking.store import bookings
from shared.messaging.service import Service


def say_member(service: Service, booking_id: str, *, is_member: bool) -> None:
    """Keep it with the booking, for the host to see. Nobody is written to. Raises UnknownBooking, AlreadyCancelled."""
    with service.work() as work:
        before = bookings.lock(work.conn, [booking_id]).get(booking_id)
        if before is None:
            raise UnknownBooking
        if before.cancelled_at is not None:
            raise AlreadyCancelled
        bookings.keep(work.conn, [replace(before, membership=is_member)])
