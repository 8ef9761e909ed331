"""Places left, in all canteens of the network: what anybody may know, for whoever plans together."""

from datetime import datetime
from typing import Any

from services.capacity.api import periods
from services.capacity.api.entrance import ask_for_token, keep_to_yourself
from services.capacity.api.schemas import AvailabilitySchema, PeriodSchema, page_of
from services.capacity.domain.allotments import NEWCOMERS
from services.capacity.domain.sittings import PlannedSitting
from shared.web.api import Endpoints

blueprint = Endpoints(
    "availability", __name__, url_prefix="/coordination/api/v1/availability", description="Places left, everywhere."
)
blueprint.before_request(ask_for_token)
blueprint.after_request(keep_to_yourself)


@blueprint.route("", methods=["GET"])
@blueprint.arguments(PeriodSchema, location="query")
@blueprint.response(200, page_of(AvailabilitySchema))
def find(asked: dict[str, Any]) -> dict[str, Any]:
    """Find places at the meals of all canteens, soonest first."""
    return periods.page(asked, [asked["cantine"]] if asked["cantine"] else None, _shown)


def _shown(one: PlannedSitting, now: datetime) -> dict[str, Any]:
    return {
        "id": one.id,
        "cantine": one.cantine,
        "date": one.date,
        "meal_starts": one.meal_starts,
        "starts_at": one.starts_at,
        "takes_bookings": one.seating.takes_bookings(now),
        "seats_left": one.seating.seats_left,
        "newcomer_seats": one.seating.still_kept.get(NEWCOMERS, 0),
        "cook_places_left": one.seating.cook_places_left,
    }
