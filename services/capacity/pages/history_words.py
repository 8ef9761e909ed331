"""What the pages say about the history of a meal, in the language of the request."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal

from services.capacity.domain.history import Author, Cause, Change
from services.capacity.domain.kitchen import MEAL
from services.capacity.pages import words
from shared.contracts.sitting import SittingStatus, WaitlistPolicy
from shared.web.language import current, ngettext
from shared.web.language import gettext as _


def author(by: Author) -> str:
    """Who it was, and through what, if not this meal alone."""
    if by.name is None:
        who = _("The software, by itself")
    else:
        who = _("%(name)s, by a program", name=by.name) if by.program else by.name
    through = {
        Cause.WEEKLY: _("through the weekly meal"),
        Cause.KITCHEN: _("through the kitchen of the canteen"),
        Cause.WAITING_LISTS: _("through the rules of the waiting lists"),
        Cause.CLOSURE: _("because of a closure"),
        Cause.CLOCK: _("because its hour had come"),
    }.get(by.cause)
    return f"{who}, {through}" if through else who


def change(one: Change) -> str:
    """What was changed, as in “Seats: 35 → 40”."""
    if one.fact == "status":
        return _status(one)
    if one.fact == "released":
        return _released(one)
    what, value = _facts()[one.fact]
    if one.before is None and one.fact in {"food_cost", "contributions"}:
        return _("%(what)s: %(after)s", what=what, after=value(one.after))
    return _("%(what)s: %(before)s → %(after)s", what=what, before=value(one.before), after=value(one.after))


def _released(one: Change) -> str:
    """For whom seats are kept no longer, or again: only what is new of it."""
    before, after = one.before or [], one.after or []
    gone = [words.kind(kind) for kind in after if kind not in before]
    if gone:
        return _("Seats are no longer kept for: %(names)s", names=", ".join(gone))
    back = [words.kind(kind) for kind in before if kind not in after]
    return _("Seats are kept again for: %(names)s", names=", ".join(back))


def _status(one: Change) -> str:
    if one.before is None:
        opened = _("Opened, but it takes no bookings")
        return _("Opened") if one.after == SittingStatus.OPEN else opened
    return {
        SittingStatus.OPEN: _("Takes bookings again"),
        SittingStatus.CLOSED: _("Takes no bookings any more"),
        SittingStatus.CANCELLED: _("Cancelled"),
    }[SittingStatus(one.after)]


def _facts() -> dict[str, tuple[str, Callable[[Any], str]]]:
    """What each fact is called, and how its value is said."""
    euros = current().euros
    return {
        "date": (_("Day"), lambda day: current().day(date.fromisoformat(day))),
        "cooking_starts": (_("Cooking starts"), _clock),
        "meal_starts": (_("The meal starts"), _clock),
        "cutoff": (_("Booking closes"), _hour),
        "room": (_("Seats"), str),
        "cook_places": (_("Cook places"), str),
        "planned_cooks": (_("Cooks planned"), lambda many: str(many) if many is not None else _("every cook place")),
        "hands": (_("How many meals the cooks can make"), _hands),
        "equipment": (_("Meals that pots and plates allow"), lambda many: str(many) if many is not None else _("any")),
        "largest_party": (_("Largest party"), lambda many: str(many) if many is not None else _("any")),
        "group_cap": (_("Most people of a group"), lambda many: str(many) if many is not None else _("any")),
        "counts_from": (_("Only confirmed cooks count from"), _hour),
        "newcomer_seats": (_("Seats kept for newcomers"), str),
        "newcomer_hours": (_("Seats for newcomers are released"), _released_before),
        "walk_in_seats": (_("Seats kept for who has not reserved"), str),
        "walk_in_hours": (_("Seats for who has not reserved are released"), _released_before),
        "partners": (_("Partners"), _partners),
        "partner_seats": (_("Seats kept for partners"), str),
        "own_kitchen": (_("Otherwise than usual in the kitchen"), _own_kitchen),
        "confirmed_only": (_("Only confirmed cooks count"), _yes),
        "menu": (_("Menu"), lambda menu: _("“%(menu)s”", menu=menu) if menu else _("Not yet known")),
        "allergens": (_("Allergens"), _allergens),
        "diets": (_("Suits"), lambda codes: ", ".join(map(words.diet, codes)) or _("Nothing is promised")),
        "break_even_price": (_("Break-even price"), euros),
        "food_price": (_("Of which food"), lambda price: euros(price) if price is not None else _("not told")),
        "go_no_go": (_("Goes ahead?"), _go_no_go),
        "goes_ahead": (_("Goes ahead"), _yes),
        "policy": (_("Places that come free go to"), _policy),
        "offers_hours": (_("Ask first, in the last hours before booking closes"), str),
        "called": (_("Call for cooks"), _yes),
        "food_cost": (_("Food, in all"), euros),
        "contributions": (_("Contributions, in all"), euros),
    }


def _clock(at: str) -> str:
    return current().clock(time.fromisoformat(at))


def _hour(one: list[Any]) -> str:
    days, at = one
    if not days:
        return _("%(time)s the same day", time=_clock(at))
    return ngettext("%(num)d day before, %(time)s", "%(num)d days before, %(time)s", days, time=_clock(at))


def _hands(one: list[int] | None) -> str:
    if one is None:
        return _("any")
    base, per_cook = (format_decimal(Decimal(number) / MEAL, locale=current().code) for number in one)
    return _("%(base)s meals and %(more)s more for each cook", base=base, more=per_cook)


def _released_before(hours: int) -> str:
    if not hours:
        return _("never")
    return ngettext("%(num)d hour before booking closes", "%(num)d hours before booking closes", hours)


def _partners(partners: list[list[Any]]) -> str:
    return "; ".join(words.partner(*one) for one in partners) or _("none")


def _own_kitchen(names: list[str]) -> str:
    return ", ".join(_facts()[name][0] for name in names) or _("nothing")


def _yes(yes: bool) -> str:
    return _("yes") if yes else _("no")


def _allergens(codes: list[str] | None) -> str:
    if codes is None:
        return _("Not known yet")
    return ", ".join(map(words.allergen, codes)) or _("None of the 14 listed")


def _go_no_go(one: list[Any] | None) -> str:
    if one is None:
        return _("nobody is asked")
    days, at, covers, cooks = one
    asked = _hour([days, at])
    return _(
        "asked %(when)s, if there are fewer than %(covers)d people or %(cooks)d cooks",
        when=asked,
        covers=covers,
        cooks=cooks,
    )


def _policy(policy: str) -> str:
    return {WaitlistPolicy.STRICT: _("who asked first"), WaitlistPolicy.FILL: _("the first party that fits")}[
        WaitlistPolicy(policy)
    ]
