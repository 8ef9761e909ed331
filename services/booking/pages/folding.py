"""A long list of meals, day by day, of which only the first stand open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from services.booking.domain.sittings import Availability, availability
from shared.contracts.sitting import SittingNotice


@dataclass(frozen=True, kw_only=True)
class Day:
    """The meals of a local day: those shown, those folded behind a tap, and how many of the folded have places."""

    date: date
    shown: list[SittingNotice]
    folded: list[SittingNotice]
    with_places: int


def fold(meals: Sequence[SittingNotice], now: datetime, *, most: int | None) -> Iterator[Day]:
    """The days of these meals, of which the first `most` stand open (None: all of them)."""
    left = len(meals) if most is None else most
    for day, of_day in groupby(meals, key=lambda one: one.date):
        all_of_it = list(of_day)
        shown, folded = all_of_it[:left], all_of_it[left:]
        free = sum(availability(one, now) is Availability.PLACES for one in folded)
        yield Day(date=day, shown=shown, folded=folded, with_places=free)
        left -= len(shown)
