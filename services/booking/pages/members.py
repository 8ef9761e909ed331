"""The members of the associations that run my cantines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from uuid import uuid4

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.contact import contact_of_member
from services.booking.domain.membership import Membership
from services.booking.domain.once import once
from services.booking.pages.access import coordinator
from services.booking.pages.desk import desk
from services.booking.pages.forms import typed
from services.booking.pages.stale import comes_back
from services.booking.pages.words import complaint
from services.booking.use_cases.memberships import Members, look_at_members
from shared.sheets import Cell, sheet
from shared.text import is_storable
from shared.web import language
from shared.web.language import gettext as _

blueprint = Blueprint("members", __name__, template_folder="templates", url_prefix="/table/members")

MOST = 20  # names below one another; more are folded, from one name to another
_FIELDS = ("cantine", "name", "contact", "another")


@dataclass(frozen=True, kw_only=True)
class Fold:
    """Some of a list, below one another; `over` counts those whose membership has lapsed."""

    members: Sequence[Membership]
    over: int


@blueprint.get("")
def show() -> str:
    """All of them, by name."""
    return _page({}, {})


@blueprint.post("")
def note() -> AnyResponse | tuple[str, int]:
    """Somebody is one, whether they have booked or not."""
    staff, found = coordinator(), _mine(request.form.get("cantine", ""))
    key = once("member", request.form.get("form_token") or uuid4().hex, found.cantine.slug).key
    try:
        who = contact_of_member(request.form.get("name", ""), request.form.get("contact", ""))
        another = request.form.get("another") == "1"
        desk().register.note_by_name(staff.id, found.cantine, who, key, another=another)
    except InvalidInput as error:
        return _page(typed(request.form, _FIELDS), error.complaints), 422
    flash(_("Noted: %(name)s.", name=who.name))
    return redirect(url_for("members.show"), 303)


@comes_back("members.note")
def note_again() -> str:
    """The form with what was typed."""
    return _page(typed(request.form, _FIELDS), {})


@blueprint.post("/renew")
def renew() -> AnyResponse:
    """Somebody is one for a year more."""
    desk().register.renew(coordinator(), _membership(), _until())
    return _back_to(_membership())


@blueprint.post("/take-back")
def take_back() -> AnyResponse:
    """That was a slip of the finger: they are one until the day before."""
    desk().register.take_back(coordinator(), _membership(), _until())
    return _back_to(_membership())


@blueprint.post("/remove")
def remove() -> AnyResponse:
    """Somebody is one no more. The list stays open where they were."""
    near = _beside(_membership())
    if name := desk().register.remove(coordinator(), _membership()):
        flash(_("%(name)s is no longer on the list.", name=name))
    return redirect(url_for("members.show", near=near), 303)


@blueprint.get("/<slug>.csv")
def download(slug: str) -> Response:
    """Those of one cantine, for spreadsheet programs."""
    found = _mine(slug)
    rows: list[list[Cell]] = [[one.name, one.until] for one in found.members]
    response = Response("".join(sheet([_("Name"), _("Member until")], rows, language.current())))
    response.mimetype = "text/csv"
    name = f"{_('members')}-{found.today}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def folds(found: Members) -> list[Fold]:
    """All of a cantine in their order, in as few parts as hold `MOST` at most, and nearly as many in each."""
    some = found.members
    size = ceil(len(some) / max(1, ceil(len(some) / MOST))) or 1
    return [_fold(some[begin : begin + size], found.today) for begin in range(0, len(some), size)]


def _fold(some: Sequence[Membership], today: date) -> Fold:
    return Fold(members=some, over=sum(not one.lasts(today) for one in some))


def _back_to(membership: str) -> AnyResponse:
    """The page, open where this one is."""
    return redirect(url_for("members.show", at=membership, _anchor=f"m-{membership}"), 303)


def _beside(membership: str) -> str | None:
    """Who stands after this one in the list, or before the last."""
    for one in look_at_members(desk().service, coordinator()):
        ids = [member.id for member in one.members]
        if membership in ids:
            place = ids.index(membership)
            return next(iter(ids[place + 1 :] or reversed(ids[:place])), None)
    return None


def _membership() -> str:
    membership = request.form.get("membership", "")
    return membership if is_storable(membership) else ""


def _until() -> date:
    """The day that the page showed, which the address of the button carries: its value says whose it is."""
    try:
        return date.fromisoformat(request.args.get("until", ""))
    except ValueError:
        abort(400)


def _mine(slug: str) -> Members:
    for one in look_at_members(desk().service, coordinator()):
        if one.cantine.slug == slug:
            return one
    abort(404)


def _page(values: Mapping[str, str], complaints: Mapping[str, Complaint]) -> str:
    """The page, with what was typed, and what is wrong with it."""
    staff = coordinator()
    found = look_at_members(desk().service, staff)
    return render_template(
        "members.html",
        cantines=found,
        folds=folds,
        at=request.args.get("at"),
        near=request.args.get("near"),
        cantines_to_choose=[(one.cantine.slug, one.cantine.name) for one in found],
        values={**dict.fromkeys(_FIELDS, ""), **values},
        errors={field: complaint(said) for field, said in complaints.items()},
        token_of_form=uuid4().hex,
        staff=staff,
    )
