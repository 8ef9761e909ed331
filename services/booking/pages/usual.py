"""A usual place, behind its secret link: resumed by one tap, ended by one tap."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.booking.pages.desk import desk
from services.booking.use_cases.usual_places import end, find_usual, resume
from shared.web.headers import keep_secret
from shared.web.language import gettext as _

blueprint = Blueprint("usual", __name__, url_prefix="/usual/<token>", template_folder="templates")
blueprint.after_request(keep_secret)


@blueprint.get("")
def show(token: str) -> str:
    """The usual place."""
    return render_template("usual.html", token=token, seen=find_usual(desk().service, desk().usual_of(token)))


@blueprint.get("/resume")
@blueprint.get("/end")
def back(token: str) -> AnyResponse:
    """These addresses only receive forms; who opens one, as mail scanners do, changes nothing."""
    return redirect(url_for("usual.show", token=token))


@blueprint.post("/resume")
def come_again(token: str) -> AnyResponse:
    """I come again."""
    resume(desk().service, desk().voice, desk().usual_of(token))
    flash(_("Lovely! Your place is kept again."))
    return redirect(url_for("usual.show", token=token), 303)


@blueprint.post("/end")
def no_longer(token: str) -> str:
    """No longer every week."""
    end(desk().service, desk().voice, desk().usual_of(token))
    return render_template("usual_ended.html")
