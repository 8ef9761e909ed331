"""A request that waits to be confirmed: for who made it, and behind the link of the letter, for whom it names."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from services.booking.domain.held import State
from services.booking.pages.desk import desk
from services.booking.use_cases.hold import Request, confirm, look_at_request, refuse
from services.booking.use_cases.look import look
from services.booking.use_cases.look_at_twins import twins_of_wish
from shared.web.headers import keep_secret
from shared.web.language import gettext as _

asked = Blueprint("held", __name__, url_prefix="/asked/<token>", template_folder="templates")
blueprint = Blueprint("confirm", __name__, url_prefix="/confirm/<token>", template_folder="templates")
asked.after_request(keep_secret)
blueprint.after_request(keep_secret)


@asked.get("")
def show(token: str) -> str | tuple[str, int]:
    """Look into your mailbox. Whoever filled in the form sees nothing here but how it stands."""
    request = look_at_request(desk().service, desk().held_of(token))
    if request.state is State.LAPSED:
        return _lapsed(request)
    return render_template("held.html", request=request, sms=desk().sms)


@blueprint.get("")
def question(token: str) -> str | tuple[str, int] | Response:
    """Is this yours? Opening it books nothing: mail scanners open links too."""
    request = look_at_request(desk().service, desk().confirm_of(token))
    if request.held.booking is not None:
        return redirect(_address(request.held.booking))
    if request.state is State.LAPSED:
        return _lapsed(request)
    twins = twins_of_wish(desk().service, request.held.sitting, request.held.wish) if request.held.wish else []
    shown = [(one.party, desk().verified_token(one)) for one in twins]
    return render_template("confirm.html", token=token, request=request, twins=shown)


@blueprint.post("")
def yes(token: str) -> Response:
    """It is: book it, and go on to its page, by a link that came with a letter."""
    booking = confirm(desk().service, desk().reception, desk().confirm_of(token))
    return redirect(_address(booking), 303)


@blueprint.get("/no")
def back(token: str) -> Response:
    """This address only receives a form."""
    return redirect(url_for("confirm.question", token=token))


@blueprint.post("/no")
def no(token: str) -> Response:
    """It is not."""
    refuse(desk().service, desk().confirm_of(token))
    flash(_("Thank you: nothing is booked, and what was written there is forgotten."))
    return redirect(url_for("meals.meals"), 303)


def _address(booking_id: str) -> str:
    """The page of what a request became, for who has come by the letter that asked."""
    return url_for("booking.show", token=desk().verified_token(look(desk().service, booking_id).booking))


def _lapsed(request: Request) -> tuple[str, int]:
    return render_template("held_lapsed.html", request=request), 410
