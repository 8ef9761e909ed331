"""The meals to come, and the form with which one books."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.errors import AlreadySent
from services.booking.domain.once import once
from services.booking.domain.parties import MOST_PEOPLE
from services.booking.domain.sittings import availability
from services.booking.domain.wish import Wish
from services.booking.pages.desk import desk
from services.booking.pages.forms import WISH_FIELDS, typed, wish_in
from services.booking.pages.words import complaint
from services.booking.store.sittings import Filter
from services.booking.use_cases.look import find_cantines, find_meal, find_meals
from shared.web import language
from shared.web.language import gettext as _

blueprint = Blueprint("meals", __name__, template_folder="templates")

SHOWN = timedelta(days=7)


@blueprint.get("/")
def meals() -> str:
    """The next meals of the network, day by day, a week at a time."""
    which = Filter(city=request.args.get("city") or None, cantine=request.args.get("cantine") or None)
    cantines = find_cantines(desk().service)
    found = find_meals(desk().service, which)
    days = [one.date for one in found.items]
    first = _first_day(days or [found.now.date()])
    shown = [one for one in found.items if first <= one.date < first + SHOWN]
    return render_template(
        "meals.html",
        days=[(day, list(meals_of_day)) for day, meals_of_day in groupby(shown, key=lambda one: one.date)],
        now=found.now,
        availability=availability,
        cities=sorted({(city, city) for city, _slug, _name in cantines}),
        cantines=[(slug, name) for _city, slug, name in cantines],
        which=which,
        earlier=max(min(days), first - SHOWN) if days and min(days) < first else None,
        later=min((day for day in days if day >= first + SHOWN), default=None),
    )


@blueprint.get("/meals/<sitting_id>")
def meal(sitting_id: str) -> str:
    """One meal, with the form to book it."""
    blank = dict.fromkeys(WISH_FIELDS, "") | {"people": "1", "cooks": "0", "children": "0"}
    return _meal_page(sitting_id, blank | {"language": language.current().code, "form_token": uuid4().hex}, {})


@blueprint.post("/meals/<sitting_id>")
def reserve(sitting_id: str) -> Response | tuple[str, int]:
    """Book, and go on to the booking's own page."""
    try:
        wish = wish_in(request.form, [choice.code for choice in language.choices()], sms=desk().sms)
    except InvalidInput as error:
        kept = typed(request.form, (*WISH_FIELDS, "form_token"))
        return _meal_page(sitting_id, kept, error.complaints), 422
    return redirect(url_for("booking.show", token=desk().token(_book_once(sitting_id, wish))), 303)


def _book_once(sitting_id: str, wish: Wish) -> str:
    """Book, unless this very form was sent before: then it is the booking that it made."""
    key = request.form.get("form_token", "")
    try:
        only = once("form", key, sitting_id, *wish.details) if key else None
        return desk().reception.book(sitting_id, wish, only).id
    except AlreadySent as error:
        flash(_("This form was already sent. Here is the booking that it made; you can change it below."), "warn")
        return error.booking


def _meal_page(sitting_id: str, values: Mapping[str, str], complaints: Mapping[str, Complaint]) -> str:
    sitting, now = find_meal(desk().service, sitting_id)
    return render_template(
        "meal.html",
        sitting=sitting,
        state=availability(sitting, now).value,
        values=values,
        errors={field: complaint(said) for field, said in complaints.items()},
        most=MOST_PEOPLE,
        sms=desk().sms,
        languages=[(choice.code, choice.name) for choice in language.choices()],
    )


def _first_day(days: Sequence[date]) -> date:
    """The day from which meals are shown: the one asked for, or the nearest that has any."""
    try:
        return min(max(date.fromisoformat(request.args.get("from", "")), min(days)), max(days))
    except ValueError:
        return min(days)
