"""The history of a sitting: who changed what of it, from what to what, and through what.

What guests do to it (taking and releasing seats) is no part of it: their bookings say that.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.capacity.domain.after_meal import Money
from services.capacity.domain.hours import HourBefore
from services.capacity.domain.kitchen import OwnKitchen
from services.capacity.domain.sittings import PlannedSitting
from services.capacity.domain.staff import Staff

Fact = Any  # a text, a number, yes or no, None, or a list of these: what a history can keep for good


class Cause(StrEnum):
    """Through what a sitting was changed."""

    MEAL = "meal"  # it alone
    MENUS = "menus"  # the page of all menus
    WEEKLY = "weekly"  # the weekly meal that it is made from
    KITCHEN = "kitchen"
    WAITING_LISTS = "waiting_lists"
    CLOSURE = "closure"
    GUESTS = "guests"
    CLOCK = "clock"


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who changes a sitting (the name of a member of staff; None: the software by itself), and through what."""

    name: str | None = field(default=None, repr=False)
    program: bool = False
    cause: Cause = Cause.MEAL

    def through(self, cause: Cause) -> "Author":
        """The same, who changes more than this sitting alone."""
        return replace(self, cause=cause)


THE_CLOCK = Author(cause=Cause.CLOCK)
THE_GUESTS = Author(cause=Cause.GUESTS)
THE_WEEKLY_MEAL = Author(cause=Cause.WEEKLY)


def by_hand(staff: Staff) -> Author:
    """A member of staff, on a page."""
    return Author(name=staff.name)


def by_program(staff: Staff) -> Author:
    """A program that acts for a member of staff."""
    return Author(name=staff.name, program=True)


@dataclass(frozen=True)
class Change:
    """What became of one fact of a sitting. Before it was opened, all its facts are None."""

    fact: str
    before: Fact
    after: Fact


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What was changed of a sitting at one time (UTC)."""

    at: datetime
    by: Author
    changes: tuple[Change, ...]


def changes(before: PlannedSitting | None, after: PlannedSitting) -> tuple[Change, ...]:
    """What somebody decided of a sitting that is otherwise than before; of a new one only that it is there."""
    if before is None:
        return (Change("status", None, _facts(after)["status"]),)
    return _between(_facts(before), _facts(after))


def changes_of_money(before: Money | None, after: Money) -> tuple[Change, ...]:
    """What is otherwise in what was noted after the meal."""
    return _between(vars(before) if before else {}, vars(after))


def _between(before: dict[str, Fact], after: dict[str, Fact]) -> tuple[Change, ...]:
    return tuple(
        Change(name, before.get(name), value)
        for name, value in after.items()
        if name not in before or before[name] != value
    )


def _facts(one: PlannedSitting) -> dict[str, Fact]:
    """All that people or the clock decide of a sitting; the kitchen as it is there, whether as usual or not."""
    kitchen, go_no_go = one.seating.kitchen, one.go_no_go
    hands = kitchen.hands
    return {
        "status": one.seating.status.value,
        "date": one.date.isoformat(),
        "cooking_starts": one.cooking_starts.isoformat(),
        "meal_starts": one.meal_starts.isoformat(),
        "cutoff": _hour(one.cutoff),
        "room": kitchen.room,
        "cook_places": kitchen.cook_places,
        "planned_cooks": kitchen.planned_cooks,
        "hands": [hands.base, hands.per_cook] if hands else None,
        "equipment": kitchen.equipment,
        "largest_party": kitchen.largest_party,
        "group_cap": kitchen.group_cap,
        "counts_from": _hour(kitchen.counts_from),
        "newcomer_seats": kitchen.newcomer_seats,
        "newcomer_hours": kitchen.newcomer_hours,
        "walk_in_seats": kitchen.walk_in_seats,
        "walk_in_hours": kitchen.walk_in_hours,
        "partners": [[each.name, each.seats, each.monthly, each.hours] for each in kitchen.partners],
        "released": _released(one),
        "own_kitchen": _otherwise(one.own_kitchen),
        "confirmed_only": one.seating.confirmed_only,
        "menu": one.menu,
        "allergens": None if one.allergens is None else list(one.allergens),
        "diets": list(one.diets),
        "break_even_price": one.break_even_price,
        "food_price": one.food_price,
        "go_no_go": [*_hour(go_no_go.at), go_no_go.covers, go_no_go.cooks] if go_no_go else None,
        "goes_ahead": one.going_ahead_at is not None,
        "policy": one.seating.policy.value,
        "offers_hours": one.seating.offers_hours,
        "called": one.call is not None and one.call.is_open,
    }


def _hour(one: HourBefore) -> list[Fact]:
    return [one.days, one.at.isoformat()]


def _released(one: PlannedSitting) -> list[str]:
    """For whom seats are kept no longer; partners by their name."""
    seating = one.seating
    names = {each.id: each.name for each in seating.kitchen.partners}
    return [names.get(kind, kind) for kind in sorted(seating.released | seating.let_go)]


def _otherwise(own: OwnKitchen) -> list[str]:
    """Which parts of the kitchen no longer follow what is usual in the cantine."""
    return [each.name for each in fields(own) if getattr(own, each.name) is not None]
