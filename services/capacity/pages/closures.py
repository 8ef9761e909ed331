"""The days on which a cantine is closed."""

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.capacity.domain.closures import MAX_NAME, Closure, FlawedClosure
from services.capacity.domain.flaws import Flaw
from services.capacity.domain.history import by_hand
from services.capacity.pages import words
from services.capacity.pages.access import me
from services.capacity.pages.desk import desk
from services.capacity.use_cases.close_days import cancel_in_closure, close_days, keep_holidays_of, reopen_days
from services.capacity.use_cases.look import find_cantines, now
from services.capacity.use_cases.look_ahead import find_closure, find_days_off, find_exceptions
from shared.holidays import Region
from shared.web.errors import Problem
from shared.web.language import gettext as _
from shared.web.language import ngettext

blueprint = Blueprint("closures", __name__, template_folder="templates", url_prefix="/coordination/closures")


@blueprint.get("")
def overview() -> str:
    """All closures to come, with what is still planned in them."""
    return _page({"name": "", "first": "", "last": "", "cantines": list(me().cantines)}, {})


@blueprint.post("")
def add() -> Response | tuple[str, int]:
    """Close some of my cantines for some days."""
    chosen = [slug for slug in me().cantines if slug in request.form.getlist("cantines")]
    typed = {field: request.form.get(field, "").strip() for field in ("name", "first", "last")}
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
        max_name=MAX_NAME,
        now=at,
    )
