"""The usual places at my cantines: who comes every week, and how many seats may be given so."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.booking.pages.access import coordinator
from services.booking.pages.desk import desk
from services.booking.use_cases.look_at_usual_places import choose_share, look_at_usual_places
from shared.web.language import gettext as _

blueprint = Blueprint("usual_places", __name__, template_folder="templates", url_prefix="/table/usual")


@blueprint.get("")
def show() -> str:
    """Who comes every week."""
    staff = coordinator()
    return render_template("usual_places.html", cantines=look_at_usual_places(desk().service, staff), staff=staff)


@blueprint.post("/<slug>")
def choose(slug: str) -> Response:
    """How many percent of the seats may be usual places; who has one keeps it."""
    staff, percent = coordinator(), request.form.get("percent", -1, type=int)
    if slug not in {one.cantine.slug for one in look_at_usual_places(desk().service, staff)}:
        abort(404)
    if 0 <= percent <= 100:
        choose_share(desk().service, slug, percent)
        flash(_("Saved. Who has a usual place keeps it, while there is room."))
    else:
        flash(_("Please write a whole number from 0 to 100."), "bad")
    return redirect(url_for("usual_places.show"), 303)
