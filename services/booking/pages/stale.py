"""A page that was open for longer than its form is good for: the form comes back as it was typed, and good again."""

from collections.abc import Callable
from typing import ParamSpec

from flask import Flask, flash, request, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from services.booking.domain.errors import BookingError
from services.booking.pages.access import NotSignedIn
from shared.links import ForgedLink
from shared.web.errors import Problem, not_sent_from_our_page
from shared.web.language import gettext as _

Address = ParamSpec("Address")
_FORMS: dict[str, Callable[..., str]] = {}


def comes_back(*endpoints: str) -> Callable[[Callable[Address, str]], Callable[Address, str]]:
    """Says of a function of the values in an address that it shows again what was sent to these endpoints."""

    def note(shows: Callable[Address, str]) -> Callable[Address, str]:
        _FORMS.update(dict.fromkeys(endpoints, shows))
        return shows

    return note


def install(app: Flask) -> None:
    """Have the forms come back. Where nothing was typed, the usual words for such a page are enough."""

    def open_for_long(error: CSRFError) -> ResponseReturnValue:
        shows = _FORMS.get(request.endpoint or "")
        if shows is None:
            return not_sent_from_our_page(error)
        try:
            flash(" ".join((_("Please send this again."), _("Nothing that you wrote is lost."))), "warn")
            return shows(**(request.view_args or {})), 400
        except (BookingError, ForgedLink, NotSignedIn, Problem, HTTPException):  # not a page for who asks
            session.pop("_flashes", None)
            return not_sent_from_our_page(error)

    app.register_error_handler(CSRFError, open_for_long)
