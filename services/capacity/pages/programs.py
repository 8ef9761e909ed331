"""What leaves for other programs: the secrets by which they come in."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.capacity.domain.tokens import MOST_TOKENS, NAME_LENGTH, TooManyTokens, UnnamedToken
from services.capacity.pages.access import me
from services.capacity.pages.desk import desk
from services.capacity.use_cases.tokens import make_token, revoke_token, tokens_of
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


@blueprint.post("/tokens/<token_id>/withdraw")
def withdraw(token_id: str) -> Response:
    """Withdraw a token."""
    staff = me()
    with desk().service.work() as work:
        revoke_token(work, staff, token_id)
    flash(_("The token is withdrawn. It opens nothing any more."))
    return redirect(url_for("programs.overview"), 303)


def _page(name: str = "", errors: dict[str, str] | None = None, secret: str | None = None) -> str:
    return render_template(
        "programs.html",
        tokens=tokens_of(desk().service, me()),
        secret=secret,
        name=name,
        name_length=NAME_LENGTH,
        errors=errors or {},
    )
