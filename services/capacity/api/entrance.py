"""What every endpoint does at its door: see who sent the program, and what it may touch."""

from typing import cast

from flask import Response, current_app, g, request

from services.capacity.domain.staff import Staff
from services.capacity.use_cases.desk import EXTENSION, Desk
from services.capacity.use_cases.tokens import use_token
from shared.web.errors import Problem
from shared.web.language import gettext as _


def desk() -> Desk:
    """The desk of the application that answers."""
    return cast(Desk, current_app.extensions[EXTENSION])


def ask_for_token() -> None:
    """Refuse a program that nobody sent. Only the header counts: a cookie is not looked at."""
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    person = use_token(desk().service, secret.strip()) if kind.lower() == "bearer" else None
    if person is None:
        title = _("This needs a token")
        detail = _("Send “Authorization: Bearer …” with a token that you made and have not withdrawn.")
        raise Problem(401, title, detail, headers={"WWW-Authenticate": "Bearer"})
    if not person.plans_meals:
        raise Problem(403, _("Helpers check guests in, and plan no meals."))
    g.caller = person


def caller() -> Staff:
    """The member of staff for whom the program asks, with what is theirs now."""
    return cast(Staff, g.caller)


def check_is_mine(cantine: str) -> None:
    """Raises the problem 403 for a cantine that the caller does not look after."""
    if cantine not in caller().cantines:
        raise Problem(403, _("This canteen is not one of yours."))


def keep_to_yourself(response: Response) -> Response:
    """The answer is of this moment, and for one person."""
    response.headers["Cache-Control"] = "no-store"
    return response
