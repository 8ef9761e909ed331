"""Guests have answered letters: what they said is done as their own pages do it."""

from collections.abc import Sequence

from services.booking.domain.coming import says_coming
from services.booking.domain.errors import BookingError, UnknownBooking, UnknownMeal
from services.booking.domain.sittings import check_not_begun
from services.booking.store import bookings, sittings
from services.booking.use_cases.answer_call import say_no_in, say_yes_in
from services.booking.use_cases.answer_offer import answer_offer_in
from services.booking.use_cases.cancel import cancel_in
from services.booking.use_cases.persons import stop_calls
from services.booking.use_cases.thank import no_more_thanks_in
from services.booking.use_cases.voice import Voice
from shared.contracts.reply import GuestAnswer, GuestReply
from shared.logs import get_logger
from shared.messaging.service import Service, UnitOfWork

log = get_logger(__name__)


def hear_replies(work: UnitOfWork, voice: Voice, replies: Sequence[GuestReply]) -> None:
    """Do what was answered, bookings first, in the order in which it was said. What comes too late to be done changes
    nothing.
    """
    thanks = [one.booking for one in replies if one.booking and one.answer is GuestAnswer.NO_MORE_THANKS]
    alike = bookings.with_contact_of(work.conn, thanks) if thanks else []
    bookings.lock(work.conn, sorted({*alike, *(one.booking for one in replies if one.booking)}))
    for reply in sorted(replies, key=lambda one: (one.booking is None, one.sitting or "", one.said_at, one.thing)):
        try:
            _do(work, voice, reply)
        except BookingError as error:
            log.info("An answer came too late.", answer=reply.answer, why=type(error).__name__)


def say_coming(service: Service, booking_id: str) -> None:
    """A guest who has a place says that they come. Raises UnknownBooking, UnknownMeal, AlreadyCancelled, MealBegun."""
    with service.work() as work:
        _say_coming_in(work, booking_id)


def _do(work: UnitOfWork, voice: Voice, reply: GuestReply) -> None:
    if reply.booking:
        if reply.answer is GuestAnswer.COMING:
            _say_coming_in(work, reply.booking)
        elif reply.answer is GuestAnswer.CANCEL:
            cancel_in(work, voice, reply.booking)
        elif reply.answer in {GuestAnswer.ACCEPT, GuestAnswer.DECLINE}:
            accepted = reply.answer is GuestAnswer.ACCEPT
            answer_offer_in(work, voice, reply.booking, accepted=accepted)
        elif reply.answer is GuestAnswer.NO_MORE_THANKS:
            no_more_thanks_in(work, voice, bookings.with_contact_of(work.conn, [reply.booking]))
    elif reply.person and reply.answer is GuestAnswer.NO_MORE_CALLS:
        stop_calls(work, voice, reply.person)
    elif reply.person and reply.sitting and reply.answer is GuestAnswer.ACCEPT:
        say_yes_in(work, voice, reply.person, reply.sitting)
    elif reply.person and reply.sitting and reply.answer is GuestAnswer.DECLINE:
        say_no_in(work, voice, reply.person, reply.sitting)


def _say_coming_in(work: UnitOfWork, booking_id: str) -> None:
    before = bookings.lock(work.conn, [booking_id]).get(booking_id)
    if before is None:
        raise UnknownBooking
    sitting = sittings.find(work.conn, before.sitting)
    if sitting is None:
        raise UnknownMeal
    check_not_begun(sitting, work.now)
    after = says_coming(before, sitting)
    if after is not before:
        bookings.keep(work.conn, [after])
