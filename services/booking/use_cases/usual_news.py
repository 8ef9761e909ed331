"""What the guests of usual places should know: that one rests, or that on some day there is no place for them."""

from collections.abc import Collection

from services.booking.domain.usual import News
from services.booking.store import sittings, usual
from shared.contracts.person import StandingWhat
from shared.messaging.service import UnitOfWork


def news_of(work: UnitOfWork, persons: Collection[str]) -> dict[str, list[News]]:
    """By person."""
    found: dict[str, list[News]] = {one: [] for one in persons}
    places = {one.id: one for one in usual.of_persons(work.conn, persons)}
    if not places:
        return found
    cantines = {slug: sittings.cantine_of(work.conn, slug) for slug in {one.cantine for one in places.values()}}
    for place in places.values():
        cantine = cantines[place.cantine]
        if place.paused_at and cantine:
            once_for = f"{place.paused_at:%Y%m%dT%H%M%SZ}"
            found[place.person].append(News(usual=place, what=StandingWhat.PAUSED, once_for=once_for, cantine=cantine))
    without = usual.without_place(work.conn, places, work.now)
    meals = sittings.some(work.conn, {sitting for _usual, sitting in without})
    for usual_id, sitting in without:
        if meal := meals.get(sitting):
            place = places[usual_id]
            found[place.person].append(
                News(usual=place, what=StandingWhat.NO_PLACE, once_for=sitting, cantine=meal.cantine, day=meal.date)
            )
    return found
