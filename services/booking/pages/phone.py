"""Somebody calls while the pots are on: their booking in one screen."""

from collections.abc import Mapping
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.errors import AlreadySent, PartyTooLarge
from services.booking.domain.once import once
from services.booking.domain.parties import MOST_PEOPLE, PARTY_FIELDS
from services.booking.domain.sittings import availability, largest_party
from services.booking.pages.access import coordinator
from services.booking.pages.desk import desk
from services.booking.pages.forms import call_in, typed
from services.booking.pages.stale import comes_back
from services.booking.pages.words import complaint
from services.booking.use_cases.look import find_meal
from services.booking.use_cases.look_at_table import look_at_table
from shared.web import language
from shared.web.language import gettext as _

blueprint = Blueprint("phone", __name__, template_folder="templates", url_prefix="/table/<sitting_id>/phone")

FIELDS = (*PARTY_FIELDS, "newcomer", "partner", "name", "phone", "language", "form_token")


@blueprint.get("")
def form(sitting_id: str) -> str:
    """A form to be filled in while one listens."""
    blank = dict.fromkeys(FIELDS, "") | {"people": "1", "cooks": "0", "children": "0", "language": "fr"}
    return _page(sitting_id, blank | {"form_token": uuid4().hex}, {})


@blueprint.post("")
def book(sitting_id: str) -> Response | tuple[str, int]:
    """Book as any resident does, and note who did it."""
    staff = coordinator()
    sitting = look_at_table(desk().service, staff, sitting_id).sitting
    partners = {one.id for one in sitting.partners}
    codes = [choice.code for choice in language.choices()]
    try:
        wish = call_in(request.form, codes, booked_by=staff.id, partners=partners)
    except InvalidInput as error:
        return _page(sitting_id, typed(request.form, FIELDS), error.complaints), 422
    try:
        key = request.form.get("form_token") or uuid4().hex
        desk().reception.book(sitting_id, wish, once("phone", key, sitting_id, *wish.details))
        flash(_("%(name)s is noted. Whether there is room is said in the list below.", name=wish.contact.name))
    except PartyTooLarge:
        return _page(sitting_id, typed(request.form, FIELDS), {"people": Complaint.PARTY_TOO_LARGE}), 422
    except AlreadySent:
        flash(_("This form was already sent. The booking that it made is in the list below."), "warn")
    return redirect(url_for("table.guests", sitting_id=sitting_id), 303)


@comes_back("phone.book")
def book_again(sitting_id: str) -> str:
    """The form with what was typed while one listened."""
    return _page(sitting_id, typed(request.form, FIELDS), {})


def _page(sitting_id: str, values: Mapping[str, str], complaints: Mapping[str, Complaint]) -> str:
    staff = coordinator()
    table = look_at_table(desk().service, staff, sitting_id)
    largest = largest_party(table.sitting, values["partner"])
    return render_template(
        "phone.html",
        staff=staff,
        sitting=table.sitting,
        state=availability(*find_meal(desk().service, sitting_id)).value,
        values=values,
        errors={field: complaint(said, largest) for field, said in complaints.items()},
        most=MOST_PEOPLE,
        partners=[(one.id, one.name) for one in table.sitting.partners],
        languages=[(choice.code, choice.name) for choice in language.choices()],
    )
