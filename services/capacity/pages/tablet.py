"""A tablet at the door: a helper types the code that a coordinator opened."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from services.capacity.domain.addresses import AT_THE_DOOR
from services.capacity.domain.staff import LinkExpired, LinkUsed
from services.capacity.pages.desk import desk
from services.capacity.use_cases.open_tablet import use_code
from shared.web.language import gettext as _
from shared.web.session import SignedIn, sign_in

blueprint = Blueprint("tablet", __name__, template_folder="templates", url_prefix="/coordination/tablet")


@blueprint.get("")
def ask() -> str:
    """Ask for the code."""
    return render_template("tablet.html", code="", errors={})


@blueprint.post("")
def come_in() -> Response | tuple[str, int]:
    """Come in, for 12 hours."""
    code = request.form.get("code", "")[:40]
    try:
        with desk().service.work() as work:
            tablet = use_code(work, code)
    except (LinkUsed, LinkExpired):
        sorry = _("This code is not good, or no longer: each opens one tablet, within ten minutes.")
        shown = "".join(letter for letter in code if letter.isprintable())
        return render_template("tablet.html", code=shown, errors={"code": sorry}), 422
    sign_in(SignedIn(staff=tablet.id, name=tablet.name, cantines=tablet.cantines))
    return redirect(AT_THE_DOOR, 303)
