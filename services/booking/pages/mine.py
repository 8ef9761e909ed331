"""My bookings: somebody asks for a link, and comes back by it to all that is theirs. No password, no account."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.booking.domain.complaints import InvalidInput
from services.booking.domain.contact import way_of
from services.booking.pages.desk import desk
from services.booking.pages.forms import typed
from services.booking.pages.stale import comes_back
from services.booking.pages.words import complaint
from services.booking.use_cases.look_at_mine import look_at_mine, no_more_calls
from services.booking.use_cases.send_links import ask_for_link
from shared.web import language
from shared.web.headers import keep_secret
from shared.web.language import gettext as _

asking = Blueprint("my_bookings", __name__, url_prefix="/my/bookings", template_folder="templates")
blueprint = Blueprint("mine", __name__, url_prefix="/my/<token>", template_folder="templates")
blueprint.after_request(keep_secret)


@asking.get("")
def form() -> str:
    """Ask for a link."""
    return _form("", {})


@asking.post("")
def ask() -> Response | tuple[str, int]:
    """Take the request. The answer, and the time that it takes, is the same whether anybody is known or not."""
    try:
        way = way_of(request.form.get("contact", ""), language=language.current().code, sms=desk().sms)
    except InvalidInput as error:
        errors = {field: complaint(said) for field, said in error.complaints.items()}
        return _form(typed(request.form, ["contact"])["contact"], errors), 422
    ask_for_link(desk().service, desk().links, way, request.remote_addr, desk().links_from_place)
    return redirect(url_for("my_bookings.asked"), 303)


@comes_back("my_bookings.ask")
def ask_again() -> str:
    """The form with what was typed."""
    return _form(typed(request.form, ["contact"])["contact"], {})


@asking.get("/asked")
def asked() -> str:
    """Look into your mailbox."""
    return render_template("my_link_asked.html", sms=desk().sms)


@blueprint.get("")
def show(token: str) -> str:
    """All that is mine. Opening it changes nothing: mail scanners open links too."""
    mine = look_at_mine(desk().service, desk().mine_of(token), sms=desk().sms)
    addresses = [
        desk().verified_token(one.booking) if one.verified else desk().token(one.booking.id) for one in mine.coming
    ]
    places = [(place, cantine, desk().usual_token(place.id)) for place, cantine in mine.places]
    return render_template(
        "mine.html", token=token, mine=mine, coming=list(zip(mine.coming, addresses, strict=True)), places=places
    )


@blueprint.get("/calls")
def back(token: str) -> Response:
    """This address only receives a form."""
    return redirect(url_for("mine.show", token=token))


@blueprint.post("/calls")
def calls(token: str) -> Response:
    """A canteen no longer calls me when cooks are missing."""
    no_more_calls(desk().service, desk().voice, desk().mine_of(token), request.form.get("cantine", "")[:60])
    flash(_("We no longer call you when cooks are missing."))
    return redirect(url_for("mine.show", token=token), 303)


def _form(contact: str, errors: dict[str, str]) -> str:
    return render_template("my_bookings.html", contact=contact, errors=errors, sms=desk().sms)
