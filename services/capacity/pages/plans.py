"""Coordinators open a meal, change it, cancel it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.capacity.domain.allotments import MAX_HOURS
from services.capacity.domain.history import by_hand
from services.capacity.domain.hours import MAX_DAYS_BEFORE
from services.capacity.domain.kitchen import MAX_SEATS
from services.capacity.domain.sittings import ALLERGENS, DIETS, MAX_MENU, FlawedPlan
from services.capacity.pages import forms, kitchen_words, words
from services.capacity.pages.access import me, my_sitting
from services.capacity.pages.desk import desk
from services.capacity.pages.stale import comes_back
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from services.capacity.use_cases.edit_sitting import edit_sitting
from services.capacity.use_cases.go_ahead import go_ahead
from services.capacity.use_cases.look import Seen, count_bookings, find_cantines, find_kitchen, in_the_same_hours
from services.capacity.use_cases.open_sitting import open_sitting
from services.capacity.use_cases.release_seats import release_now
from services.capacity.use_cases.take_bookings import take_bookings
from shared.quiet_hours import END, awake
from shared.web import language
from shared.web.language import gettext as _
from shared.web.language import ngettext

blueprint = Blueprint("plans", __name__, template_folder="templates", url_prefix="/coordination/sittings")


@blueprint.get("/new")
def new() -> str:
    """An empty form."""
    return _form(forms.blank(), {})


@blueprint.post("/new")
def open_one() -> Response | tuple[str, int]:
    """Open a meal of one of my cantines."""
    cantine = request.form.get("cantine", "")
    if cantine not in me().cantines:
        return _form(forms.typed(request.form), {"cantine": _("Please choose one of your canteens.")}), 422
    try:
        with desk().service.work() as work:
            sitting = open_sitting(
                work, cantine, forms.plan_in(request.form), desk().settings.public_url, by_hand(me())
            )
    except FlawedPlan as error:
        partners = find_kitchen(desk().service, cantine).partners
        return _form(forms.typed(request.form), forms.errors_of(error, words.flaw, partners)), 422
    flash(_("The meal is open. Residents can book it now."))
    for other in in_the_same_hours(desk().service, sitting):
        at = language.current().clock(other.meal_starts)
        flash(_("In these hours there is already the meal at %(time)s. Was it opened twice?", time=at), "warn")
    return redirect(url_for("sittings.one", sitting_id=sitting), 303)


@comes_back("plans.open_one")
def new_again() -> str:
    """The form with the meal that was planned."""
    return _form(forms.typed(request.form), {})


@blueprint.get("/<sitting_id>/edit")
def edit(sitting_id: str) -> str:
    """The plan of a meal, to be changed."""
    seen = my_sitting(sitting_id)
    return _form(forms.written(seen.sitting.plan), {}, seen)


@blueprint.post("/<sitting_id>/edit")
def change(sitting_id: str) -> Response | tuple[str, int]:
    """Change a meal."""
    seen = my_sitting(sitting_id)
    try:
        with desk().service.work() as work:
            after = edit_sitting(
                work, sitting_id, forms.plan_in(request.form), desk().settings.public_url, by_hand(me())
            )
    except FlawedPlan as error:
        partners = find_kitchen(desk().service, seen.sitting.cantine).partners
        return _form(forms.typed(request.form), forms.errors_of(error, words.flaw, partners), seen), 422
    moves = after.starts_at != seen.sitting.starts_at
    flash(" ".join([_("The meal is changed."), *(_who_is_told(seen) if moves else ())]))
    bounds = kitchen_words.bounds(after.seating)
    if bounds and after.seating.kitchen.room > seen.sitting.seating.kitchen.room:  # more chairs, and perhaps no use
        flash(bounds, "warn")
    return redirect(url_for("sittings.one", sitting_id=sitting_id), 303)


@comes_back("plans.change")
def edit_again(sitting_id: str) -> str:
    """The form with what was changed."""
    return _form(forms.typed(request.form), {}, my_sitting(sitting_id))


@blueprint.post("/<sitting_id>/close-bookings")
def close_bookings(sitting_id: str) -> Response:
    """One tap: nobody new can book. Who has a place keeps it."""
    return _takes_bookings(sitting_id, False)


@blueprint.post("/<sitting_id>/open-bookings")
def open_bookings(sitting_id: str) -> Response:
    """One tap: the meal can be booked again."""
    return _takes_bookings(sitting_id, True)


@blueprint.post("/<sitting_id>/release-seats")
def release_seats(sitting_id: str) -> Response:
    """One tap: seats that are kept for somebody are kept no longer."""
    my_sitting(sitting_id)
    with desk().service.work() as work:
        release_now(work, sitting_id, request.form.getlist("kind"), desk().settings.public_url, by_hand(me()))
    flash(_("The seats are released. They go to who waits."))
    return redirect(url_for("sittings.one", sitting_id=sitting_id), 303)


@blueprint.post("/<sitting_id>/go-ahead")
def goes_ahead(sitting_id: str) -> Response:
    """The answer to the question whether a meal goes ahead."""
    my_sitting(sitting_id)
    with desk().service.work() as work:
        go_ahead(work, sitting_id, me(), desk().settings.public_url)
    flash(_("The meal goes ahead. Nobody is asked any more."))
    return redirect(url_for("sittings.one", sitting_id=sitting_id), 303)


@blueprint.get("/<sitting_id>/cancel")
def ask_to_cancel(sitting_id: str) -> str:
    """Make sure that this is meant."""
    return render_template("cancel.html", seen=my_sitting(sitting_id))


@blueprint.post("/<sitting_id>/cancel")
def cancel(sitting_id: str) -> Response:
    """Cancel a meal for good."""
    my_sitting(sitting_id)
    with desk().service.work() as work:
        cancel_sitting(work, sitting_id, desk().settings.public_url, by_hand(me()))
    flash(_("The meal is cancelled. Everybody who had booked is being told."))
    return redirect(url_for("sittings.one", sitting_id=sitting_id), 303)


def _who_is_told(seen: Seen) -> list[str]:
    """What becomes of who has a place at a meal that moves, as notifications do it: they wait for a host who typed a
    wrong hour, and let no telephone ring at night.
    """
    bookings, zone = count_bookings(desk().service, seen.sitting.id), seen.cantine.zone
    if not bookings:
        return []
    told = ngettext(
        "%(num)d booking is told in about two minutes that it moves, if it stays so.",
        "%(num)d bookings are told in about two minutes that it moves, if it stays so.",
        bookings,
    )
    if awake(seen.now, zone) == seen.now:
        return [told]
    return [told, _("By SMS at %(time)s, unless the meal is near.", time=language.current().clock(END))]


def _takes_bookings(sitting_id: str, wished: bool) -> Response:
    """What was done is said by name: on the page of the weeks there are many meals."""
    seen = my_sitting(sitting_id)
    sitting, says = seen.sitting, language.current()
    meal = f"{seen.cantine.name}, {says.day(sitting.date)}, {says.clock(sitting.meal_starts)}"
    with desk().service.work() as work:
        take_bookings(work, sitting_id, wished, desk().settings.public_url, by_hand(me()))
    flash(
        _("%(meal)s: the meal can be booked again.", meal=meal)
        if wished
        else _("%(meal)s: bookings are closed. Who has a place keeps it.", meal=meal)
    )
    if request.form.get("back") == "weeks":
        return redirect(url_for("sittings.overview") + f"?from={seen.sitting.date}", 303)
    return redirect(url_for("sittings.one", sitting_id=sitting_id), 303)


def _form(values: forms.Typed, errors: dict[str, str], seen: Seen | None = None) -> str:
    cantine = seen.sitting.cantine if seen else None
    return render_template("plan.html", **choices(cantine), values=values, errors=errors, seen=seen)


def choices(cantine: str | None) -> dict[str, object]:
    """What can be chosen in the form of a plan; partners only once it is known of which cantine it is."""
    cantines = find_cantines(desk().service, me().cantines)
    return {
        "cantines": [(slug, cantine.name) for slug, cantine in cantines.items()],
        "partners": find_kitchen(desk().service, cantine).partners if cantine else (),
        "max_hours": MAX_HOURS,
        "allergens": ALLERGENS,
        "diets": DIETS,
        "max_days_before": MAX_DAYS_BEFORE,
        "max_seats": MAX_SEATS,
        "max_menu": MAX_MENU,
    }
