"""Run the rule of planning over some bookings and write down what differs."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.letter import LetterState
from services.notifications.domain.plan import plan
from services.notifications.store import letters
from services.notifications.use_cases.reach import with_reach
from shared.links import Links
from shared.messaging.service import UnitOfWork


def replan(
    work: UnitOfWork,
    links: Links,
    bookings: Collection[Booking],
    sittings: Mapping[str, Sitting],
    *,
    because: Callable[[Booking], str],
) -> None:
    """Plan the letters of those bookings whose sitting is known; `because` gives the correlation id of new ones. If
    one is due, the sender is woken.

    The sittings are locked before. Their letters are locked here, so a sender that is just taking one, with the facts
    as they were, is waited for: what it is about to tell is then known as told.
    """
    known_ones = {booking.id: booking for booking in bookings if booking.sitting in sittings}
    if not known_ones:
        return
    ready = with_reach(work.conn, links, known_ones).values()
    known = letters.lock_letters_of(work.conn, [booking.id for booking in ready])
    changed = [
        replace(letter, correlation=because(booking))
        for booking in ready
        for letter in plan(booking, sittings[booking.sitting], known[booking.id], work.now)
    ]
    letters.write(work.conn, changed)
    if any(letter.state is LetterState.DUE for letter in changed):
        work.hurry()
