"""A resident reserves."""

from uuid import uuid4

from services.booking.domain.booking import Booking, new_booking
from services.booking.domain.errors import AlreadySent, UnknownMeal
from services.booking.domain.once import Once
from services.booking.domain.sittings import check_takes_bookings
from services.booking.domain.wish import Wish
from services.booking.store import bookings, keys, sittings
from services.booking.use_cases.voice import Voice
from shared.messaging.service import Service


def book(service: Service, voice: Voice, sitting_id: str, wish: Wish, once: Once | None = None) -> Booking:
    """Make a booking and ask capacity for its seats. What was sent before (`once`) is not done again.

    Notifications hears of it once there is something to tell: what became of it, or that it was cancelled. Raises AlreadySent if the same key was sent with other details; UnknownMeal, MealCancelled, MealClosed, PastCutoff.
    """
    booking_id = str(uuid4())
    with service.work() as work:
        if once is not None and not keys.claim(work.conn, once, booking_id, work.now):
            before, fingerprint = keys.taken(work.conn, once.key)
            if fingerprint != once.fingerprint:
                raise AlreadySent(before)
            return bookings.get(work.conn, before)
        sitting = sittings.find(work.conn, sitting_id)
        if sitting is None:
            raise UnknownMeal
        check_takes_bookings(sitting, work.now)
        booking = new_booking(booking_id, sitting_id, wish, work.now, work.next_revision())
        bookings.add(work.conn, [booking])
        voice.say_wish(work, booking)
    return booking
