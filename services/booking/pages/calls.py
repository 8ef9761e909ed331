"""The list for the telephone: letters that can only be spoken."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.booking.domain.calls import About
from services.booking.pages.access import coordinator
from services.booking.pages.desk import desk
from services.booking.use_cases.answer_offer import answer_offer
from services.booking.use_cases.calls import look_at_calls, note_call
from shared.text import is_storable
from shared.web.errors import Problem
from shared.web.language import gettext as _

blueprint = Blueprint("calls", __name__, template_folder="templates", url_prefix="/table/calls")


@blueprint.get("")
def show() -> str:
    """Whom to call, about what, since when."""
    staff = coordinator()
    calls, now = look_at_calls(desk().service, desk().links, staff, sms=desk().sms)
    return render_template("calls.html", calls=calls, now=now, staff=staff)


@blueprint.post("")
def done() -> Response:
    """It was said; and what they replied, if places are kept for them."""
    staff, booking = coordinator(), request.form.get("booking", "")
    news, move = (request.form.get(name, 0, type=int) for name in ("news", "move"))
    if request.form.get("about") not in set(About) or not is_storable(booking) or not min(news, move) >= 0:
        raise Problem(400)
    if max(news, move) >= 2**63:
        raise Problem(400)
    message = request.form.get("message", "")
    if not is_storable(message):
        raise Problem(400)
    note_call(desk().service, staff, booking, About(request.form["about"]), news, move=move, message=message)
    if request.form.get("reply") in {"yes", "no"}:
        answer_offer(desk().service, desk().voice, booking, accepted=request.form["reply"] == "yes")
    flash(_("Noted: that was said."))
    return redirect(url_for("calls.show"), 303)
