"""A resident answers an offer of places."""

from services.booking.domain.errors import UnknownBooking
from services.booking.domain.offers import reply_to_offer
from services.booking.domain.sittings import check_not_begun, check_takes_bookings
from services.booking.store import bookings, sittings
from services.booking.use_cases.voice import Voice
from shared.messaging.service import Service, UnitOfWork


def answer_offer(service: Service, voice: Voice, booking_id: str, *, accepted: bool) -> None:
    """Say yes or no to the offer that stands; a yes to one that has passed asks again. Saying it twice changes nothing.

    Raises UnknownBooking, AlreadyCancelled, MealBegun; if the offer has passed also MealCancelled, MealClosed,
    PastCutoff.
    """
    with service.work() as work:
        answer_offer_in(work, voice, booking_id, accepted=accepted)


def answer_offer_in(work: UnitOfWork, voice: Voice, booking_id: str, *, accepted: bool) -> None:
    """The same, within a unit of work. Raises as `answer_offer`, before anything is changed."""
    before = bookings.lock(work.conn, [booking_id]).get(booking_id)
    if before is None:
        raise UnknownBooking
    after = reply_to_offer(before, work.now, work.next_revision(before.revision), accepted=accepted)
    if after is before:
        return
    sitting = sittings.find(work.conn, before.sitting)
    check_not_begun(sitting, work.now)
    if sitting is not None and after.reply and not after.reply.offer:
        check_takes_bookings(sitting, work.now)
    bookings.keep(work.conn, [after])
    voice.say_wish(work, after)
