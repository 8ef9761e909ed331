"""The meals of a period for spreadsheet programs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, Response, request

from services.capacity.domain.sittings import PlannedSitting
from services.capacity.pages.access import me
from services.capacity.pages.desk import desk
from services.capacity.use_cases.export_sittings import LONGEST, export_sittings
from services.capacity.use_cases.look import find_cantines, now
from shared.contracts.sitting import SittingStatus
from shared.sheets import Cell, euros, sheet
from shared.web import language
from shared.web.errors import Problem
from shared.web.language import gettext as _

blueprint = Blueprint("tables", __name__, url_prefix="/coordination/programs")


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A period as it was typed."""

    cantine: str
    first: str
    last: str


def last_month() -> Typed:
    """The period that is asked for most: the month that has just ended."""
    last = now(desk().service).date().replace(day=1) - timedelta(days=1)
    return Typed(cantine="", first=last.replace(day=1).isoformat(), last=last.isoformat())


@blueprint.get("/meals.csv")
def meals() -> Response:
    """The meals of my cantines, as a table; it leaves while it is read."""
    staff = me()
    first, last = _period()
    asked = request.args.get("cantine", "")
    if asked and asked not in staff.cantines:
        raise Problem(403)
    found = export_sittings(desk().service, [asked] if asked else staff.cantines, first, last)
    names = {slug: cantine.name for slug, cantine in find_cantines(desk().service, staff.cantines).items()}
    response = Response(sheet(_header(), _rows(found, names, _status_words()), language.current()))
    response.mimetype = "text/csv"
    name = _("meals")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{first}-{last}.csv"'
    return response


def _period() -> tuple[date, date]:
    try:
        first, last = (date.fromisoformat(request.args.get(name, "")) for name in ("from", "to"))
    except ValueError:
        raise Problem(422, _("Please give both days, as in 2026-12-24.")) from None
    if not timedelta(0) <= last - first <= LONGEST or last.year == date.max.year:
        raise Problem(422, _("The last day comes after the first, and at most five years later."))
    return first, last


def _header() -> list[str]:
    return [
        _("Canteen"),
        _("Day"),
        _("Cooking starts"),
        _("The meal starts"),
        _("State"),
        _("Seats"),
        _("Seats taken"),
        _("Seats kept back"),
        _("Cook places"),
        _("Cooks"),
        _("Parties that wait"),
        _("Break-even price, in euros"),
        _("Of which food, in euros"),
        _("Menu"),
    ]


def _status_words() -> dict[SittingStatus, str]:
    return {
        SittingStatus.OPEN: _("Open"),
        SittingStatus.CLOSED: _("Takes no bookings"),
        SittingStatus.CANCELLED: _("Cancelled"),
    }


def _rows(
    sittings: Iterator[PlannedSitting], names: dict[str, str], status: dict[SittingStatus, str]
) -> Iterator[list[Cell]]:
    for one in sittings:
        seating = one.seating
        yield [
            names[one.cantine],
            one.date,
            one.cooking_starts,
            one.meal_starts,
            status[seating.status],
            seating.limits.seats,
            seating.held,
            seating.free_seats - seating.seats_left,
            seating.limits.cook_places,
            seating.cooks_held,
            seating.waitlist_length,
            euros(one.break_even_price),
            euros(one.food_price),
            one.menu,
        ]
