"""After a meal: notifications is told who came and who did not, of those who wished for a word; and of corrections."""

from collections.abc import Collection
from dataclasses import replace

from services.booking.domain.booking import Booking
from services.booking.domain.errors import UnknownBooking
from services.booking.domain.thanks import TOLD_WITHIN, attendance_of, is_time_to_thank
from services.booking.store import bookings, door, sittings
from services.booking.use_cases.voice import Voice
from shared.messaging.service import Service, UnitOfWork


def thank(service: Service, voice: Voice) -> int:
    """Tell it of the meals whose day is over, wherever it was not told yet. Returns how many bookings."""
    with service.read() as conn:
        now = service.clock.now(conn)
        over = [one.thing for one in sittings.between(conn, now - TOLD_WITHIN, now) if is_time_to_thank(one, now)]
        wished = bookings.wishing_thanks(conn, over)
    return sum(thank_for(service, voice, sitting_id) for sitting_id in wished)


def thank_for(service: Service, voice: Voice, sitting_id: str) -> int:
    """The same of one meal, at whose door something was marked. Returns how many bookings it was told of."""
    with service.work() as work:
        meal = sittings.find(work.conn, sitting_id)
        if meal is None or not is_time_to_thank(meal, work.now):
            return 0
        wishing = bookings.wishing_thanks(work.conn, [sitting_id]).get(sitting_id, [])
        locked = bookings.lock(work.conn, wishing)  # before the marks are read: who marks meanwhile comes after
        if not locked:
            return 0
        everybody = bookings.of_sittings(work.conn, [sitting_id])[sitting_id]
        attended = attendance_of(everybody, door.marks(work.conn, sitting_id))
        changed = [replace(one, attended=attended[id]) for id, one in locked.items() if one.attended != attended[id]]
        _say(work, voice, changed)
        return len(changed)


def no_more_thanks(service: Service, voice: Voice, booking_id: str) -> None:
    """The guest of a booking wishes for no more words after meals. Raises UnknownBooking."""
    with service.work() as work:
        no_more_thanks_in(work, voice, bookings.with_contact_of(work.conn, [booking_id]))


def no_more_thanks_in(work: UnitOfWork, voice: Voice, of_one_contact: Collection[str]) -> None:
    """The same of all these bookings. Raises UnknownBooking if there is none."""
    locked = bookings.lock(work.conn, of_one_contact)
    if not locked:
        raise UnknownBooking
    wishing = [one for one in locked.values() if one.preferences.thanks]
    _say(work, voice, [replace(_without(one), attended=None) for one in wishing])


def _without(one: Booking) -> Booking:
    return replace(one, preferences=replace(one.preferences, thanks=False))


def _say(work: UnitOfWork, voice: Voice, changed: Collection[Booking]) -> None:
    raised = [replace(one, notice_revision=work.next_revision(one.notice_revision)) for one in changed]
    bookings.keep(work.conn, raised)
    for one in raised:
        voice.say_notice(work, one)
