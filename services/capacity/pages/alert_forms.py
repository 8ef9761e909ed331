"""The forms in which a cantine chooses what it hears of, and a member of staff how: what was typed, what it means."""

from collections.abc import Callable, Collection
from datetime import time
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from services.capacity.domain.alert_duty import Reachable
from services.capacity.domain.alerts import AlertSettings
from services.capacity.domain.cantines import FlawedCantine, telephone
from services.capacity.domain.cook_calls import MOST_CALL_HOURS
from services.capacity.domain.staff import Staff
from shared.contracts.alert import Way, Wishes
from shared.web.language import gettext as _

T = TypeVar("T")
Typed = dict[str, str]
Errors = dict[str, str]

RANGES = {
    "nearly_full": (50, 100),
    "waiting": (1, 50),
    "cooks": (0, 50),
    "guests": (0, 200),
    "days": (0, 14),
    "answer_within": (10, 720),
    "call_hours": (0, MOST_CALL_HOURS),
}
"""The least and the most of each number."""

SEVERITIES = ("urgent", "important", "routine")
SETTINGS = (*RANGES, "quiet_since", "quiet_until", "on_duty")
WISHES = ("phone", *SEVERITIES, "digest_at")


def typed(form: MultiDict[str, str], fields: Collection[str]) -> Typed:
    """What was typed, to be shown again: every field of the form, also those that somebody left out."""
    return {name: form.get(name, "") for name in fields}


def settings_written(settings: AlertSettings) -> Typed:
    """Settings as one would type them."""
    return {
        **{name: str(getattr(settings, name)) for name in RANGES},
        "quiet_since": f"{settings.quiet_since:%H:%M}",
        "quiet_until": f"{settings.quiet_until:%H:%M}",
        "on_duty": settings.on_duty or "",
    }


def settings_in(form: MultiDict[str, str], people: Collection[str]) -> tuple[AlertSettings, Errors]:
    """The settings that a form means, and what is wrong; `people` may be on duty."""
    reading = _Reading(form)
    numbers = {name: reading.read(name, _number_in(*RANGES[name])) for name in RANGES}
    on_duty = form.get("on_duty", "")
    if on_duty and on_duty not in people:
        reading.errors["on_duty"] = _("Please choose from the list.")
    quiet = {name: reading.read(name, _hour) for name in ("quiet_since", "quiet_until")}
    if reading.errors:
        return AlertSettings(), reading.errors
    return AlertSettings(**numbers, **quiet, on_duty=on_duty or None), {}  # type: ignore[arg-type]


def wishes_written(person: Reachable) -> Typed:
    """Wishes as one would type them."""
    wishes = person.wishes
    ways = {"urgent": wishes.urgent, "important": wishes.important, "routine": wishes.routine}
    return {"phone": person.phone or "", **ways, "digest_at": f"{wishes.digest_at:%H:%M}"}


def wishes_in(form: MultiDict[str, str], staff: Staff) -> tuple[Reachable, Errors]:
    """The wishes that a form means, and what is wrong."""
    reading = _Reading(form)
    phone = reading.read("phone", _phone)
    ways = {name: reading.read(name, _way) for name in SEVERITIES}
    digest_at = reading.read("digest_at", _hour)
    if not phone and Way.SMS in ways.values():
        reading.errors.setdefault("phone", _("Please give a number for the SMS, or choose another way."))
    if reading.errors:
        return Reachable(staff=staff), reading.errors
    wishes = Wishes(**ways, digest_at=digest_at)  # type: ignore[arg-type]
    return Reachable(staff=staff, phone=phone or None, wishes=wishes), {}


class _Reading:
    """Reads the fields of a form, and notes what is wrong with each."""

    def __init__(self, form: MultiDict[str, str]) -> None:
        self._form = form
        self.errors: Errors = {}

    def read(self, name: str, reader: Callable[[str], T]) -> T | None:
        try:
            return reader(self._form.get(name, "").strip())
        except _Wrong as error:
            self.errors[name] = str(error)
            return None


class _Wrong(Exception):
    """What is wrong with a field, in the user's words."""


def _number_in(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most):
            raise _Wrong(_("Please choose a number between %(least)d and %(most)d.", least=least, most=most))
        return int(text)

    return read


def _hour(text: str) -> time:
    hours, _colon, minutes = text.replace("h", ":").partition(":")
    digits = hours.isascii() and hours.isdigit() and minutes[:2].isascii() and minutes[:2].isdigit()
    if not digits or len(hours) > 2 or int(hours) > 23 or int(minutes[:2]) > 59:
        raise _Wrong(_("Please write a time, such as 07:00."))
    return time(int(hours), int(minutes[:2]))


def _way(text: str) -> Way:
    if text not in set(Way):
        raise _Wrong(_("Please choose from the list."))
    return Way(text)


def _phone(text: str) -> str:
    try:
        return telephone(text) if text else ""
    except FlawedCantine:
        raise _Wrong(_("Please write a telephone number, such as 06 39 98 00 11.")) from None
