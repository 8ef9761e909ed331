"""The menus of some weeks of one cantine, on one page."""

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from itertools import groupby
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from services.capacity.domain.flaws import Flaw
from services.capacity.domain.sittings import ALLERGENS, DIETS, MAX_MENU, Dish, FlawedPlan, PlannedSitting
from services.capacity.pages import forms, words
from services.capacity.pages.access import me
from services.capacity.pages.desk import desk
from services.capacity.pages.stale import comes_back
from services.capacity.pages.weeks import monday_of
from services.capacity.use_cases.look import find_cantines, find_sittings, now
from services.capacity.use_cases.write_menus import FlawedMenus, write_menus
from shared.web.language import ngettext

blueprint = Blueprint("menus", __name__, template_folder="templates", url_prefix="/coordination/menus")

SHOWN = timedelta(weeks=3)


@blueprint.get("")
def overview() -> str:
    """What is served at the meals of the next weeks, to be written."""
    return _page(_cantine(), {}, {})


@blueprint.post("")
def write() -> Response | tuple[str, int]:
    """Keep the menus that were changed on the page; those that were not may be somebody else's to change.

    Allergens and diets were said of the menu: where it is another and they are as they were, they are no longer known.
    """
    cantine = _cantine()
    typed = _all_typed(cantine)
    dishes: dict[str, Dish] = {}
    again: list[str] = []
    flaws: dict[str, Mapping[str, Flaw]] = {}
    for sitting, form in typed.items():
        try:
            dish = forms.dish_in(form)
            was, became = form.get("was"), _digest(dish)
            if was in {None, became}:
                continue
            if _told(was) == _told(became) and dish != dish.untold:
                dish = dish.untold
                again += [sitting] if dish.menu else []
            dishes[sitting] = dish
        except FlawedPlan as error:
            flaws[sitting] = error.flaws
    try:
        if flaws:
            raise FlawedMenus(flaws)
        with desk().service.work() as work:
            written = write_menus(work, me(), dishes, desk().settings.public_url)
    except FlawedMenus as error:
        return _page(cantine, {sitting: forms.typed(form) for sitting, form in typed.items()}, error.flaws), 422
    flash(ngettext("%(num)d menu is kept.", "%(num)d menus are kept.", written))
    return redirect(url_for("menus.overview", cantine=cantine, again=again), 303)


@comes_back("menus.write")
def written_again() -> str:
    """The page with the menus that were typed."""
    cantine = _cantine()
    return _page(cantine, {sitting: forms.typed(form) for sitting, form in _all_typed(cantine).items()}, {})


def _cantine() -> str:
    """The cantine asked for, if it is one of mine; else my first."""
    asked = request.args.get("cantine", "")
    return asked if asked in me().cantines else next(iter(me().cantines), "")


def _to_come(cantine: str) -> list[PlannedSitting]:
    at = now(desk().service)
    zone = next((one.zone for one in find_cantines(desk().service, [cantine]).values()), "UTC")
    today = at.astimezone(ZoneInfo(zone)).date()
    found = find_sittings(desk().service, me(), today, today + SHOWN)
    return [one for one in found if one.cantine == cantine and not one.is_over(at)]


def _all_typed(cantine: str) -> dict[str, MultiDict[str, str]]:
    """What was typed, by meal: of those that were on the page, and are still to come."""
    return {one.id: form for one in _to_come(cantine) if (form := _typed(one.id))}


def _typed(sitting: str) -> MultiDict[str, str]:
    """The fields of one meal, which end in its id."""
    end = f"-{sitting}"
    return MultiDict(
        [(name.removesuffix(end), value) for name, value in request.form.items(multi=True) if name.endswith(end)]
    )


def _digest(dish: Dish) -> str:
    """Tells whether a meal was changed on the page: its menu, and behind a point what was told of it. The order of what
    was ticked is nobody's change.
    """
    told = (None if dish.allergens is None else sorted(dish.allergens), sorted(dish.diets))
    return ".".join(sha256(repr(part).encode()).hexdigest()[:16] for part in (dish.menu, told))


def _told(digest: str) -> str:
    """The part of a digest that is of allergens and diets."""
    return digest.partition(".")[2]


def _weeks(
    meals: Sequence[PlannedSitting], unfolded: Container[str]
) -> Iterator[tuple[date, bool, list[PlannedSitting], int]]:
    """Each week by its Monday: whether it stands open, its meals, and how many menus are yet to be written. The first
    with one to write does, and those with a meal to be looked at (`unfolded`, by id).
    """
    weeks = [(monday, list(ones)) for monday, ones in groupby(meals, key=lambda one: monday_of(one.date))]
    to_write = (monday for monday, ones in weeks if not all(one.menu for one in ones))
    first = next(to_write, weeks[0][0] if weeks else None)
    for monday, ones in weeks:
        opened = monday == first or any(one.id in unfolded for one in ones)
        yield monday, opened, ones, sum(not one.menu for one in ones)


def _page(cantine: str, typed: Mapping[str, forms.Typed], flaws: Mapping[str, Mapping[str, Flaw]]) -> str:
    meals = _to_come(cantine)
    asked = request.args.getlist("again")
    again = [one for one in meals if one.id in asked and one.dish == one.dish.untold]
    return render_template(
        "menus.html",
        cantine=cantine,
        cantines=find_cantines(desk().service, me().cantines),
        weeks=list(_weeks(meals, {*typed, *(one.id for one in again)})),
        values={one.id: typed.get(one.id) or forms.written(one.plan) for one in meals},
        was={one.id: request.form.get(f"was-{one.id}") or _digest(one.dish) for one in meals},
        again=again,
        errors={
            f"{field}-{sitting}": words.flaw(field, flaw)
            for sitting, each in flaws.items()
            for field, flaw in each.items()
        },
        allergens=ALLERGENS,
        diets=DIETS,
        max_menu=MAX_MENU,
    )
