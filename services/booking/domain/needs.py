"""What guests do not eat: health data, told with consent, for one meal, and deleted the day after it.

A guest speaks for themself and their children. Cooks see counts, and only the host whose they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.parties import MOST_PEOPLE
from shared.contracts.sitting import SittingNotice

KEPT_AFTER = timedelta(days=1)  # the start of the meal
DIETS = ("vegetarian", "vegan", "without_pork")
ALLERGENS = (
    "gluten", "crustaceans", "eggs", "fish", "peanuts", "soybeans", "milk", "nuts", "celery", "mustard", "sesame",
    "sulphites", "lupin", "molluscs",
)  # fmt: skip
"""The 14 allergens of EU 1169/2011."""
_SUITED_BY = {
    "vegetarian": {"vegetarian", "vegan"},
    "vegan": {"vegan"},
    "without_pork": {"without_pork", "vegetarian", "vegan"},
}


@dataclass(frozen=True, kw_only=True)
class Needs:
    """How many of a party eat only so (`diets`), and which of the 14 allergens somebody of it must avoid."""

    diets: Mapping[str, int] = field(default_factory=dict, repr=False)
    allergens: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def any(self) -> bool:
        """Whether there is anything to know."""
        return bool(self.diets or self.allergens)


NONE = Needs()


@dataclass(frozen=True, kw_only=True)
class Need:
    """One diet or allergen at a meal: `count` people eat so, or bookings avoid it. It `clashes` if the menu has not
    what they can eat, or has what they cannot; None while that is not known.
    """

    name: str
    count: int
    clashes: bool | None


def needs_in(form: Mapping[str, str], allergens: Iterable[str]) -> Needs:
    """What a guest wrote in a form (`diet_…` are numbers), with the consent that it takes. Raises InvalidInput."""
    complaints: dict[str, Complaint] = {}
    diets: dict[str, int] = {}
    for diet in DIETS:
        text = form.get(f"diet_{diet}", "").strip()
        if text and not (text.isascii() and text.isdecimal() and len(text) < 4 and int(text) <= MOST_PEOPLE):
            complaints[f"diet_{diet}"] = Complaint.DIET_RANGE
        elif text and int(text):
            diets[diet] = int(text)
    needs = Needs(diets=diets, allergens=frozenset(allergens) & frozenset(ALLERGENS))
    if needs.any and form.get("agrees") != "1":
        complaints["agrees"] = Complaint.CONSENT_MISSING
    if complaints:
        raise InvalidInput(complaints)
    return needs


def counted(all_needs: Iterable[Needs], sitting: SittingNotice) -> list[Need]:
    """What all who come need together, against the menu as it stands now: clashes first, then what is not yet known."""
    told = list(all_needs)
    diets = {name: sum(one.diets.get(name, 0) for one in told) for name in DIETS}
    allergens = {name: sum(name in one.allergens for one in told) for name in ALLERGENS}
    found = [
        *(Need(name=name, count=count, clashes=_is_left_out(name, sitting)) for name, count in diets.items()),
        *(Need(name=name, count=count, clashes=_is_in(name, sitting)) for name, count in allergens.items()),
    ]
    return sorted((one for one in found if one.count), key=lambda one: {True: 0, None: 1, False: 2}[one.clashes])


def _is_left_out(diet: str, sitting: SittingNotice) -> bool:
    return not _SUITED_BY[diet] & set(sitting.diets)


def _is_in(allergen: str, sitting: SittingNotice) -> bool | None:
    return None if sitting.allergens is None else allergen in sitting.allergens


def are_kept(sitting: SittingNotice, now: datetime) -> bool:
    """Whether what was told for a meal is still needed."""
    return now < sitting.starts_at + KEPT_AFTER
