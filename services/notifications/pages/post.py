"""How the post is, for administrators: providers, timers, letters that wait, and items that could not be handled."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.notifications.pages.access import administrator
from services.notifications.pages.desk import desk, service
from services.notifications.use_cases.look_at_post import (
    FailedAgain,
    NotParked,
    give_up,
    look_at_post,
    replay,
    unstick,
)
from shared.text import is_storable
from shared.web.errors import Problem
from shared.web.language import gettext as _
from shared.web.language import ngettext

blueprint = Blueprint("post", __name__, url_prefix="/messages/post", template_folder="templates")


@blueprint.get("")
def show() -> str:
    """All of it."""
    administrator()
    return render_template("post.html", post=look_at_post(service()))


@blueprint.post("/replay")
def replay_one() -> Response:
    """Handle a parked item again."""
    administrator()
    try:
        replay(service(), desk().inbox, *_named())
        flash(_("It was handled."))
    except NotParked as error:
        raise Problem(409) from error
    except FailedAgain as error:
        flash(_("It failed again: %(error)s.", error=str(error)), "bad")
    return redirect(url_for("post.show"), 303)


@blueprint.post("/give-up")
def give_up_one() -> Response:
    """Forget a parked item without handling it."""
    administrator()
    try:
        give_up(service(), *_named())
    except NotParked as error:
        raise Problem(409) from error
    flash(_("It was given up."))
    return redirect(url_for("post.show"), 303)


@blueprint.post("/unstick")
def unstick_all() -> Response:
    """Send stuck items again."""
    administrator()
    count = unstick(service())
    flash(ngettext("%(num)d item is sent again.", "%(num)d items are sent again.", count))
    return redirect(url_for("post.show"), 303)


def _named() -> tuple[str, str, int]:
    """The item that a form names. Raises Problem."""
    kind, thing, revision = (request.form.get(name, "") for name in ("kind", "thing", "revision"))
    if not (revision.isascii() and revision.isdigit() and len(revision) < 20 and is_storable(kind + thing)):
        raise Problem(422)
    return kind, thing, int(revision)
