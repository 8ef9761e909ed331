"""Which bookings were made in this browser since it was opened: in the session's signed cookie, and nowhere else.

Who books the same meal twice by mistake hears of it before it counts; a stranger who types their address does not.
"""

from flask import session

from services.booking.domain.booking import Booking
from services.booking.domain.wish import Wish
from services.booking.pages.desk import desk
from services.booking.use_cases.look_at_twins import booked_before

_MADE, _MOST = "made_here", 8


def note_made(sitting: str, booking_id: str, form_token: str) -> None:
    """A form made a booking here."""
    session[_MADE] = [*_entries(), [sitting, booking_id, form_token[:64]]][-_MOST:]


def made_before(sitting: str, wish: Wish, form_token: str) -> Booking | None:
    """The booking that another form made here for the same guest at the same meal, if it still stands."""
    others = [booking_id for meal, booking_id, token in _entries() if meal == sitting and token != form_token[:64]]
    return booked_before(desk().service, others, sitting, wish)


def _entries() -> list[list[str]]:
    return list(session.get(_MADE, ()))
