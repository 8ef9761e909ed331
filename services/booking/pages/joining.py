"""On the list of a meal: who becomes a member of the association, or renews."""

from datetime import date

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from services.booking.pages.access import coordinator
from services.booking.pages.desk import desk
from services.booking.pages.door import back_to_list
from shared.text import is_storable
from shared.web.errors import Problem

blueprint = Blueprint("joining", __name__, url_prefix="/table/<sitting_id>/member")


@blueprint.before_request
def ask_who() -> None:
    """Only for staff who see names, whatever was sent."""
    coordinator()


@blueprint.post("/note")
def note(sitting_id: str) -> ResponseReturnValue:
    """They are a member, for a year or a year more."""
    namesake = _id("membership") or None
    desk().register.note(coordinator(), sitting_id, _id("booking"), _until(), namesake)
    return back_to_list(sitting_id)


@blueprint.post("/take-back")
def take_back(sitting_id: str) -> ResponseReturnValue:
    """That was a slip of the finger."""
    until = _until()
    if until is None:
        raise Problem(400)
    desk().register.take_back(coordinator(), _id("membership"), until)
    return back_to_list(sitting_id)


@blueprint.post("/recognise")
def recognise(sitting_id: str) -> ResponseReturnValue:
    """They are the member of the same name."""
    desk().register.recognise(coordinator(), sitting_id, _id("booking"), _id("membership"))
    return back_to_list(sitting_id)


def _id(field: str) -> str:
    text = request.form.get(field, "")
    if not is_storable(text):
        raise Problem(400)
    return text


def _until() -> date | None:
    """The day that the page showed."""
    text = request.form.get("until", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Problem(400) from error
