"""What would mend a sitting at which more people come than can eat."""

from dataclasses import dataclass

from services.capacity.domain.places import Sitting


@dataclass(frozen=True, kw_only=True)
class Mending:
    """Either of the two mends it: so many more `cooks` (None if no number does; they eat too), or seats and meals for
    these `people`, who have a place.
    """

    cooks: int | None
    people: int


def mending(sitting: Sitting) -> Mending | None:
    """What would mend a sitting that has fewer seats than people; None if it has enough."""
    if not sitting.overhang:
        return None
    more = range(1, sitting.cook_places_left + 1)
    enough = (cooks for cooks in more if sitting.held + cooks <= sitting.seats_with(sitting.cooks_held + cooks))
    return Mending(cooks=next(enough, None), people=sitting.overhang)
