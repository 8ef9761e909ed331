"""A call for cooks, as who was asked sees it: yes, no, or no more calls. Only a form answers, no opened link."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.booking.pages.desk import desk
from services.booking.use_cases.answer_call import look_at_call, say_no, say_yes, stop
from shared.web.headers import keep_secret

blueprint = Blueprint("cook_calls", __name__, url_prefix="/cook/<token>", template_folder="templates")

ANSWERS = ("yes", "no", "stop")
blueprint.after_request(keep_secret)


@blueprint.get("")
def show(token: str) -> str:
    """The call, with the answer first that the link in the letter names (`answer`)."""
    person, sitting = desk().call_of(token)
    seen = look_at_call(desk().service, person, sitting)
    wished = request.args.get("answer")
    return render_template(
        "cook_call.html",
        token=token,
        seen=seen,
        first=wished if wished in ANSWERS else "yes",
        booking=desk().letter_token(seen.booking) if seen.booking else None,
    )


@blueprint.get("/yes")
@blueprint.get("/no")
@blueprint.get("/stop")
def back(token: str) -> AnyResponse:
    """These addresses only receive forms; who opens one, as mail scanners do, finds the call and answers nothing."""
    return redirect(url_for("cook_calls.show", token=token))


@blueprint.post("/yes")
def yes(token: str) -> AnyResponse:
    """I come and cook: on to the booking's own page, which says whether there is room."""
    booking = say_yes(desk().service, desk().voice, *desk().call_of(token))
    return redirect(url_for("booking.show", token=desk().letter_token(booking)), 303)


@blueprint.post("/no")
def no(token: str) -> AnyResponse:
    """Not this time."""
    say_no(desk().service, desk().voice, *desk().call_of(token))
    return redirect(url_for("cook_calls.show", token=token), 303)


@blueprint.post("/stop")
def no_more(token: str) -> str:
    """No more calls, by any canteen."""
    person, _sitting = desk().call_of(token)
    stop(desk().service, desk().voice, person)
    return render_template("cook_calls_stopped.html")
