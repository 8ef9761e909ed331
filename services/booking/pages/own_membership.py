"""A guest says on their booking's page that they are a member, or would like to be; or takes it back."""

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from services.booking.domain.errors import NotVerified
from services.booking.domain.membership import may_say
from services.booking.pages.booking import is_guests, member_again
from services.booking.pages.desk import desk
from services.booking.pages.stale import comes_back
from services.booking.use_cases.look import look
from services.booking.use_cases.say_member import say_member
from shared.web.headers import keep_secret
from shared.web.language import gettext as _

blueprint = Blueprint("own_membership", __name__, url_prefix="/b/<token>/member", template_folder="templates")
blueprint.after_request(keep_secret)


@blueprint.get("")
def back(token: str) -> Response:
    """This address only receives a form."""
    return redirect(url_for("booking.show", token=token))


@blueprint.post("")
def say(token: str) -> Response:
    """Keep it with the booking. Raises NotVerified if it is not theirs to say."""
    booking_id = desk().booking_of(token)
    if not may_say(look(desk().service, booking_id).booking, by_guest=is_guests(token)):
        raise NotVerified
    say_member(desk().service, booking_id, is_member=_said())
    flash(_("Saved."))
    return redirect(url_for("booking.show", token=token), 303)


@comes_back("own_membership.say")
def say_again(token: str) -> str:
    """The page with what was ticked."""
    return member_again(token, said=_said())


def _said() -> bool:
    return request.form.get("membership") == "1"
