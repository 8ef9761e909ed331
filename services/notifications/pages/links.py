"""Short links: an SMS holds 160 characters, and the secret in a booking's own address takes most of them."""

from flask import Blueprint, abort, redirect
from werkzeug.wrappers import Response

from services.notifications.pages.desk import service
from services.notifications.use_cases.follow_link import follow
from shared.web.headers import keep_secret

blueprint = Blueprint("links", __name__, url_prefix="/messages/l")
blueprint.after_request(keep_secret)


@blueprint.get("/<code>")
def to_booking(code: str) -> Response:
    """On to the booking's own page."""
    link = follow(service(), code[:40])
    if link is None:
        abort(404)
    return redirect(link)
