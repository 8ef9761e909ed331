"""What leaves for other programs: tables, a calendar, and the secrets by which they come in."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.capacity.domain.staff import Staff
from services.capacity.domain.tokens import MOST_TOKENS, NAME_LENGTH, TooManyTokens, UnnamedToken
from services.capacity.pages.access import me
from services.capacity.pages.desk import desk
from services.capacity.pages.stale import comes_back
from services.capacity.pages.tables import last_month
from services.capacity.use_cases.look import find_cantines
from services.capacity.use_cases.my_calendar import renew_calendar, token_of_calendar
from services.capacity.use_cases.tokens import make_token, revoke_token, tokens_of
from shared.web import language
from shared.web.language import gettext as _

blueprint = Blueprint("programs", __name__, template_folder="templates", url_prefix="/coordination/programs")


@blueprint.get("")
def overview() -> str:
    """My files and programs."""
    return _page()


@blueprint.post("/tokens")
def make() -> str | tuple[str, int]:
    """Make a token, and show it this once: the answer is the only place where it ever stands."""
    staff, name = me(), request.form.get("name", "")
    try:
        with desk().service.work() as work:
            secret = make_token(work, staff, name)
    except UnnamedToken:
        return _page(
            name, {"name": _("Please name the program, in %(most)d characters at most.", most=NAME_LENGTH)}
        ), 422
    except TooManyTokens:
        return _page(name, {"name": _("You have %(most)d tokens. Please withdraw one first.", most=MOST_TOKENS)}), 422
    return _page(secret=secret)


@comes_back("programs.make")
def make_again() -> str:
    """The page with the name that was typed."""
    return _page(request.form.get("name", ""))


@blueprint.post("/tokens/<token_id>/withdraw")
def withdraw(token_id: str) -> Response:
    """Withdraw a token."""
    staff = me()
    with desk().service.work() as work:
        revoke_token(work, staff, token_id)
    flash(_("The token is withdrawn. It opens nothing any more."))
    return redirect(url_for("programs.overview"), 303)


@blueprint.post("/calendar")
def renew() -> Response:
    """Make the address of my calendar, or another one."""
    staff = me()
    with desk().service.work() as work:
        renew_calendar(work, staff)
    flash(_("Your calendar has a new address. The one before opens nothing any more."))
    return redirect(url_for("programs.overview"), 303)


def _page(name: str = "", errors: dict[str, str] | None = None, secret: str | None = None) -> str:
    staff = me()
    return render_template(
        "programs.html",
        period=last_month(),
        cantines=[(slug, found.name) for slug, found in find_cantines(desk().service, staff.cantines).items()],
        calendar=_calendar(staff),
        tokens=tokens_of(desk().service, staff),
        secret=secret,
        name=name,
        name_length=NAME_LENGTH,
        errors=errors or {},
    )


def _calendar(staff: Staff) -> dict[str, str] | None:
    """Where a calendar program finds my weeks, and the address that opens one on most phones."""
    token = token_of_calendar(desk().service, staff, desk().links)
    if token is None:
        return None
    address = url_for("calendar.feed", token=token, lang=language.current().code, _external=True)
    return {"address": address, "subscribe": address.replace("https:", "webcal:").replace("http:", "webcal:")}
