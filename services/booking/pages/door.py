"""Check-in, with one thumb: arrived, absent, or come without reserving."""

from datetime import UTC, datetime
from uuid import uuid4

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from services.booking.domain.attendance import MOST_WALK_INS
from services.booking.domain.once import once
from services.booking.pages.access import me
from services.booking.pages.desk import desk
from services.booking.pages.table import guest_list
from services.booking.use_cases import check_in
from shared.text import is_storable
from shared.web.errors import Problem

blueprint = Blueprint("door", __name__, template_folder="templates", url_prefix="/table/<sitting_id>/door")

_MOST = 1000  # people of one booking; the use case knows how many are expected


@blueprint.before_request
def ask_who() -> None:
    """Only for staff, whatever was sent."""
    me()


@blueprint.post("/guest")
def guest(sitting_id: str) -> ResponseReturnValue:
    """A booking arrived (all, or so many of them), is absent, or that is not known after all."""
    booking, came = request.form.get("booking", ""), _came()
    if not is_storable(booking):
        raise Problem(400)
    check_in.mark(desk().service, desk().voice, me(), sitting_id, booking, came=came)
    return back_to_list(sitting_id)


@blueprint.post("/others")
def others(sitting_id: str) -> ResponseReturnValue:
    """All came, except who was marked before."""
    check_in.all_others_came(desk().service, desk().voice, me(), sitting_id)
    return back_to_list(sitting_id)


@blueprint.post("/others/take-back")
def not_all_others(sitting_id: str) -> ResponseReturnValue:
    """Not all of them after all."""
    try:
        at = datetime.fromisoformat(request.form.get("at", ""))
        check_in.not_all_others(desk().service, desk().voice, me(), sitting_id, at.astimezone(UTC))
    except (ValueError, OverflowError) as error:
        raise Problem(400) from error
    return back_to_list(sitting_id)


@blueprint.post("/walk-in")
def walk_in(sitting_id: str) -> ResponseReturnValue:
    """Some came who had not reserved."""
    people = request.form.get("people", 0, type=int)
    if not 1 <= people <= MOST_WALK_INS:
        raise Problem(422)
    key = once("walk-in", request.form.get("form_token") or uuid4().hex, sitting_id).key
    check_in.walk_in(desk().service, me(), sitting_id, people, key)
    return back_to_list(sitting_id)


@blueprint.post("/walk-in/take-back")
def take_back(sitting_id: str) -> ResponseReturnValue:
    """They did not."""
    key = request.form.get("walk_in", "")
    if not is_storable(key):
        raise Problem(400)
    check_in.take_back(desk().service, me(), sitting_id, key)
    return back_to_list(sitting_id)


def _came() -> int | None:
    said = request.form.get("came", "")
    if said == "unknown":
        return None
    if said == "all":
        return _MOST
    if not said.isascii() or not said.isdigit() or len(said) > 3:
        raise Problem(400)
    return int(said)


def back_to_list(sitting_id: str) -> ResponseReturnValue:
    """The list as it stands now: alone, for a page that runs scripts; else the whole page again."""
    if request.headers.get("HX-Request"):
        return guest_list(sitting_id)
    return redirect(url_for("table.guests", sitting_id=sitting_id), 303)
