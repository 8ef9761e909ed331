"""Short links: an SMS holds 160 characters, and the secret in a booking's own address takes most of them."""

from flask import Blueprint, abort, redirect
from werkzeug.wrappers import Response

from services.notifications.pages.desk import service
from services.notifications.use_cases.follow_link import follow

blueprint = Blueprint("links", __name__, url_prefix="/messages/l")


@blueprint.get("/<code>")
def to_booking(code: str) -> Response:
    """On to the booking's own page."""
    link = follow(service(), code[:40])
    if link is None:
        abort(404)
    response = redirect(link)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
