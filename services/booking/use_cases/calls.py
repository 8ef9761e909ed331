"""What must be said by telephone, and that it was."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from services.booking.domain.booking import Booking
from services.booking.domain.calls import About, Call, Spoken, call_with_words, calls_for, told_at
from services.booking.domain.errors import UnknownBooking
from services.booking.domain.host_messages import UnsaidWords, unread_words
from services.booking.domain.staff import Staff
from services.booking.store import bookings, host_messages, sittings, spoken
from services.booking.use_cases.reach import lost_among
from shared.contracts.sitting import SittingNotice
from shared.links import Links
from shared.messaging.service import Service

AHEAD = timedelta(days=60)


def look_at_calls(service: Service, links: Links, staff: Staff, *, sms: bool) -> tuple[list[Call], datetime]:
    """What must be said to guests of their cantines, the soonest meal first; and the present instant."""
    with service.read() as conn:
        now = service.clock.now(conn)
        meals = {one.thing: one for one in sittings.between(conn, now, now + AHEAD, staff.sees_meals_of)}
        lost = lost_among(conn, links, lambda: bookings.addresses_at(conn, meals))
        guests = bookings.without_email(conn, meals, or_with=lost)
        said = spoken.of_bookings(conn, [one.id for one in guests])
        moved = sittings.moved(conn, {one.sitting for one in guests})
        unsaid = host_messages.unsaid(conn, [one.id for one in guests])
        if lost:
            written = host_messages.of_sittings(conn, {one.sitting for one in guests})
            called = host_messages.called_about(conn, [one.id for one in guests])
            unsaid += unread_words(written, guests, called, lost, sms=sms)
    calls = []
    for one in guests:
        spoken_of, last = said.get(one.id, Spoken()), moved.get(one.sitting, 0)
        calls += calls_for(one, meals[one.sitting], spoken_of, now, sms=sms, lost=lost, moved=last)
    calls += _words(unsaid, {one.id: one for one in guests}, meals, now)
    return sorted(calls, key=lambda call: (call.sitting.starts_at, call.due_at, call.booking.id)), now


def note_call(
    service: Service, staff: Staff, booking_id: str, about: About, news: int, *, move: int = 0, message: str = ""
) -> None:
    """The guest was told: their standing as of this news, that they are expected tomorrow, or a host's words; and the
    meal's time as of this `move`.

    What changed since is still to be told. Raises UnknownBooking, also if it is not theirs.
    """
    with service.work() as work:
        booking = bookings.lock(work.conn, [booking_id]).get(booking_id)
        meal = sittings.find(work.conn, booking.sitting) if booking else None
        if booking is None or meal is None or not staff.looks_after(meal.cantine.slug):
            raise UnknownBooking
        if about is About.WORDS:
            host_messages.note_said(work.conn, message, booking_id, staff.id, work.now)
            return
        said = spoken.of_bookings(work.conn, [booking_id]).get(booking_id, Spoken())
        if about is About.REMINDER:
            said = replace(said, reminded=True)
        said = replace(said, news=max(said.news, min(news, booking.news)))
        moved = sittings.moved(work.conn, [booking.sitting]).get(booking.sitting, 0)
        spoken.keep(work.conn, booking_id, said, staff.id, told_at(work.now, moved=moved, shown=move))


def _words(
    unsaid: Sequence[tuple[UnsaidWords, int]],
    guests: Mapping[str, Booking],
    meals: Mapping[str, SittingNotice],
    now: datetime,
) -> list[Call]:
    """Each person once, by the first of their bookings that the words are for."""
    found: dict[tuple[str, int], Call] = {}
    for one, person in unsaid:
        booking = guests[one.booking]
        call = call_with_words(one, booking, meals[booking.sitting], now)
        if call:
            found.setdefault((one.message.id, person), call)
    return list(found.values())
