"""A guest tells what they do not eat, or need to sit, changes it, takes it back; and it is deleted the day after."""

from services.booking.domain.errors import AlreadyCancelled, MealBegun, UnknownBooking
from services.booking.domain.needs import Needs, check_fits, told_after
from services.booking.domain.sittings import check_not_begun
from services.booking.store import bookings, sittings
from services.booking.store import needs as needs_store
from shared.messaging.service import Service


def tell_needs(service: Service, booking_id: str, needs: Needs) -> None:
    """Keep what a guest agreed to tell, instead of what they told before (`told_after`); nothing takes all of it back.

    Raises UnknownBooking; and for something to keep AlreadyCancelled, MealBegun, InvalidInput if there are not so many.
    """
    with service.work() as work:
        booking = bookings.lock(work.conn, [booking_id]).get(booking_id)
        if booking is None:
            raise UnknownBooking
        if needs.any:
            if booking.cancelled_at is not None:
                raise AlreadyCancelled
            sitting = sittings.find(work.conn, booking.sitting)
            if sitting is None:  # of a meal that we have not heard of nobody would know when to forget it
                raise MealBegun
            check_not_begun(sitting, work.now)
            check_fits(needs, booking.party)
        kept = told_after(needs_store.find(work.conn, booking_id), needs)
        needs_store.keep(work.conn, booking_id, booking.sitting, kept, work.now)


def needs_of(service: Service, booking_id: str) -> Needs:
    """What was told with a booking."""
    with service.read() as conn:
        return needs_store.find(conn, booking_id)


def forget_needs(service: Service) -> int:
    """Delete what was told for the meals of yesterday and before. Returns of how many bookings."""
    with service.work() as work:
        return needs_store.forget_old(work.conn, work.now)
