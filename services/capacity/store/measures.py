"""What capacity counts for whoever watches over the place."""

from typing import Any

import sqlalchemy as sa

from services.capacity.store.tables import sitting
from shared.measures import Measure


def _sum_of(column: sa.Column[Any]) -> Any:
    return lambda now: sa.select(sa.func.coalesce(sa.func.sum(column), 0)).where(
        sitting.c.starts_at > now, sitting.c.status != "cancelled"
    )


MEASURES = (
    Measure(name="tablee_seats", what="Seats of meals to come.", question=_sum_of(sitting.c.seats)),
    Measure(name="tablee_seats_held", what="Seats held at meals to come.", question=_sum_of(sitting.c.held)),
    Measure(
        name="tablee_seats_overhang",
        what="Seats held above a limit that was lowered.",
        question=_sum_of(sitting.c.overhang),
    ),
    Measure(name="tablee_waiting", what="Parties in waiting lists.", question=_sum_of(sitting.c.waitlist_length)),
)
