"""When guests of my cantines are reminded of their meal, and whether they are written to after it."""

from collections.abc import Mapping
from datetime import time

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.capacity.domain.hours import HourBefore
from services.capacity.domain.reminders import MAX_REMINDER_DAYS, FlawedReminders
from services.capacity.pages.access import me
from services.capacity.pages.desk import desk
from services.capacity.pages.numbers import read_count
from services.capacity.pages.stale import comes_back
from services.capacity.use_cases.choose_reminders import choose_reminders
from services.capacity.use_cases.look import find_cantines
from shared.web.language import gettext as _

blueprint = Blueprint("reminders", __name__, template_folder="templates", url_prefix="/coordination/reminders")

FIELDS = ("days", "at", "morning", "thanks")


@blueprint.get("")
def all_of_them() -> str:
    """When each cantine reminds, to be changed."""
    return _page()


@blueprint.post("/<slug>")
def change(slug: str) -> Response | tuple[str, int]:
    """Change when one cantine reminds."""
    if slug not in me().cantines:
        abort(404)
    try:
        at = time.fromisoformat(request.form.get("at", "")).replace(tzinfo=None)
        when = HourBefore(days=read_count(request.form.get("days", "")), at=at)
        with desk().service.work() as work:
            morning_sms, thanks = (request.form.get(name) == "1" for name in ("morning", "thanks"))
            choose_reminders(work, slug, when, morning_sms=morning_sms, thanks=thanks)
    except (ValueError, FlawedReminders):
        most = MAX_REMINDER_DAYS
        wrong = _("Please write 1 to %(most)d days, and an hour between 08:00 and 20:59.", most=most)
        return _typed_page(slug, {slug: wrong}), 422
    flash(_("Saved. It holds at once, for all meals to come."))
    return redirect(url_for("reminders.all_of_them"), 303)


@comes_back("reminders.change")
def change_again(slug: str) -> str:
    """The page with what was typed of one cantine."""
    return _typed_page(slug, {})


def _typed_page(slug: str, errors: Mapping[str, str]) -> str:
    return _page(errors, {slug: {field: request.form.get(field, "") for field in FIELDS}})


def _page(errors: Mapping[str, str] | None = None, typed: Mapping[str, Mapping[str, str]] | None = None) -> str:
    return render_template(
        "reminders.html",
        cantines=find_cantines(desk().service, me().cantines),
        most=MAX_REMINDER_DAYS,
        errors=errors or {},
        typed=typed or {},
    )
