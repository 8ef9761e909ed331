"""One click ends what somebody is written unasked: from the page, or from the program that reads their mail (RFC 8058).

The secret in the address proves who it is, so no cookie is needed, nor a token of a form. Who only opens the address,
as mail scanners do, changes nothing.
"""

from flask import Blueprint, render_template

from services.notifications.domain.solicitations import UNSUBSCRIBE, Unsubscription
from services.notifications.pages.desk import desk, service
from services.notifications.use_cases.unsubscribe import unsubscribe
from shared.links import ForgedLink
from shared.web.errors import Problem
from shared.web.headers import keep_secret

blueprint = Blueprint("unsubscribe", __name__, url_prefix="/messages/unsubscribe", template_folder="templates")
blueprint.after_request(keep_secret)


@blueprint.get("/<token>")
def show(token: str) -> str:
    """What would end, and a button."""
    return render_template("unsubscribe.html", what=_wish(token).what, done=False)


@blueprint.post("/<token>")
def end(token: str) -> str:
    """It ends. The answer is no redirect: RFC 8058 forbids one."""
    wish = _wish(token)
    unsubscribe(service(), wish)
    return render_template("unsubscribe.html", what=wish.what, done=True)


def _wish(token: str) -> Unsubscription:
    try:
        return Unsubscription.read(desk().links.read(UNSUBSCRIBE, token))
    except (ForgedLink, ValueError) as error:
        raise Problem(404) from error
