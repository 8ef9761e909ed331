"""One tap calls for cooks: people who agreed to be asked are written to, until enough have a place."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from services.capacity.domain.cook_calls import NobodyIsSought
from services.capacity.pages.access import me, my_sitting
from services.capacity.pages.desk import desk
from services.capacity.use_cases.call_cooks import call_cooks, stop_calling
from shared.web.language import gettext as _

blueprint = Blueprint("cook_calls", __name__, template_folder="templates", url_prefix="/coordination/sittings")


@blueprint.post("/<sitting_id>/call-cooks")
def call(sitting_id: str) -> Response:
    """Call for the cooks that are missing."""
    my_sitting(sitting_id)
    try:
        with desk().service.work() as work:
            call_cooks(work, sitting_id, me(), desk().settings.public_url)
        flash(_("People who agreed to be asked are being called, ten at most. It ends by itself when enough say yes."))
    except NobodyIsSought:
        flash(_("No cooks are missing, so nobody is called."), "warn")
    return _back(sitting_id)


@blueprint.post("/<sitting_id>/stop-calling")
def stop(sitting_id: str) -> Response:
    """Enough: nobody else is asked."""
    my_sitting(sitting_id)
    with desk().service.work() as work:
        stop_calling(work, sitting_id, me(), desk().settings.public_url)
    flash(_("The call is over. Who is not written to yet is left in peace; who has said yes is expected."))
    return _back(sitting_id)


def _back(sitting_id: str) -> Response:
    return redirect(url_for("sittings.one", sitting_id=sitting_id, _anchor="cooks"), 303)
