"""How many covers to cook: from who is booked, and who came to meals like this one."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, sqrt

from services.booking.domain.attendance import Count

USUAL_RATE = 0.9  # of those expected, where the network has no check-ins at all
PEOPLE_TO_BELIEVE = 40  # checked in, until a cantine's own weekday counts as much as the network
MEALS_TO_BELIEVE = 4  # likewise, for walk-ins
SPREAD = 1.28  # standard deviations: four times of five it is within
TEAM = 2  # who eat without a booking


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """How many to cook for. `rate` is the part of those booked who come, within `lowest` to `highest` covers.

    `meals` and `people` say from how much it is known.
    """

    booked: int
    rate: float
    walk_ins: float
    team: int
    covers: int
    lowest: int
    highest: int
    meals: int
    people: int


def forecast(
    booked: int,
    here: Iterable[Count],
    network: Count,
    network_meals: int,
    *,
    team: int = TEAM,
    expected_walk_ins: int = 0,
) -> Forecast:
    """The covers to cook: booked × show rate + usual walk-ins + the team + a margin.

    `here` are the meals of that weekday in the cantine, `network` all `network_meals` of the network added up.

    The show rate of a cantine's weekday is shrunk to the network's mean m while it has few check-ins:
    rate = (came + 40 m) / (came + absent + 40), where m = (came + 40 × 0.9) / (came + absent + 40) over the network.
    The usual walk-ins are the mean of a meal, shrunk likewise as if 4 meals had had the network's mean; or the number
    that the cantine expects, where it keeps seats for them: so they are counted once, and who came is believed more and
    more.
    The margin is 1.28 σ, with σ² = booked × rate × (1 − rate) + walk-ins: four times of five no more come, and the same
    below gives the range. The covers are the upper end, because hunger is worse than leftovers.

    Example: 30 booked, no check-ins yet: 30 × 0.9 + 0 + 2 = 29 ± 2.1, so 26 to 32, and 32 are cooked.
    """
    ours = list(here)
    rate = _shrunk(ours, _shrunk([network], USUAL_RATE))
    of_network = network.walk_ins / network_meals if network_meals else 0.0
    usual = expected_walk_ins or of_network
    walk_ins = (sum(one.walk_ins for one in ours) + MEALS_TO_BELIEVE * usual) / (len(ours) + MEALS_TO_BELIEVE)
    expected = booked * rate + walk_ins + team
    margin = SPREAD * sqrt(booked * rate * (1 - rate) + walk_ins)
    highest = ceil(expected + margin)
    return Forecast(
        booked=booked,
        rate=rate,
        walk_ins=walk_ins,
        team=team,
        covers=highest,
        lowest=max(int(expected - margin), 0),
        highest=highest,
        meals=len(ours),
        people=sum(one.came + one.absent for one in ours),
    )


def _shrunk(counts: list[Count], to: float) -> float:
    came = sum(one.came for one in counts)
    known = came + sum(one.absent for one in counts)
    return (came + PEOPLE_TO_BELIEVE * to) / (known + PEOPLE_TO_BELIEVE)
