"""What guests do not eat, and what they need to come and sit: health data, told with consent, for one meal, and deleted
the day after it.

A guest speaks for themself and their children. Cooks see counts, and only the host whose they are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.parties import MOST_PEOPLE
from shared.contracts.party import Party
from shared.contracts.sitting import SittingNotice

KEPT_AFTER = timedelta(days=1)  # the start of the meal
DIETS = ("vegetarian", "vegan", "without_pork")
ALLERGENS = (
    "gluten", "crustaceans", "eggs", "fish", "peanuts", "soybeans", "milk", "nuts", "celery", "mustard", "sesame",
    "sulphites", "lupin", "molluscs",
)  # fmt: skip
"""The 14 allergens of EU 1169/2011."""
ACCESS = ("wheelchair", "carer", "high_chair", "seated_cooking")
_TOO_MANY = {"carer": Complaint.CARER_COUNTS, "high_chair": Complaint.NO_CHILD, "seated_cooking": Complaint.NO_COOK}
_SUITED_BY = {
    "vegetarian": {"vegetarian", "vegan"},
    "vegan": {"vegan"},
    "without_pork": {"without_pork", "vegetarian", "vegan"},
}


@dataclass(frozen=True, kw_only=True)
class Needs:
    """How many of a party eat only so (`diets`), which of the 14 allergens somebody of it must avoid, and how many
    need something to come and sit (`access`). A carer is one of the party: whoever sits at the table sits on a chair.
    `by_proxy` if who booked for them passed it on, with the guest's word that they agree; `added_to` if that was added
    to what the guest had told themself.
    """

    diets: Mapping[str, int] = field(default_factory=dict, repr=False)
    allergens: frozenset[str] = field(default=frozenset(), repr=False)
    access: Mapping[str, int] = field(default_factory=dict, repr=False)
    by_proxy: bool = False
    added_to: bool = False

    @property
    def passed_on(self) -> bool:
        """Whether a proxy told some of it, or all."""
        return self.by_proxy or self.added_to

    @property
    def any(self) -> bool:
        """Whether there is anything to know."""
        return bool(self.diets or self.allergens or self.access)


NONE = Needs()


@dataclass(frozen=True, kw_only=True)
class Need:
    """One diet or allergen at a meal: `count` people eat so, or bookings avoid it. It `clashes` if the menu has not
    what they can eat, or has what they cannot; None while that is not known.
    """

    name: str
    count: int
    clashes: bool | None


def needs_in(form: Mapping[str, str], allergens: Iterable[str], *, by_proxy: bool = False) -> Needs:
    """What a guest, or a proxy for them, wrote in a form (`diet_…` and `access_…` are numbers), with the consent of the
    guest that it takes. Raises InvalidInput.
    """
    complaints: dict[str, Complaint] = {}
    diets = _numbers(form, "diet", DIETS, Complaint.DIET_RANGE, complaints)
    access = _numbers(form, "access", ACCESS, Complaint.ACCESS_RANGE, complaints)
    known = frozenset(allergens) & frozenset(ALLERGENS)
    needs = Needs(diets=diets, allergens=known, access=access, by_proxy=by_proxy)
    consent = "they_agree" if by_proxy else "agrees"
    if needs.any and form.get(consent) != "1":
        complaints[consent] = Complaint.THEIR_CONSENT_MISSING if by_proxy else Complaint.CONSENT_MISSING
    if complaints:
        raise InvalidInput(complaints)
    return needs


def _numbers(
    form: Mapping[str, str], what: str, names: Iterable[str], complaint: Complaint, complaints: dict[str, Complaint]
) -> dict[str, int]:
    """The counts that were written; what is no count is complained of."""
    found = {}
    for name in names:
        text = form.get(f"{what}_{name}", "").strip()
        if text and not (text.isascii() and text.isdecimal() and len(text) < 4 and int(text) <= MOST_PEOPLE):
            complaints[f"{what}_{name}"] = complaint
        elif text and int(text):
            found[name] = int(text)
    return found


def check_fits(needs: Needs, party: Party) -> None:
    """Raises InvalidInput if more people need something than there are in the party."""
    complaints = {
        f"{what}_{name}": _TOO_MANY.get(name, Complaint.MORE_THAN_YOU)
        for what, counts in (("diet", needs.diets), ("access", needs.access))
        for name, count in counts.items()
        if count > _most(name, party)
    }
    if complaints:
        raise InvalidInput(complaints)


def told_after(before: Needs, told: Needs) -> Needs:
    """What is kept once this was told. A proxy changes what a proxy told; to a guest's own words they add, and take
    nothing back.
    """
    if not told.by_proxy or before.by_proxy or not before.any:
        return told
    both = replace(
        before,
        diets=_most_of(before.diets, told.diets),
        allergens=before.allergens | told.allergens,
        access=_most_of(before.access, told.access),
    )
    return both if both == before else replace(both, added_to=True)


def _most_of(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {name: max(one.get(name, 0), other.get(name, 0)) for name in (*one, *other)}


def lowered(needs: Needs, party: Party) -> Needs:
    """What was told, for a party that may have become smaller: never of more people than there are."""
    return replace(needs, diets=_at_most(needs.diets, party), access=_at_most(needs.access, party))


def _at_most(counts: Mapping[str, int], party: Party) -> dict[str, int]:
    left = {name: min(count, _most(name, party)) for name, count in counts.items()}
    return {name: count for name, count in left.items() if count}


def _most(name: str, party: Party) -> int:
    """How many of a party may eat so, or need this."""
    fewer = {"carer": max(party.seats - 1, 0), "high_chair": party.children, "seated_cooking": party.cooks}
    return fewer.get(name, party.seats)


def room_for(all_needs: Iterable[Needs]) -> dict[str, int]:
    """What the room is to be made ready for: how many need what, of those who come."""
    told = list(all_needs)
    found = {name: sum(one.access.get(name, 0) for one in told) for name in ACCESS}
    return {name: count for name, count in found.items() if count}


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
