"""What became of the words that a host wrote to the guests of a meal: counts, never who."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from services.notifications.domain.staff import Staff
from services.notifications.pages.desk import service
from services.notifications.use_cases.look_at_host_messages import NoSuchMeal, find_staff, look_at_host_messages
from shared.web.errors import TRY_AGAIN_AFTER, Problem
from shared.web.language import gettext as _
from shared.web.session import remember_wanted_page, signed_in

SIGN_IN = "/coordination/sign-in"  # capacity's

blueprint = Blueprint("host_messages", __name__, url_prefix="/messages/to-guests", template_folder="templates")


@blueprint.get("/<sitting_id>")
def show(sitting_id: str) -> ResponseReturnValue:
    """All that was written to the guests of a meal."""
    who = signed_in()
    if who is None:
        remember_wanted_page()
        return redirect(SIGN_IN, 303)
    try:
        sitting, sent = look_at_host_messages(service(), _known(who.staff), sitting_id)
    except NoSuchMeal as error:
        raise Problem(404) from error
    return render_template("host_messages.html", sitting=sitting, sent=sent)


def _known(staff_id: str) -> Staff:
    """The member of staff who asks, as they stand now. Raises Problem."""
    staff = find_staff(service(), staff_id)
    if staff is None:
        detail = _("Please try again in a minute.")
        raise Problem(503, _("We are just getting to know you"), detail, headers=TRY_AGAIN_AFTER)
    return staff
