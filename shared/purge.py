"""How long a service keeps what it knows of the guests of a meal. Afterwards it forgets them, and is deaf to old news.

What forgets is in each service: only its own rules know what is left that nobody can be recognised by. Nothing is
forgotten while something about the meal has no receipt.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from shared.messaging import parked
from shared.messaging.service import Service
from shared.one_by_one import one_by_one

KEPT = timedelta(days=90)  # after the meal begins
COMPARED = KEPT - timedelta(days=1)  # ledgers tell of meals not longer ago: services do not forget at the same instant
AT_ONCE = 50  # meals that a service looks at in one round


def is_forgotten(starts_at: datetime, now: datetime) -> bool:
    """Whether the guests of a meal that began at `starts_at` are forgotten, or about to be (both UTC).

    What is heard of them then is receipted and ignored: it would bring them back.
    """
    return starts_at + KEPT <= now


def forget_meals(
    service: Service,
    due: Callable[[Connection, datetime, int], list[str]],
    forget: Callable[[Connection, str], int | None],
) -> int:
    """Forget the guests of some of the meals that are due, each in a transaction of its own; one that fails holds up no
    other. Returns how many bookings.
    """
    with service.read() as conn:
        meals = iter([due(conn, service.clock.now(conn), AT_ONCE)])

    def forget_one(meal: str) -> int:
        with service.work() as work:
            return forget(work.conn, meal) or 0

    return one_by_one(lambda: next(meals, []), forget_one)


def forget_parked(service: Service) -> int:
    """Drop the messages that nobody looked after for so long: what they say may be personal. Returns how many."""
    with service.work() as work:
        return parked.forget_parked_before(work.conn, service.tables.attempt, work.now - KEPT)
