"""The fields in which a kitchen is described: of a cantine, or of a meal, where empty means as usual."""

from collections.abc import Callable
from datetime import time
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from services.capacity.domain.flaws import Flaw
from services.capacity.domain.hours import HourBefore
from services.capacity.domain.kitchen import COUNTS_FROM, MEAL, FlawedKitchen, Hands, Kitchen, OwnKitchen
from services.capacity.pages import allotment_forms
from services.capacity.pages.numbers import read_count, read_hundredths, read_time

T = TypeVar("T")
OF_A_MEAL = (
    *("seats", "cook_places", "planned_cooks", "base", "per_cook", "equipment", "largest_party", "group_cap"),
    *allotment_forms.COUNTS,
)
COUNTS = (
    *("seats", "cook_places", "planned_cooks", "equipment", "largest_party", "group_cap", "counts_from_days"),
    *allotment_forms.COUNTS,
)
FIELDS = (*OF_A_MEAL, "counts_from_days", "counts_from_at")


def written(kitchen: Kitchen | OwnKitchen) -> dict[str, str]:
    """A kitchen as one would type it; what is None is empty."""
    hands, hour = kitchen.hands, kitchen.counts_from
    numbers = {
        "seats": kitchen.room,
        "cook_places": kitchen.cook_places,
        "planned_cooks": kitchen.planned_cooks,
        "equipment": kitchen.equipment,
        "largest_party": kitchen.largest_party,
        "group_cap": kitchen.group_cap,
        "counts_from_days": hour and hour.days,
    }
    return {
        **{field: "" if number is None else str(number) for field, number in numbers.items()},
        "base": _meals(hands.base) if hands else "",
        "per_cook": _meals(hands.per_cook) if hands else "",
        "counts_from_at": f"{hour.at:%H:%M}" if hour else "",
        **allotment_forms.written(kitchen),
    }


def _meals(hundredths: int) -> str:
    whole, rest = divmod(hundredths, MEAL)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",")


def own_kitchen_in(form: MultiDict[str, str], flaws: dict[str, Flaw]) -> OwnKitchen:
    """What a meal has otherwise; what cannot be read is added to the flaws."""
    count, hands = _Reader(form, flaws).count, _Reader(form, flaws).hands
    return OwnKitchen(
        room=count("seats"),
        cook_places=count("cook_places"),
        planned_cooks=count("planned_cooks"),
        hands=hands(),
        equipment=count("equipment"),
        largest_party=count("largest_party"),
        group_cap=count("group_cap"),
        newcomer_seats=count("newcomer_seats"),
        newcomer_hours=count("newcomer_hours"),
        walk_in_seats=count("walk_in_seats"),
        walk_in_hours=count("walk_in_hours"),
        partner_seats=allotment_forms.partner_seats_in(form, flaws),
    )


def kitchen_in(form: MultiDict[str, str], before: Kitchen) -> Kitchen:
    """The kitchen of a cantine, whose partners were known `before`. Raises FlawedKitchen if a field cannot be read."""
    flaws: dict[str, Flaw] = {}
    reader = _Reader(form, flaws)
    kitchen = Kitchen(
        room=reader.needed("seats", read_count, 0),
        cook_places=reader.needed("cook_places", read_count, 0),
        planned_cooks=reader.count("planned_cooks"),
        hands=reader.hands(),
        equipment=reader.count("equipment"),
        largest_party=reader.count("largest_party"),
        group_cap=reader.count("group_cap"),
        counts_from=HourBefore(
            days=reader.needed("counts_from_days", read_count, COUNTS_FROM.days),
            at=reader.needed("counts_from_at", read_time, time.min),
        ),
        newcomer_seats=reader.count("newcomer_seats") or 0,
        newcomer_hours=reader.count_or("newcomer_hours", Kitchen.newcomer_hours),
        walk_in_seats=reader.count("walk_in_seats") or 0,
        walk_in_hours=reader.count_or("walk_in_hours", Kitchen.walk_in_hours),
        partners=allotment_forms.partners_in(form, before.partners, flaws),
    )
    if flaws:
        raise FlawedKitchen(flaws)
    return kitchen


class _Reader:
    def __init__(self, form: MultiDict[str, str], flaws: dict[str, Flaw]) -> None:
        self._form = form
        self._flaws = flaws

    def needed(self, field: str, reader: Callable[[str], T], otherwise: T) -> T:
        if not self._form.get(field, "").strip():
            self._flaws[field] = Flaw.MISSING
            return otherwise
        found = self._read(field, reader)
        return otherwise if found is None else found

    def count(self, field: str) -> int | None:
        return self._read(field, read_count)

    def count_or(self, field: str, otherwise: int) -> int:
        found = self.count(field)
        return otherwise if found is None else found

    def hands(self) -> Hands | None:
        """Both of its numbers, or neither."""
        base, per_cook = self._read("base", read_hundredths), self._read("per_cook", read_hundredths)
        if base is not None and per_cook is not None:
            return Hands(base=base, per_cook=per_cook)
        for field, other in (("base", per_cook), ("per_cook", base)):
            if other is not None and field not in self._flaws:
                self._flaws[field] = Flaw.MISSING
        return None

    def _read(self, field: str, reader: Callable[[str], T]) -> T | None:
        text = self._form.get(field, "").strip()
        try:
            return reader(text) if text else None
        except ValueError:
            self._flaws[field] = Flaw.UNREADABLE
            return None
