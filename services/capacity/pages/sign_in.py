"""Signing in by a link in the mailbox, and out again."""

from email_validator import EmailNotValidError, validate_email
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from services.capacity.domain.addresses import AT_THE_DOOR
from services.capacity.domain.staff import Staff
from services.capacity.pages.desk import desk
from services.capacity.pages.stale import comes_back
from services.capacity.use_cases.ask_to_sign_in import ask_to_sign_in
from services.capacity.use_cases.look import all_staff, find_cantines, find_staff, now
from services.capacity.use_cases.use_sign_in_link import check_sign_in_link, use_sign_in_link
from shared.web.errors import Problem
from shared.web.headers import keep_secret
from shared.web.language import gettext as _
from shared.web.session import SignedIn, sign_out, wanted_page
from shared.web.session import sign_in as begin_session

blueprint = Blueprint("sign_in", __name__, template_folder="templates", url_prefix="/coordination")


@blueprint.after_request
def keep_links_secret(response: FlaskResponse) -> FlaskResponse:
    """Who learns the address of a link could use it first."""
    return keep_secret(response) if "token" in (request.view_args or {}) else response


@blueprint.get("/sign-in")
def form() -> str:
    """Ask for a link; in the demo, take one of the accounts."""
    return _form("", {})


@blueprint.post("/sign-in")
def ask() -> Response | tuple[str, int]:
    """Send a link. The answer is the same whether the address is known or not."""
    email = request.form.get("email", "").strip()[:320]
    try:
        validate_email(email, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return _form(email, {"email": _("Please write an e-mail address, such as camille@example.org.")}), 422
    with desk().service.work() as work:
        ask_to_sign_in(work, email, desk().links, desk().settings.public_url)
    return redirect(url_for("sign_in.sent"), 303)


@comes_back("sign_in.ask")
def form_again() -> str:
    """The form with the address that was typed."""
    return _form(request.form.get("email", "").strip()[:320], {})


@blueprint.get("/sign-in/sent")
def sent() -> str:
    """Look in your mailbox."""
    return render_template("link_sent.html")


@blueprint.get("/sign-in/<token>")
def look_at_link(token: str) -> str:
    """A button. Only pressing it uses the link: mail scanners open links too."""
    at = now(desk().service)
    with desk().service.read() as conn:
        check_sign_in_link(conn, token, desk().links, at)
    return render_template("link_good.html")


@blueprint.post("/sign-in/<token>")
def use_link(token: str) -> Response:
    """Come in."""
    with desk().service.work() as work:
        person = use_sign_in_link(work, token, desk().links)
    return _welcome(person)


@blueprint.post("/demo/sign-in")
def take_demo_account() -> Response:
    """Come in as one of the demo's coordinators: never in production."""
    person = find_staff(desk().service, request.form.get("staff", "")) if desk().settings.demo else None
    if person is None:
        raise Problem(404)
    return _welcome(person)


@blueprint.post("/sign-out")
def leave() -> Response:
    """Go out."""
    sign_out()
    flash(_("You are signed out."))
    return redirect(url_for("sign_in.form"), 303)


def _welcome(person: Staff) -> Response:
    wanted = wanted_page(otherwise=url_for("sittings.overview") if person.plans_meals else AT_THE_DOOR)
    begin_session(SignedIn(staff=person.id, name=person.name, cantines=person.cantines))
    return redirect(wanted, 303)


def _form(email: str, errors: dict[str, str]) -> str:
    accounts = [one for one in all_staff(desk().service) if one.email] if desk().settings.demo else []
    cantines = find_cantines(desk().service, {slug for person in accounts for slug in person.cantines})
    return render_template("sign_in.html", email=email, errors=errors, accounts=accounts, cantines=cantines)
