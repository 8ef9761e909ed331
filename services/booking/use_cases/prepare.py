"""What the cooks work from: how many to cook for."""

from datetime import timedelta

from services.booking.domain.forecast import TEAM, Forecast, forecast
from services.booking.domain.staff import Staff
from services.booking.store import door, sittings
from services.booking.use_cases.look_at_table import Table, look_at_table
from shared.messaging.service import Service

LOOKED_BACK = timedelta(days=182)


def prepare(service: Service, staff: Staff, sitting_id: str, team: int = TEAM) -> tuple[Table, Forecast]:
    """A meal of theirs and its forecast, from the check-ins of half a year before it. Raises UnknownMeal."""
    table = look_at_table(service, staff, sitting_id)
    meal = table.sitting
    with service.read() as conn:
        before = {one.thing: one for one in sittings.between(conn, table.now - LOOKED_BACK, meal.starts_at)}
        counts = [
            (before[sitting], count)
            for sitting, _revision, count in door.counts(conn, since=table.now - LOOKED_BACK)
            if sitting in before and sitting != sitting_id
        ]
    here = [
        count
        for one, count in counts
        if one.cantine.slug == meal.cantine.slug and one.date.weekday() == meal.date.weekday()
    ]
    network = [count for _one, count in counts]
    return table, forecast(table.coming.seats, here, network, team, expected_walk_ins=meal.walk_ins)
