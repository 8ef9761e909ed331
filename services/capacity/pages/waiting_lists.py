"""How the waiting lists of my cantines work."""

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.capacity.domain.history import by_hand
from services.capacity.domain.rules import MAX_OFFERS_HOURS, FlawedRules, WaitingRules
from services.capacity.pages.access import me
from services.capacity.pages.desk import desk
from services.capacity.pages.numbers import read_count
from services.capacity.pages.stale import comes_back
from services.capacity.use_cases.look import find_cantines, find_waiting_rules
from services.capacity.use_cases.rule_waiting_lists import rule_waiting_lists
from shared.contracts.sitting import WaitlistPolicy
from shared.web.language import gettext as _

blueprint = Blueprint("waiting_lists", __name__, template_folder="templates", url_prefix="/coordination/waiting-lists")

FIELDS = ("policy", "hours")


@blueprint.get("")
def all_of_them() -> str:
    """The rules of each cantine, to be changed."""
    return _page()


@blueprint.post("/<slug>")
def change(slug: str) -> Response | tuple[str, int]:
    """Change the rules of one cantine."""
    if slug not in me().cantines:
        abort(404)
    try:
        rules = WaitingRules(
            policy=WaitlistPolicy(request.form.get("policy", "")),
            offers_hours=read_count(request.form.get("hours", "")),
        )
    except (ValueError, FlawedRules):
        most = MAX_OFFERS_HOURS
        wrong = _("Please choose one of the two, and write a number of hours between 0 and %(most)d.", most=most)
        return _typed_page(slug, {slug: wrong}), 422
    with desk().service.work() as work:
        rule_waiting_lists(work, slug, rules, desk().settings.public_url, by_hand(me()))
    flash(_("Saved. It holds at once, for all meals to come."))
    return redirect(url_for("waiting_lists.all_of_them"), 303)


@comes_back("waiting_lists.change")
def change_again(slug: str) -> str:
    """The page with what was typed of one cantine."""
    return _typed_page(slug, {})


def _typed_page(slug: str, errors: Mapping[str, str]) -> str:
    return _page(errors, {slug: {field: request.form.get(field, "") for field in FIELDS}})


def _page(errors: Mapping[str, str] | None = None, typed: Mapping[str, Mapping[str, str]] | None = None) -> str:
    slugs = me().cantines
    return render_template(
        "waiting_lists.html",
        cantines=find_cantines(desk().service, slugs),
        rules=find_waiting_rules(desk().service, slugs),
        most=MAX_OFFERS_HOURS,
        errors=errors or {},
        typed=typed or {},
    )
