"""What staff see of guests: the meals of the day, and who comes to one."""

from uuid import uuid4

from flask import Blueprint, render_template

from services.booking.pages.access import me
from services.booking.pages.desk import desk
from services.booking.use_cases.look_at_table import look_at_meals, look_at_table

blueprint = Blueprint("table", __name__, template_folder="templates", url_prefix="/table")


@blueprint.get("/")
def today() -> str:
    """The meals of my cantines, from this morning on: who comes, at a glance."""
    staff = me()
    return render_template("today.html", tables=look_at_meals(desk().service, staff), staff=staff)


@blueprint.get("/<sitting_id>")
def guests(sitting_id: str) -> str:
    """One meal with its guests."""
    staff = me()
    table = look_at_table(desk().service, staff, sitting_id)
    return render_template("guests.html", table=table, staff=staff, token_of_form=uuid4().hex)


@blueprint.get("/<sitting_id>/guests")
def renew(sitting_id: str) -> str:
    """Only the list: for the page, which asks again while something is being checked."""
    staff = me()
    table = look_at_table(desk().service, staff, sitting_id)
    return render_template("guest_list.html", table=table, staff=staff, token_of_form=uuid4().hex)
