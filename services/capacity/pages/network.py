"""All cantines at once, for administrators of the network; and a new one, opened by copying another."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.capacity.domain.cantines import FlawedCantine
from services.capacity.domain.copies import CantineExists
from services.capacity.domain.figures import Figures, K, summed
from services.capacity.domain.staff import UnknownCantine
from services.capacity.pages import words
from services.capacity.pages.access import administrator
from services.capacity.pages.desk import desk
from services.capacity.pages.stale import comes_back
from services.capacity.use_cases.copy_cantine import copy_cantine
from services.capacity.use_cases.look import all_cantines, now
from services.capacity.use_cases.look_at_network import Network, look_at_network
from shared.contracts.sitting import Cantine
from shared.sheets import Cell, sheet
from shared.web import language
from shared.web.language import gettext as _
from shared.web.language import ngettext

blueprint = Blueprint("network", __name__, template_folder="templates", url_prefix="/coordination/network")

FIELDS = ("model", "name", "city", "address", "phone", "email", "slug")
A_YEAR = timedelta(days=365)
TWO_WEEKS = timedelta(weeks=2)


@blueprint.get("")
def overview() -> str:
    """The coming week of every cantine, and what came of the last twelve months."""
    administrator()
    network = look_at_network(desk().service)
    names = {site.cantine.slug: site.cantine.name for site in network.sites}
    return render_template(
        "network.html",
        network=network,
        months=_named(summed(network.days, lambda day: day.date.replace(day=1)), language.current().month),
        weekdays=_named(summed(network.days, lambda day: day.date.weekday()), words.weekday),
        sites=_named(summed(network.days, lambda day: names[day.cantine]), str),
    )


@blueprint.get("/figures.csv")
def figures() -> Response:
    """The figures of the last twelve months, by month, weekday and site, as a table."""
    administrator()
    network = look_at_network(desk().service)
    header = [
        *(_("Month"), _("Weekday"), _("Canteen")),
        *(_("Meals"), _("Covers"), _("Of whom cooked"), _("Seats")),
    ]
    weekdays = [words.weekday(number) for number in range(7)]
    response = Response(sheet(header, _rows(network, weekdays), language.current()))
    response.mimetype = "text/csv"
    name = _("network")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{network.first}-{network.today}.csv"'
    return response


@blueprint.get("/new")
def new() -> str:
    """An empty form for a cantine."""
    administrator()
    begins = now(desk().service).date() + TWO_WEEKS
    return _form({**dict.fromkeys(FIELDS, ""), "begins": begins.isoformat()}, {})


@blueprint.post("/new")
def open_cantine() -> AnyResponse | tuple[str, int]:
    """Open a cantine like another."""
    administrator()
    typed = _typed()
    try:
        meals = _open(typed)
    except FlawedCantine as error:
        return _form(typed, {error.field: _flaw(error.field)}), 422
    except UnknownCantine:
        return _form(typed, {"model": _("Please choose one of the canteens.")}), 422
    except CantineExists:
        return _form(typed, {"slug": _("Another canteen has this short name.")}), 422
    except ValueError:
        return _form(typed, {"begins": _("Please choose a day within a year from now, as in 2026-12-24.")}), 422
    flash(
        ngettext(
            "The canteen is open, with %(num)d weekly meal. Its meals appear in a moment.",
            "The canteen is open, with %(num)d weekly meals. Its meals appear in a moment.",
            meals,
        )
    )
    return redirect(url_for("network.overview"), 303)


@comes_back("network.open_cantine")
def new_again() -> str:
    """The form with the canteen that was typed."""
    administrator()
    return _form(_typed(), {})


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "").strip() for name in (*FIELDS, "begins")}


def _open(typed: Mapping[str, str]) -> int:
    """Open the cantine that was typed. Raises ValueError for a day that will not do, and as `copy_cantine` does."""
    begins = date.fromisoformat(typed["begins"])
    if not timedelta(0) <= begins - now(desk().service).date() <= A_YEAR:
        raise ValueError("not within a year")
    facts: dict[str, Any] = {name: typed[name] for name in FIELDS if name != "model"}
    with desk().service.work() as work:
        return copy_cantine(work, typed["model"], Cantine(**facts, zone=""), begins)


def _form(values: Mapping[str, str], errors: dict[str, str]) -> str:
    cantines = [(one.slug, one.name) for one in all_cantines(desk().service)]
    return render_template("new_cantine.html", values=values, errors=errors, cantines=cantines)


def _flaw(field: str) -> str:
    return {
        "phone": _("Please write a telephone number, such as 06 39 98 00 11."),
        "email": _("Please write an e-mail address, such as camille@example.org."),
        "slug": _("Please use lower-case letters, digits and hyphens, such as lyon-vaise."),
    }.get(field) or _("Please fill this in, on one line that is not too long.")


def _named(sums: Mapping[K, Figures], name: Callable[[K], str]) -> list[tuple[str, Figures]]:
    return [(name(key), one) for key, one in sums.items()]


def _rows(network: Network, weekdays: Sequence[str]) -> Iterator[list[Cell]]:
    names = {site.cantine.slug: site.cantine.name for site in network.sites}
    by = summed(network.days, lambda day: (f"{day.date:%Y-%m}", day.date.weekday(), names[day.cantine]))
    for (month, weekday, name), sums in by.items():
        yield [month, weekdays[weekday], name, sums.meals, sums.covers, sums.cooks, sums.seats]
