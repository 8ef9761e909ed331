"""The prep sheet, to print on one page: how many to cook for, and the list for the door."""

from flask import Blueprint, render_template, request

from services.booking.domain.forecast import TEAM
from services.booking.pages.access import coordinator
from services.booking.pages.desk import desk
from services.booking.use_cases.prepare import prepare

blueprint = Blueprint("prep", __name__, template_folder="templates", url_prefix="/table/<sitting_id>/prep")


@blueprint.get("")
def sheet(sitting_id: str) -> str:
    """The sheet; `team` in the address says how many eat without a booking."""
    staff = coordinator()
    team = request.args.get("team", TEAM, type=int)
    table, expected = prepare(desk().service, staff, sitting_id, team if 0 <= team <= 50 else TEAM)
    return render_template("prep.html", table=table, forecast=expected, staff=staff)
