"""Weekly meals: what recurs, from which the meals of the next weeks are made."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from services.capacity.domain.allotments import Partner
from services.capacity.domain.flaws import Flaw
from services.capacity.domain.history import by_hand
from services.capacity.domain.hours import YEARS
from services.capacity.domain.sittings import FlawedPlan
from services.capacity.domain.templates import HORIZON, MAX_EVERY, OverlappingTemplates, Template
from services.capacity.pages import forms, plans, words
from services.capacity.pages.access import me
from services.capacity.pages.desk import desk
from services.capacity.pages.stale import comes_back
from services.capacity.use_cases.look import find_cantines, find_kitchen, now
from services.capacity.use_cases.look_ahead import Weekly, find_weekly, find_weeks
from services.capacity.use_cases.plan_weeks import add_template, change_template, end_template
from shared.web.language import current, ngettext
from shared.web.language import gettext as _

blueprint = Blueprint("weekly", __name__, template_folder="templates", url_prefix="/coordination/weekly")

OF_THE_DAY = ("date", "menu", "allergens_known", "allergens")
FIELDS = ("since", "until", "every", "on_holidays", "follows")


@blueprint.get("")
def overview() -> str:
    """All weekly meals of my cantines."""
    today = now(desk().service).date()
    found = find_weeks(desk().service, me())
    return render_template(
        "weekly.html",
        by_cantine=[(slug, list(ones)) for slug, ones in groupby(found, key=lambda one: one.cantine)],
        cantines=find_cantines(desk().service, me().cantines),
        weeks=HORIZON.days // 7,
        is_over=lambda one: one.until is not None and one.until < today,
    )


@blueprint.get("/new")
def new() -> str:
    """A form that starts from the last weekly meal of my cantines, or from a usual lunch."""
    today = now(desk().service).date()
    like = next((one for one in find_weeks(desk().service, me()) if one.id == request.args.get("like")), None)
    values = forms.written(like.usual) if like else forms.blank()
    more: forms.Typed = _written(like) if like else {"weekdays": [], "every": "1", "on_holidays": ""}
    cantine = like.cantine if like else ""
    return _form({**values, **more, "cantine": cantine, "since": today.isoformat(), "until": "", "follows": "1"}, {})


@blueprint.post("/new")
def add() -> Response | tuple[str, int]:
    """Add a weekly meal to one of my cantines: on one day of the week, or the same on several."""
    cantine = request.form.get("cantine", "")
    if cantine not in me().cantines:
        return _form(_typed(request.form), {"cantine": _("Please choose one of your canteens.")}), 422
    try:
        templates = [_template_in(request.form, cantine, weekday) for weekday in _weekdays(request.form)]
        with desk().service.work() as work:
            for template in templates:
                add_template(work, template)
    except FlawedPlan as error:
        partners = find_kitchen(desk().service, cantine).partners
        return _form(_typed(request.form), _errors(error, partners)), 422
    flash(_("The weekly meal is kept. The meals of the next weeks open in a moment."))
    return redirect(url_for("weekly.overview"), 303)


@comes_back("weekly.add")
def new_again() -> str:
    """The form with the weekly meal that was typed."""
    return _form(_typed(request.form), {})


@blueprint.get("/<template_id>")
def one(template_id: str) -> str:
    """A weekly meal, to be changed, and the meals made of it."""
    seen = find_weekly(desk().service, me(), template_id)
    return _form({**forms.written(seen.template.usual), **_written(seen.template), "follows": "1"}, {}, seen)


@blueprint.post("/<template_id>")
def change(template_id: str) -> Response | tuple[str, int]:
    """Change a weekly meal, and the meals made of it if they should follow."""
    seen = find_weekly(desk().service, me(), template_id)
    try:
        weekday = seen.template.first.weekday()
        template = replace(_template_in(request.form, seen.cantine.slug, weekday), id=template_id)
        with desk().service.work() as work:
            done = change_template(
                work, template, desk().settings.public_url, by_hand(me()), follows=request.form.get("follows") == "1"
            )
    except FlawedPlan as error:
        partners = find_kitchen(desk().service, seen.cantine.slug).partners
        return _form(_typed(request.form), _errors(error, partners), seen), 422
    flash(_("The weekly meal is changed."))
    if done.changed:
        flash(ngettext("%(num)d meal follows.", "%(num)d meals follow.", done.changed))
    if done.kept:
        flash(ngettext("%(num)d meal stays as it is.", "%(num)d meals stay as they are.", done.kept), "warn")
    return redirect(url_for("weekly.one", template_id=template_id), 303)


@comes_back("weekly.change")
def one_again(template_id: str) -> str:
    """The form with what was changed."""
    return _form(_typed(request.form), {}, find_weekly(desk().service, me(), template_id))


@blueprint.post("/<template_id>/end")
def end(template_id: str) -> Response:
    """Make no more meals of it."""
    find_weekly(desk().service, me(), template_id)
    with desk().service.work() as work:
        end_template(work, template_id)
    flash(_("No more meals are made of it. Those that are planned stay; you can cancel each."))
    return redirect(url_for("weekly.one", template_id=template_id), 303)


def _weekdays(form: MultiDict[str, str]) -> list[int]:
    """Which days were ticked. Raises FlawedPlan if none was."""
    ticked = [number for number in range(7) if str(number) in form.getlist("weekdays")]
    if not ticked:
        raise FlawedPlan({"weekdays": Flaw.MISSING})
    return ticked


def _template_in(form: MultiDict[str, str], cantine: str, weekday: int) -> Template:
    """The weekly meal that a form means for a day of the week. Raises FlawedPlan if a field cannot be read."""
    flaws: dict[str, Flaw] = {}
    since = _day(form.get("since", ""), "since", flaws)
    until = _day(form.get("until", ""), "until", flaws) if form.get("until", "").strip() else None
    every = _number(form.get("every", ""), range(1, MAX_EVERY + 1), "every", flaws)
    recurring = [(name, value) for name, value in form.items(multi=True) if name not in OF_THE_DAY]
    first = since + timedelta(days=(weekday - since.weekday()) % 7)
    try:
        usual = forms.plan_in(MultiDict([*recurring, ("date", first.isoformat()), ("allergens_known", "unknown")]))
    except FlawedPlan as error:
        flaws |= error.flaws
    if flaws:
        raise FlawedPlan(flaws)
    return Template(
        id="",
        cantine=cantine,
        usual=usual,
        every=every,
        until=until,
        on_holidays=form.get("on_holidays") == "1",
    )


def _day(text: str, field: str, flaws: dict[str, Flaw]) -> date:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        day = date.min
    if day.year not in YEARS:
        flaws[field] = Flaw.UNREADABLE if text.strip() else Flaw.MISSING
        return date(YEARS[0], 1, 1)
    return day


def _number(text: str, among: range, field: str, flaws: dict[str, Flaw]) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 2 or int(text) not in among:
        flaws[field] = Flaw.OUT_OF_RANGE if text.strip() else Flaw.MISSING
        return among[0]
    return int(text)


def _written(template: Template) -> forms.Typed:
    return {
        "weekdays": [str(template.first.weekday())],
        "since": template.first.isoformat(),
        "until": template.until.isoformat() if template.until else "",
        "every": str(template.every),
        "on_holidays": "1" if template.on_holidays else "",
    }


def _typed(form: MultiDict[str, str]) -> forms.Typed:
    typed = {field: form.get(field, "") for field in FIELDS}
    return {**forms.typed(form), **typed, "weekdays": form.getlist("weekdays")}


def _errors(error: FlawedPlan, partners: Sequence[Partner] = ()) -> Mapping[str, str]:
    found = forms.errors_of(error, words.flaw, partners)
    if isinstance(error, OverlappingTemplates):
        found["meal_starts"] = _(
            "In these hours there is already the weekly meal of %(weekday)s, %(time)s. A meal takes two hours.",
            weekday=words.weekday(error.other.first.weekday()),
            time=current().clock(error.other.usual.meal_starts),
        )
    return found


def _form(values: forms.Typed, errors: Mapping[str, str], seen: Weekly | None = None) -> str:
    return render_template(
        "weekly_one.html",
        **plans.choices(seen.template.cantine if seen else None),
        values=values,
        errors=errors,
        weekly=seen,
        seen=None,
        most_weeks=MAX_EVERY,
        weekdays=[(str(number), words.weekday(number)) for number in range(7)],
    )
