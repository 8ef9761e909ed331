"""How many letters there were, for administrators."""

from flask import Blueprint, render_template, request

from services.notifications.pages.access import administrator
from services.notifications.pages.desk import service
from services.notifications.use_cases.look_at_figures import look_at_figures

blueprint = Blueprint("figures", __name__, url_prefix="/messages/figures", template_folder="templates")

SPANS = (30, 365)  # days


@blueprint.get("")
def show() -> str:
    """Of a month, or of a year."""
    administrator()
    days = SPANS[1] if request.args.get("days") == str(SPANS[1]) else SPANS[0]
    return render_template("figures.html", figures=look_at_figures(service(), days), days=days, spans=SPANS)
