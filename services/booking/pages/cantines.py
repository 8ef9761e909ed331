"""A cantine's own page, its photos, and its week to hang in the window."""

from datetime import timedelta

import segno
from flask import Blueprint, Response, abort, make_response, render_template, url_for
from markupsafe import Markup

from services.booking.domain.sittings import availability
from services.booking.pages import events
from services.booking.pages.desk import desk
from services.booking.use_cases.look_at_cantine import SeenCantine, find_picture, look_at_cantine, look_at_cities
from shared.contracts.sitting import SittingNotice, SittingStatus

blueprint = Blueprint("cantines", __name__, template_folder="templates", url_prefix="/cantines")

WEEK = timedelta(days=7)
OPEN = 6  # of the next meals; the later ones are folded behind them
A_YEAR = 31_536_000  # seconds; the address of a photo stands for its content


@blueprint.get("")
def all_of_them() -> str:
    """All cantines that have meals to come."""
    return render_template("cantines.html", cities=look_at_cities(desk().service))


@blueprint.get("/<slug>")
def show(slug: str) -> str:
    """Who they are, how to come, what it costs, and the next meals."""
    seen = look_at_cantine(desk().service, slug)
    return render_template(
        "cantine.html",
        seen=seen,
        most=OPEN,
        cantine=seen.cantine,
        availability=availability,
        price=_usual_price(seen),
        markup=events.of_cantine(seen.cantine, seen.photos),
    )


@blueprint.get("/<slug>/week")
def week(slug: str) -> str:
    """The meals of the next seven days on a sheet of A4, for the window."""
    seen = look_at_cantine(desk().service, slug)
    meals = _week(seen.meals)
    return render_template("poster.html", cantine=seen.cantine, meals=meals, page=seen.page, code=_code(slug))


@blueprint.get("/<slug>/photos/<photo>.webp")
def photo(slug: str, photo: str) -> Response:
    """A photo of the cantine."""
    body = find_picture(desk().service, slug, photo)
    if body is None:
        abort(404)
    response = make_response(body)
    response.mimetype = "image/webp"
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


def _week(meals: list[SittingNotice]) -> list[SittingNotice]:
    """From the first meal that takes place on, seven days."""
    on = [one for one in meals if one.status is not SittingStatus.CANCELLED]
    return [one for one in on if one.date < on[0].date + WEEK]


def _usual_price(seen: SeenCantine) -> SittingNotice | None:
    """The next meal, whose price stands for those to come."""
    return seen.meals[0] if seen.meals else None


def _code(slug: str) -> Markup:
    """The address of the cantine's page, for a telephone's camera."""
    address = desk().public_url + url_for("cantines.show", slug=slug)
    return Markup(segno.make(address, micro=False).svg_inline(scale=4, border=2, omitsize=True))  # noqa: S704 - of ours
