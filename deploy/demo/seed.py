"""The invented network and its residents, at the first start."""

import threading
from pathlib import Path

import sqlalchemy as sa

from services.booking.use_cases.seed_demo import seed_demo as seed_booking
from services.booking.use_cases.seed_past import book_past, check_in_past
from services.capacity.seed import note_last_week, seed_past
from services.capacity.seed import seed_demo as seed_capacity
from shared.assembly import Assembly


def seed(capacity: Assembly, booking: Assembly, seeded: Path, stop: threading.Event) -> None:
    """Open the meals and book them, once, and let last week have been. A start that was interrupted is completed by the
    next.
    """
    if seeded.exists():
        return
    for step in (
        lambda: seed_capacity(capacity.service) + seed_past(capacity.service),
        lambda: seed_booking(booking.service, booking.settings) + book_past(booking.service, booking.settings),
        lambda: check_in_past(booking.service, booking.settings) + note_last_week(capacity.service),
    ):
        step()
        while something_unheard(capacity) or something_unheard(booking):
            if stop.wait(0.1):
                return
    seeded.touch()


def something_unheard(part: Assembly) -> bool:
    """Whether something that this service said has no receipt yet."""
    with part.service.read() as conn:
        return conn.execute(sa.select(sa.exists(sa.select(part.service.tables.outbox.c.thing)))).scalar_one()
