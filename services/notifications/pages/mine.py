"""What was written to me, and what I wrote: behind the same link as my bookings, which booking has sent."""

from flask import Blueprint, Response, jsonify, render_template

from services.notifications.pages.desk import desk, service
from services.notifications.use_cases.export import Kept, LinkOver, as_json, export_by_link
from shared.contracts.guest_link import MINE
from shared.links import ForgedLink
from shared.web.errors import Problem
from shared.web.headers import keep_secret

blueprint = Blueprint("mine", __name__, url_prefix="/messages/my/<token>", template_folder="templates")
blueprint.after_request(keep_secret)


@blueprint.get("")
def show(token: str) -> str:
    """All of it, in words."""
    return render_template("mine.html", token=token, kept=_kept(token))


@blueprint.get("/kept.json")
def kept_as_json(token: str) -> Response:
    """The same for programs, to take along."""
    answer = jsonify(as_json(_kept(token)))
    answer.headers["Content-Disposition"] = 'attachment; filename="tablee-messages.json"'
    return answer


def _kept(token: str) -> Kept:
    if not token.isascii():
        raise Problem(404)
    try:
        return export_by_link(service(), desk().links, desk().links.read(MINE, token))
    except ForgedLink as error:
        raise Problem(404) from error
    except LinkOver as error:
        raise Problem(410) from error
