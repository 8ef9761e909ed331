"""What staff see of guests: the meals of the day, and who comes to one."""

from uuid import uuid4

from flask import Blueprint, render_template

from services.booking.domain.sittings import takes_bookings
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
    return _shown("guests.html", sitting_id)


@blueprint.get("/<sitting_id>/guests")
def renew(sitting_id: str) -> str:
    """Only the list: for the page, which asks again while something is being checked."""
    return guest_list(sitting_id)


def guest_list(sitting_id: str) -> str:
    """The list as it stands now."""
    return _shown("guest_list.html", sitting_id)


def _shown(template: str, sitting_id: str) -> str:
    staff = me()
    table = look_at_table(desk().service, staff, sitting_id)
    members = desk().register.among(staff, table.sitting, [one.booking for one in table.guests])
    return render_template(
        template,
        table=table,
        members=members,
        takes_bookings=takes_bookings(table.sitting, table.now),
        staff=staff,
        token_of_form=uuid4().hex,
    )
