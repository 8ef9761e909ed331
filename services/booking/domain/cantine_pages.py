"""What a cantine tells of itself to who does not know it yet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from services.booking.domain.complaints import Complaint, InvalidInput
from shared.text import is_storable

LONGEST = 1500  # characters of one text
WORDS = ("about", "first_visit", "phone_hours", "way_in")
ACCESS = ("step_free", "accessible_toilets", "hearing_loop")
_ANSWERS = {"": None, "yes": True, "no": False}
_DEGREES = re.compile(r"\s*(-?\d{1,3}(?:\.\d{1,12})?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d{1,12})?)\s*")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A point on the globe, in degrees (WGS 84)."""

    north: float
    east: float


@dataclass(frozen=True, kw_only=True)
class CantinePage:
    """What a cantine tells of itself. A text is "" and an answer None where it does not say.

    `about` tells who its people are, `first_visit` what to expect, `phone_hours` when somebody answers the telephone,
    `way_in` how to come and what helps or hinders at the door.
    """

    about: str = ""
    first_visit: str = ""
    phone_hours: str = ""
    way_in: str = ""
    step_free: bool | None = None
    accessible_toilets: bool | None = None
    hearing_loop: bool | None = None
    place: Place | None = None


def cantine_page_of(typed: Mapping[str, str]) -> CantinePage:
    """The page in a form. Raises InvalidInput with everything that is wrong."""
    complaints: dict[str, Complaint] = {}
    texts = {name: _text(typed.get(name, "")) for name in WORDS}
    for name, text in texts.items():
        if len(text) > LONGEST:
            complaints[name] = Complaint.WORDS_LONG
        elif not is_storable(text.replace("\n", "")):
            complaints[name] = Complaint.WORDS_CHARACTERS
    place = None
    if typed.get("place", "").strip():
        place = place_of(typed["place"])
        if place is None:
            complaints["place"] = Complaint.PLACE_WRONG
    if complaints:
        raise InvalidInput(complaints)
    step_free, toilets, loop = (_ANSWERS.get(typed.get(name, "")) for name in ACCESS)
    return CantinePage(**texts, step_free=step_free, accessible_toilets=toilets, hearing_loop=loop, place=place)


def place_of(text: str) -> Place | None:
    """A place as maps on the web write it, or None. Example: “45.7780, 4.8040”."""
    found = _DEGREES.fullmatch(text)
    if not found:
        return None
    north, east = float(found[1]), float(found[2])
    return Place(north=north, east=east) if abs(north) <= 85 and abs(east) <= 180 else None


def _text(typed: str) -> str:
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()
