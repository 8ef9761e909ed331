"""What became of the words that a host wrote to the guests of a meal: counts, never who."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from services.notifications.pages.access import me
from services.notifications.pages.desk import service
from services.notifications.use_cases.look_at_host_messages import NoSuchMeal, look_at_host_messages
from shared.web.errors import Problem

blueprint = Blueprint("host_messages", __name__, url_prefix="/messages/to-guests", template_folder="templates")


@blueprint.get("/<sitting_id>")
def show(sitting_id: str) -> ResponseReturnValue:
    """All that was written to the guests of a meal."""
    try:
        sitting, sent = look_at_host_messages(service(), me(), sitting_id)
    except NoSuchMeal as error:
        raise Problem(404) from error
    return render_template("host_messages.html", sitting=sitting, sent=sent)
