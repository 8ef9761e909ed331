"""What can be wrong with what a coordinator wrote, by field."""

from collections.abc import Mapping
from enum import StrEnum


class Flaw(StrEnum):
    """What is wrong with a field of a plan or of a kitchen."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    PAST = "past"
    NO_SUCH_HOUR = "no_such_hour"
    CLOCK_CHANGES = "clock_changes"
    CUTOFF_PAST = "cutoff_past"
    TOO_FAR = "too_far"
    COOKING_AFTER_MEAL = "cooking_after_meal"
    OUT_OF_RANGE = "out_of_range"
    MORE_COOKS_THAN_SEATS = "more_cooks_than_seats"
    MORE_COOKS_THAN_PLACES = "more_cooks_than_places"
    TOO_LONG = "too_long"
    UNKNOWN_ALLERGEN = "unknown_allergen"
    ALLERGENS_UNCLEAR = "allergens_unclear"
    UNKNOWN_DIET = "unknown_diet"
    MORE_THAN_PRICE = "more_than_price"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    OVERLAPS = "overlaps"
    NOBODY_IS_TOO_FEW = "nobody_is_too_few"
    AFTER_MEAL = "after_meal"
    NOBODY_MAY_COME = "nobody_may_come"
    MORE_KEPT_THAN_SEATS = "more_kept_than_seats"
    SAME_NAME = "same_name"


class Flawed(Exception):
    """What was written cannot be followed. `flaws` says what is wrong, by field, and `most` how much a field may be at
    most where others decide that.
    """

    def __init__(self, flaws: Mapping[str, Flaw], most: Mapping[str, int] | None = None) -> None:
        super().__init__(", ".join(f"{field}: {flaw}" for field, flaw in flaws.items()))
        self.flaws = flaws
        self.most = most or {}
