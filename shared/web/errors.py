"""What goes wrong, told in one way: a friendly page for people, `application/problem+json` (RFC 9457) for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, default_exceptions

from shared.database import is_transient
from shared.logs import correlation, get_logger
from shared.web.language import address_of_this_page
from shared.web.language import gettext as _

log = get_logger(__name__)
TRY_AGAIN_AFTER = {"Retry-After": "5"}  # seconds
PASSING = {429, 500, 503}  # what may be gone a moment later


class Problem(Exception):
    """This cannot be done, and the answer says why.

    Raised anywhere in pages or API. `title` and `detail` are in the user's language; without a title the usual words
    for the status are said. `errors` names what is wrong in which field (for the API).
    """

    def __init__(
        self,
        status: int,
        title: str = "",
        detail: str = "",
        *,
        errors: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, title)
        self.status = status
        self.title = title
        self.detail = detail
        self.errors = errors
        self.headers = dict(headers or {})


def usual_words(status: int) -> tuple[str, str]:
    """Title and detail for a status, in the language of the request."""
    words = {
        400: (_("We did not understand this"), _("Something in the request is not as it should be.")),
        401: (_("Please sign in"), _("This page is for people who are signed in.")),
        403: (_("This is not yours to open"), _("You may not see or do this.")),
        404: (_("There is nothing here"), _("The address may be mistyped, or what was here is gone.")),
        405: (_("This cannot be done here"), _("The page exists, but it does not accept this kind of request.")),
        409: (_("Something has changed meanwhile"), _("Please look at the page again, then decide anew.")),
        410: (_("This link has expired"), _("Please ask for a new one.")),
        413: (_("This is too long"), _("Please send less at once.")),
        415: (_("We did not understand this"), _("The request is not in a format that can be read here.")),
        422: (_("Something is missing or not right"), _("Please check what you entered.")),
        429: (_("That was a lot at once"), _("Please wait a minute, then try again.")),
        500: (_("Something went wrong on our side"), _("We have taken note of it. Please try again in a moment.")),
        503: (_("We will be right back"), _("The kitchen is catching its breath. Please try again in a few seconds.")),
    }
    return words.get(status) or words[400 if status < 500 else 500]


def wants_json() -> bool:
    """Whether a program asks: at the API, or by its Accept header."""
    kinds = ["text/html", "application/json", "application/problem+json"]
    wanted = request.accept_mimetypes.best_match(kinds, "text/html")
    return request.path.startswith(current_app.config["API_ROOT"]) or wanted != "text/html"


def answer(problem: Problem, sent: Sequence[tuple[str, str]] = ()) -> Response:
    """The response that tells a problem; with what was `sent` by a form (names and values), to be sent once more."""
    title, detail = usual_words(problem.status)
    if problem.title:
        title, detail = problem.title, problem.detail
    if wants_json():
        body: dict[str, Any] = {"type": "about:blank", "title": title, "status": problem.status}
        body |= {"detail": detail} if detail else {}
        body |= {"errors": problem.errors} if problem.errors else {}
        response = make_response(body)
        response.mimetype = "application/problem+json"
    else:
        known_as = correlation() if problem.status >= 500 else None
        again = address_of_this_page() if request.method != "GET" or problem.status in PASSING else None
        response = make_response(
            render_template("error.html", title=title, detail=detail, known_as=known_as, again=again, sent=sent)
        )
    response.status_code = problem.status
    response.headers.update(problem.headers)
    return response


def install(app: Flask, prefix: str) -> None:
    """One table from what was raised to the answer. `prefix` is where the service lives on the host."""
    app.config["API_ROOT"] = f"{prefix}/api/"
    app.register_error_handler(Problem, answer)
    app.register_error_handler(CSRFError, not_sent_from_our_page)
    app.register_error_handler(SQLAlchemyError, _database_trouble)
    app.register_error_handler(HTTPException, _from_http)
    for status in default_exceptions:  # by number too: a handler of flask-smorest, registered later, would win
        app.register_error_handler(status, _from_http)


def _from_http(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:  # a redirect
        return error
    said: Mapping[str, Any] = getattr(error, "data", None) or {}  # from webargs: which fields are wrong
    errors = said.get("errors") or said.get("messages")
    headers = dict(said.get("headers") or {})
    if isinstance(error, MethodNotAllowed):
        headers["Allow"] = ", ".join(error.valid_methods or ())
    return answer(Problem(error.code, errors=errors, headers=headers))


def not_sent_from_our_page(_error: CSRFError) -> Response:
    """The answer to a form whose token is none, or too old: nothing was done."""
    title = _("Please send this again")
    detail = _("This page was open for a long time, so nothing was sent or changed. Open it afresh and send again.")
    return answer(Problem(400, title, detail))


def _database_trouble(error: SQLAlchemyError) -> Response:
    if not is_transient(error):
        raise error
    log.warning("The database is away: a page asked to come back later.", error=type(error).__name__)
    sent = [] if request.files else list(request.form.items(multi=True))  # a file cannot be shown again
    return answer(Problem(503, headers=TRY_AGAIN_AFTER), sent)
