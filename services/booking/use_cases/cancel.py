"""A resident cancels."""

from services.booking.domain.booking import cancel as cancelled
from services.booking.domain.errors import UnknownBooking
from services.booking.domain.sittings import check_not_begun
from services.booking.domain.standing import tell
from services.booking.store import bookings, needs, sittings
from services.booking.use_cases.check_in import count_anew
from services.booking.use_cases.voice import Voice
from shared.messaging.service import Service, UnitOfWork


def cancel(service: Service, voice: Voice, booking_id: str) -> None:
    """Cancel a booking for ever and release its seats; cancelling twice does nothing more.

    Raises UnknownBooking, MealBegun.
    """
    with service.work() as work:
        cancel_in(work, voice, booking_id)


def cancel_in(work: UnitOfWork, voice: Voice, booking_id: str) -> None:
    """The same, within a unit of work. Raises as `cancel`, before anything is changed."""
    before = bookings.lock(work.conn, [booking_id]).get(booking_id)
    if before is None:
        raise UnknownBooking
    if before.cancelled_at is not None:
        return
    check_not_begun(sittings.find(work.conn, before.sitting), work.now)
    after = cancelled(before, work.now, work.next_revision(before.revision))
    after = tell(after, work.next_revision(after.notice_revision))
    bookings.keep(work.conn, [after])
    count_anew(work, [after.id])
    needs.forget(work.conn, after.id)
    voice.say_wish(work, after)
    voice.say_notice(work, after)
