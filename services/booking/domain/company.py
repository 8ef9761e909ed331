"""Those who come along, and what guests of a meal know of one another: nothing, unless they choose to.

Companions are first names, for who opens the door. A guest may show a first name to the others of the meal. Who comes
for the first time may wish to be welcomed by somebody, and who has come before may offer it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from services.booking.domain.complaints import Complaint, InvalidInput
from shared.contracts.party import Party
from shared.text import is_storable

COMPANION_LENGTH = 40
COMPANY_FIELDS = ("companions", "shows_name", "welcomed", "welcomes")  # what a form asks
TITLES = {"m", "m.", "mr", "mr.", "mme", "mme.", "mlle", "mlle.", "monsieur", "madame", "mrs", "mrs.", "ms", "ms."}


class Greeting(StrEnum):
    """What a guest wishes for at the table."""

    WELCOMED = "welcomed"  # comes for the first time, and would like somebody to sit with
    WELCOMES = "welcomes"  # came before, and would welcome somebody new


@dataclass(frozen=True, kw_only=True)
class Company:
    """First names of companions; whether the guest's own is shown to the others of the meal; and a wish for company."""

    companions: tuple[str, ...] = field(default=(), repr=False)
    shows_name: bool = False
    greeting: Greeting | None = None

    def among(self, party: Party) -> "Company":
        """The same, of a party that may have become smaller: the names that were written first."""
        return replace(self, companions=self.companions[: max(party.seats - 1, 0)])


ALONE = Company()


def company_of(
    companions: Iterable[str], party: Party | None, *, shows_name: bool, greeting: Greeting | None, newcomer: bool
) -> Company:
    """What was told of who comes along. Only newcomers are welcomed, and only others welcome. Raises InvalidInput."""
    names = tuple(name for one in companions if (name := " ".join(one.split())))
    if complaint := _wrong_with(names, party):
        raise InvalidInput({"companions": complaint})
    fits = greeting is (Greeting.WELCOMED if newcomer else Greeting.WELCOMES)
    return Company(companions=names, shows_name=shows_name, greeting=greeting if fits else None)


def names_in(text: str) -> list[str]:
    """The names in a text, between commas."""
    return text.replace(";", ",").replace("\n", ",").split(",")


def _wrong_with(names: Sequence[str], party: Party | None) -> Complaint | None:
    if party is not None and len(names) >= party.seats and names:
        return Complaint.COMPANIONS_MANY
    if any(len(one) > COMPANION_LENGTH for one in names):
        return Complaint.COMPANIONS_LONG
    fine = all(is_storable(one) and any(character.isalnum() for character in one) for one in names)
    return None if fine else Complaint.COMPANIONS_CHARACTERS


def first_name(name: str) -> str:
    """The first name in a name, as the others see it. Example: “Mme Jeanne Exemple” is “Jeanne”."""
    words = name.split()
    return next((one for one in words if one.casefold() not in TITLES), words[0] if words else "")
