"""What booking counts for whoever watches over the place."""

from typing import Any

import sqlalchemy as sa

from services.booking.store.tables import booking, sitting
from shared.measures import Measure


def _bookings(now: Any) -> sa.Select[Any]:
    of_meals_to_come = booking.join(sitting, sitting.c.id == booking.c.sitting)
    return (
        sa.select(booking.c.status, sa.func.count())
        .select_from(of_meals_to_come)
        .where(sitting.c.starts_at > now)
        .group_by(booking.c.status)
    )


MEASURES = (
    Measure(
        name="tablee_bookings",
        what="Bookings of meals to come, by status.",
        labels=("status",),
        question=_bookings,
    ),
)
