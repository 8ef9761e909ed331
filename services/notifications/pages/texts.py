"""The texts that only a person can understand, for the coordinators of the cantine that they are about."""

from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.notifications.letters.telling import readable
from services.notifications.pages.access import reader
from services.notifications.pages.desk import desk, service
from services.notifications.use_cases.look_at_texts import look_after, look_at_texts, write_again
from shared.web.language import gettext as _

blueprint = Blueprint("texts", __name__, url_prefix="/messages/texts", template_folder="templates")

ZONE = ZoneInfo("Europe/Paris")  # where nobody knows of which cantine
LONGEST = 320


@blueprint.get("")
def show() -> str:
    """What is to be read."""
    return _page(None)


@blueprint.post("/done")
def done() -> Response:
    """Somebody has looked after it."""
    staff, number = reader(), request.form.get("number", 0, type=int)
    if 0 < number < 2**31:
        look_after(service(), staff, number)
    return redirect(url_for("texts.show"), 303)


@blueprint.post("/again")
def again() -> Response | tuple[str, int]:
    """Write to a number again that had said STOP, or to where letters came back from."""
    reader()
    lifted = write_again(service(), desk().links, request.form.get("phone", "")[:LONGEST])
    if lifted is None:
        return _page(_("This is neither a telephone number nor an e-mail address.")), 422
    flash(_("Messages go there again.") if lifted else _("Nothing kept messages from going there."))
    return redirect(url_for("texts.show"), 303)


def _page(error: str | None) -> str:
    found = look_at_texts(service(), reader())
    return render_template("texts.html", found=found, error=error, zone=ZONE, readable=readable)
