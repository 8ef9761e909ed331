"""What was done in this browser a moment ago: in the session's signed cookie, and nowhere else.

Who books the same meal twice by mistake hears of it before it counts; a stranger who types their address does not. Who
told the kitchen something for a guest sees here that they did, and nothing of what is kept since. A browser that opens
its windows again keeps the session, and others may sit at it: so each is known for two hours.
"""

from datetime import datetime, timedelta
from typing import Any

from flask import session

from services.booking.domain.booking import Booking
from services.booking.domain.wish import Wish
from services.booking.pages.desk import desk
from services.booking.use_cases.look_at_twins import booked_before

_MADE, _TOLD, _MOST = "made_here", "told_here", 8
KNOWN_FOR = timedelta(hours=2)


def note_made(sitting: str, booking_id: str, form_token: str) -> None:
    """A form made a booking here."""
    session[_MADE] = [*_entries(), [sitting, booking_id, form_token[:64], int(_now().timestamp())]][-_MOST:]


def made_before(sitting: str, wish: Wish, form_token: str) -> Booking | None:
    """The booking that another form made here for the same guest at the same meal, if it still stands."""
    others = [booking_id for meal, booking_id, token, _at in _entries() if meal == sitting and token != form_token[:64]]
    return booked_before(desk().service, others, sitting, wish)


def note_told(booking_id: str, *, told: bool) -> None:
    """A proxy told the kitchen what their guest needs; or that there is nothing."""
    others = [one for one in session.get(_TOLD, ()) if one[0] != booking_id]
    session[_TOLD] = [*others, *([[booking_id, _now().timestamp()]] if told else [])][-_MOST:]


def has_told(booking_id: str) -> bool:
    """Whether a proxy did so here."""
    told = [at for one, at in session.get(_TOLD, ()) if one == booking_id]
    return bool(told) and told[0] > (_now() - KNOWN_FOR).timestamp()


def _entries() -> list[Any]:
    """Those that are still known; what was noted without its time, before there was one, is not."""
    since = (_now() - KNOWN_FOR).timestamp()
    return [one for one in session.get(_MADE, ()) if len(one) == 4 and one[3] > since]


def _now() -> datetime:
    service = desk().service
    with service.read() as conn:
        return service.clock.now(conn)
