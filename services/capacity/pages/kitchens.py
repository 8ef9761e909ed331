"""The kitchens of my cantines: how many can eat when so many cook."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.capacity.domain.allotments import MAX_HOURS
from services.capacity.domain.history import by_hand
from services.capacity.domain.hours import MAX_DAYS_BEFORE
from services.capacity.domain.kitchen import MAX_MONTHLY, MAX_SEATS, FlawedKitchen, Kitchen
from services.capacity.pages import allotment_forms, kitchen_forms, words
from services.capacity.pages.access import me
from services.capacity.pages.desk import desk
from services.capacity.pages.stale import comes_back
from services.capacity.use_cases.look import find_cantines, find_kitchen
from services.capacity.use_cases.set_kitchen import set_kitchen
from shared.web.language import gettext as _
from shared.web.language import ngettext

blueprint = Blueprint("kitchens", __name__, template_folder="templates", url_prefix="/coordination/kitchens")


@blueprint.get("")
def all_of_them() -> str:
    """Which kitchens there are."""
    service = desk().service
    cantines = find_cantines(service, me().cantines)
    return render_template(
        "kitchens.html", cantines=cantines, kitchens={slug: find_kitchen(service, slug) for slug in cantines}
    )


@blueprint.get("/<slug>")
def one(slug: str) -> str:
    """One kitchen, to be changed."""
    kitchen = _mine(slug)
    return _page(slug, kitchen, kitchen_forms.written(kitchen), allotment_forms.written_partners(kitchen), {})


@blueprint.post("/<slug>")
def change(slug: str) -> Response | tuple[str, int]:
    """Change one kitchen; its meals to come follow."""
    before = _mine(slug)
    try:
        with desk().service.work() as work:
            kitchen = kitchen_forms.kitchen_in(request.form, before)
            meals = set_kitchen(work, slug, kitchen, desk().settings.public_url, by_hand(me()))
    except FlawedKitchen as error:
        places = {field: place for place, field in enumerate(kitchen_forms.FIELDS)}
        in_order = sorted(error.flaws, key=lambda field: (places.get(field, len(places)), field))
        errors = {field: words.flaw(field, error.flaws[field], error.most.get(field, 0)) for field in in_order}
        return _typed_page(slug, before, errors), 422
    flash(_("Saved.") + " " + ngettext("%(num)d meal to come follows.", "%(num)d meals to come follow.", meals))
    return redirect(url_for("kitchens.one", slug=slug), 303)


@comes_back("kitchens.change")
def one_again(slug: str) -> str:
    """The kitchen as it was typed."""
    return _typed_page(slug, _mine(slug), {})


def _mine(slug: str) -> Kitchen:
    if slug not in me().cantines:
        abort(404)
    return find_kitchen(desk().service, slug)


def _typed_page(slug: str, kitchen: Kitchen, errors: dict[str, str]) -> str:
    typed = {field: request.form.get(field, "") for field in kitchen_forms.FIELDS}
    return _page(slug, kitchen, typed, allotment_forms.typed_partners(request.form), errors)


def _page(
    slug: str, kitchen: Kitchen, values: dict[str, str], partners: list[dict[str, str]], errors: dict[str, str]
) -> str:
    return render_template(
        "kitchen.html",
        cantine=find_cantines(desk().service, [slug])[slug],
        kitchen=kitchen,
        gives=[(cooks, kitchen.seats(cooks)) for cooks in range(min(kitchen.cook_places, 30) + 1)],
        values=values,
        partners=partners,
        max_hours=MAX_HOURS,
        max_monthly=MAX_MONTHLY,
        errors=errors,
        max_seats=MAX_SEATS,
        max_days_before=MAX_DAYS_BEFORE,
    )
