"""What a cantine hears of, and how I am told."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.capacity.pages import alert_forms
from services.capacity.pages.access import me
from services.capacity.pages.desk import desk
from services.capacity.pages.stale import comes_back
from services.capacity.use_cases.choose_alerts import choose_alerts, choose_ways, find_choices, find_ways
from shared.web.errors import Problem
from shared.web.language import gettext as _

blueprint = Blueprint("alert_choices", __name__, template_folder="templates", url_prefix="/coordination/alerts/choices")


@blueprint.get("/mine")
def mine() -> str:
    """How I am told."""
    return _my_form(alert_forms.wishes_written(find_ways(desk().service, me())), {})


@blueprint.post("/mine")
def change_mine() -> Response | tuple[str, int]:
    """From now on I am told so."""
    person, errors = alert_forms.wishes_in(request.form, me())
    if errors:
        return _my_form(alert_forms.typed(request.form, alert_forms.WISHES), errors), 422
    with desk().service.work() as work:
        choose_ways(work, person)
    flash(_("Saved. From now on you are told so."))
    return redirect(url_for("alerts.overview"), 303)


@comes_back("alert_choices.change_mine")
def mine_again() -> str:
    """How I wished to be told."""
    me()
    return _my_form(alert_forms.typed(request.form, alert_forms.WISHES), {})


@blueprint.get("/of/<slug>")
def cantine(slug: str) -> str:
    """What a cantine of mine hears of."""
    _mine(slug)
    return _form(slug, alert_forms.settings_written(find_choices(desk().service, slug).settings), {})


@blueprint.post("/of/<slug>")
def change_cantine(slug: str) -> Response | tuple[str, int]:
    """From now on the cantine hears of this."""
    _mine(slug)
    people = {person.id for person in find_choices(desk().service, slug).people}
    settings, errors = alert_forms.settings_in(request.form, people)
    if errors:
        return _form(slug, alert_forms.typed(request.form, alert_forms.SETTINGS), errors), 422
    with desk().service.work() as work:
        choose_alerts(work, slug, settings)
    flash(_("Saved. The meals to come are looked at anew."))
    return redirect(url_for("alerts.overview"), 303)


@comes_back("alert_choices.change_cantine")
def cantine_again(slug: str) -> str:
    """What was chosen for a cantine of mine."""
    _mine(slug)
    return _form(slug, alert_forms.typed(request.form, alert_forms.SETTINGS), {})


def _mine(slug: str) -> None:
    if slug not in me().cantines:
        raise Problem(404)


def _my_form(values: alert_forms.Typed, errors: alert_forms.Errors) -> str:
    return render_template("alert_ways.html", values=values, errors=errors)


def _form(slug: str, values: alert_forms.Typed, errors: alert_forms.Errors) -> str:
    choices = find_choices(desk().service, slug)
    return render_template(
        "alert_settings.html", values=values, errors=errors, choices=choices, ranges=alert_forms.RANGES
    )
