"""The days on which a cantine is closed."""

from collections.abc import Mapping
from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.capacity.domain.closures import MAX_NAME, Closure, FlawedClosure
from services.capacity.domain.flaws import Flaw
from services.capacity.domain.history import by_hand
from services.capacity.domain.school_breaks import SchoolBreak, school_breaks
from services.capacity.pages import words
from services.capacity.pages.access import me
from services.capacity.pages.desk import desk
from services.capacity.pages.stale import comes_back
from services.capacity.use_cases.close_days import cancel_in_closure, close_days, keep_holidays_of, reopen_days
from services.capacity.use_cases.look import find_cantines, now
from services.capacity.use_cases.look_ahead import find_closure, find_days_off, find_exceptions
from shared.holidays import Region
from shared.web.errors import Problem
from shared.web.language import gettext as _
from shared.web.language import ngettext

YEAR = 365  # days

blueprint = Blueprint("closures", __name__, template_folder="templates", url_prefix="/coordination/closures")


@blueprint.get("")
def overview() -> str:
    """All closures to come, with what is still planned in them; the form begins with a school break that was chosen."""
    values = {"name": "", "first": "", "last": ""}
    chosen = request.args.get("zone", ""), request.args.get("first", "")
    for name, days in _school_breaks(now(desk().service).date()):
        for _zones, one in days:
            if chosen == (one.zone, one.first.isoformat()):
                values = {"name": name, "first": one.first.isoformat(), "last": one.last.isoformat()}
    return _page({**values, "cantines": list(me().cantines)}, {})


@blueprint.post("")
def add() -> Response | tuple[str, int]:
    """Close some of my cantines for some days."""
    typed, chosen = _typed(), _chosen()
    flaws: dict[str, Flaw] = {}
    closure = Closure(id="", cantine="", name=typed["name"], first=_day("first", flaws), last=_day("last", flaws))
    try:
        if flaws:
            raise FlawedClosure(flaws)
        if chosen:
            with desk().service.work() as work:
                close_days(work, closure, chosen)
    except FlawedClosure as error:
        flaws = dict(error.flaws)
    errors = {field: words.flaw(field, flaw) for field, flaw in flaws.items()}
    if not chosen:
        errors["cantines"] = _("Please choose one of your canteens.")
    if errors:
        return _page({**typed, "cantines": chosen}, errors), 422
    flash(_("The closure is kept. Meals that were planned already stay: see below."))
    return redirect(url_for("closures.overview"), 303)


@comes_back("closures.add")
def add_again() -> str:
    """The page with the closure that was typed."""
    return _page({**_typed(), "cantines": _chosen()}, {})


@blueprint.post("/<closure_id>/remove")
def remove(closure_id: str) -> Response:
    """Forget a closure."""
    closure = find_closure(desk().service, me(), closure_id)
    with desk().service.work() as work:
        reopen_days(work, closure)
    flash(_("The closure is removed. The weekly meals of these days open in a moment."))
    return redirect(url_for("closures.overview"), 303)


@blueprint.post("/<closure_id>/cancel")
def cancel(closure_id: str) -> Response:
    """Cancel the meals of a closure that were ticked."""
    closure = find_closure(desk().service, me(), closure_id)
    with desk().service.work() as work:
        chosen = request.form.getlist("sittings")
        done = cancel_in_closure(work, closure, chosen, desk().settings.public_url, by_hand(me()))
    if done:
        flash(
            ngettext(
                "%(num)d meal is cancelled; everybody who had booked is being told.",
                "%(num)d meals are cancelled; everybody who had booked is being told.",
                done,
            )
        )
    else:
        flash(_("No meal was ticked, so none was cancelled."), "warn")
    return redirect(url_for("closures.overview"), 303)


@blueprint.post("/holidays")
def holidays() -> Response:
    """Say whose public holidays a cantine has."""
    cantine, region = request.form.get("cantine", ""), request.form.get("region", "")
    if cantine not in me().cantines or region not in list(Region):
        raise Problem(404)
    with desk().service.work() as work:
        keep_holidays_of(work, cantine, Region(region))
    flash(_("The public holidays are kept."))
    return redirect(url_for("closures.overview"), 303)


def _school_breaks(today: date) -> list[tuple[str, list[tuple[list[str], SchoolBreak]]]]:
    """The school holidays of the year to come by their name in the reader's language: the days, and of which zones."""
    shown = []
    for each in school_breaks(today, today + timedelta(days=YEAR)):
        first_of = {one.first: one for one in reversed(list(each.values()))}
        zones = {first: sorted(zone for zone, one in each.items() if one.first == first) for first in first_of}
        days = [(zones[first], one) for first, one in sorted(first_of.items())]
        shown.append((words.school_break(days[0][1].name), days))
    return shown


def _typed() -> dict[str, str]:
    return {field: request.form.get(field, "").strip() for field in ("name", "first", "last")}


def _chosen() -> list[str]:
    return [slug for slug in me().cantines if slug in request.form.getlist("cantines")]


def _day(field: str, flaws: dict[str, Flaw]) -> date:
    text = request.form.get(field, "").strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        flaws[field] = Flaw.UNREADABLE if text else Flaw.MISSING
        return date.min


def _page(values: Mapping[str, object], errors: Mapping[str, str]) -> str:
    at = now(desk().service)
    cantines = find_cantines(desk().service, me().cantines)
    return render_template(
        "closures.html",
        values=values,
        errors=errors,
        closures=find_days_off(desk().service, me(), at.date()),
        exceptions=find_exceptions(desk().service, me(), at.date()),
        cantines=cantines,
        regions=[(Region.FRANCE, _("those of all France")), (Region.ALSACE_MOSELLE, _("those of Alsace-Moselle"))],
        school_breaks=_school_breaks(at.date()),
        max_name=MAX_NAME,
        now=at,
    )
