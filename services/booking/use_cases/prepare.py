"""What the cooks work from: how many to cook for."""

from datetime import timedelta

from services.booking.domain.forecast import TEAM, Forecast, forecast
from services.booking.domain.staff import Staff
from services.booking.store import door
from services.booking.use_cases.look_at_table import Table, look_at_table
from shared.messaging.service import Service

LOOKED_BACK = timedelta(days=182)


def prepare(service: Service, staff: Staff, sitting_id: str, team: int = TEAM) -> tuple[Table, Forecast]:
    """A meal of theirs and its forecast, from the check-ins of half a year before it. Raises UnknownMeal."""
    table = look_at_table(service, staff, sitting_id)
    meal = table.sitting
    since = table.now - LOOKED_BACK
    with service.read() as conn:
        counts = door.counts_of(conn, meal.cantine.slug, since, meal.starts_at)
        network, meals = door.summed(conn, since, meal.starts_at, but=sitting_id)
    here = [count for one, day, count in counts if one != sitting_id and day.weekday() == meal.date.weekday()]
    return table, forecast(table.coming.seats, here, network, meals, team=team, expected_walk_ins=meal.walk_ins)
