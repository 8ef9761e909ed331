"""What must be said by telephone, and that it was."""

from dataclasses import replace
from datetime import datetime, timedelta

from services.booking.domain.calls import About, Call, Spoken, calls_for
from services.booking.domain.errors import UnknownBooking
from services.booking.domain.staff import Staff
from services.booking.store import bookings, sittings, spoken
from shared.messaging.service import Service

AHEAD = timedelta(days=60)


def look_at_calls(service: Service, staff: Staff, *, sms: bool) -> tuple[list[Call], datetime]:
    """What must be said to guests of their cantines, the soonest meal first; and the present instant."""
    with service.read() as conn:
        now = service.clock.now(conn)
        meals = {
            one.thing: one for one in sittings.between(conn, now, now + AHEAD) if staff.looks_after(one.cantine.slug)
        }
        guests = bookings.without_email(conn, meals)
        said = spoken.of_bookings(conn, [one.id for one in guests])
    calls = [
        call for one in guests for call in calls_for(one, meals[one.sitting], said.get(one.id, Spoken()), now, sms=sms)
    ]
    return sorted(calls, key=lambda call: (call.sitting.starts_at, call.due_at, call.booking.id)), now


def note_call(service: Service, staff: Staff, booking_id: str, about: About, news: int) -> None:
    """The guest was told: their standing as of this news, or that they are expected tomorrow.

    What changed since is still to be told. Raises UnknownBooking, also if it is not theirs.
    """
    with service.work() as work:
        booking = bookings.lock(work.conn, [booking_id]).get(booking_id)
        meal = sittings.find(work.conn, booking.sitting) if booking else None
        if booking is None or meal is None or not staff.looks_after(meal.cantine.slug):
            raise UnknownBooking
        said = spoken.of_bookings(work.conn, [booking_id]).get(booking_id, Spoken())
        if about is About.REMINDER:
            said = replace(said, reminded=True)
        said = replace(said, news=max(said.news, min(news, booking.news)))
        spoken.keep(work.conn, booking_id, said, staff.id, work.now)
