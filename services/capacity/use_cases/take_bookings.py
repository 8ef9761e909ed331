"""A coordinator closes the bookings of a sitting with one tap, or opens them again."""

from dataclasses import replace

from services.capacity.domain.history import Author
from services.capacity.domain.sittings import NoSuchSitting
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.edit_sitting import edit_sitting
from shared.messaging.service import UnitOfWork


def take_bookings(work: UnitOfWork, sitting: str, wished: bool, public_url: str, by: Author) -> None:
    """Take bookings, or none; nobody loses a place, and who waits goes on waiting.

    Raises NoSuchSitting or SittingIsOver.
    """
    planned = sitting_store.lock(work.conn, [sitting]).get(sitting)
    if planned is None:
        raise NoSuchSitting
    edit_sitting(work, sitting, replace(planned.plan, open=wished), public_url, by)
