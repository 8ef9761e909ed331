"""What the pages say about kitchens, and about what would mend a meal."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from babel.numbers import format_decimal

from services.capacity.domain.allotments import NEWCOMERS, WALK_INS
from services.capacity.domain.kitchen import MEAL, Bound, Kitchen
from services.capacity.domain.mending import mending
from services.capacity.domain.places import Sitting
from shared.web.language import current, ngettext
from shared.web.language import gettext as _


def rule(kitchen: Kitchen) -> str:
    """What a kitchen can do, in one line."""
    parts = [
        ngettext("%(num)d seat", "%(num)d seats", kitchen.room),
        ngettext("%(num)d place to cook", "%(num)d places to cook", kitchen.cook_places),
    ]
    if kitchen.hands:
        base, per_cook = _meals(kitchen.hands.base), _meals(kitchen.hands.per_cook)
        parts.append(_("%(base)s meals and %(more)s more for each cook", base=base, more=per_cook))
    if kitchen.equipment is not None:
        parts.append(ngettext("pots for %(num)d meal", "pots for %(num)d meals", kitchen.equipment))
    if kitchen.largest_party is not None:
        most = kitchen.largest_party
        parts.append(ngettext("at most %(num)d person on one booking", "at most %(num)d people on one booking", most))
    if kitchen.group_cap is not None:
        most = kitchen.group_cap
        parts.append(ngettext("at most %(num)d person of a group", "at most %(num)d people of a group", most))
    if kitchen.newcomer_seats:
        kept = kitchen.newcomer_seats
        parts.append(ngettext("%(num)d seat kept for newcomers", "%(num)d seats kept for newcomers", kept))
    if kitchen.walk_in_seats:
        kept = kitchen.walk_in_seats
        parts.append(ngettext("%(num)d for who has not reserved", "%(num)d for who has not reserved", kept))
    parts += [
        ngettext("%(num)d for %(partner)s", "%(num)d for %(partner)s", one.seats, partner=one.name)
        for one in kitchen.partners
        if one.seats
    ]
    return ", ".join(parts)


def _meals(hundredths: int) -> str:
    return format_decimal(Decimal(hundredths) / MEAL, locale=current().code)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What became of seats that are or were kept at a meal: for whom, how many, how many of them are taken and how many
    still kept. `until` is when they are released by the clock (UTC); None if never, or if they are released.
    """

    kind: str
    name: str
    seats: int
    taken: int
    still: int
    until: datetime | None
    released: bool


def allotments(sitting: Sitting, now: datetime) -> list[Kept]:
    """For whom seats are or were kept at a meal."""
    sitting = sitting.as_of(now)
    still = sitting.still_kept
    names = {one.id: one.name for one in sitting.kitchen.partners}
    fixed = {NEWCOMERS: _("Newcomers"), WALK_INS: _("Who has not reserved")}
    return [
        Kept(
            kind=one.kind,
            name=fixed.get(one.kind) or names[one.kind],
            seats=one.seats,
            taken=sitting.taken_by.get(one.kind, 0),
            still=still.get(one.kind, 0),
            until=sitting.release_at(one) if one.kind in still else None,
            released=one.kind not in still,
        )
        for one in sitting.kitchen.allotments
    ]


def bounds(sitting: Sitting) -> str | None:
    """Why fewer can eat than there are chairs, as in “60 chairs, but 11 cooks make 40 meals”; None if all can."""
    kitchen, cooks, meals = sitting.kitchen, sitting.cooks_counted, sitting.limits.seats
    why = kitchen.bounds(cooks)
    if not why:
        return None
    but = {
        Bound.COOKS: ngettext(
            "%(num)d cook makes %(meals)d meals", "%(num)d cooks make %(meals)d meals", cooks, meals=meals
        ),
        Bound.EQUIPMENT: ngettext("pots for %(num)d meal", "pots for %(num)d meals", meals),
    }
    chairs = ngettext("%(num)d chair", "%(num)d chairs", kitchen.room)
    return _("%(chairs)s, but %(why)s.", chairs=chairs, why=", ".join(but[one] for one in why))


def mend(sitting: Sitting) -> list[str]:
    """What would mend a meal at risk, as in “Find 2 more cooks, or other help for 8 people.”"""
    what = mending(sitting)
    if what is None:
        return []
    if what.cooks is None:
        return [
            ngettext("Find seats or help for %(num)d person.", "Find seats or help for %(num)d people.", what.people)
        ]
    more = ngettext("%(num)d more cook", "%(num)d more cooks", what.cooks)
    return [
        ngettext(
            "Find %(more)s, or other help for %(num)d person.",
            "Find %(more)s, or other help for %(num)d people.",
            what.people,
            more=more,
        )
    ]
