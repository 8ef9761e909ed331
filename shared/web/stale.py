"""A page that was open for longer than its form is good for: the form comes back as it was typed, and good again.

Who was signed out meanwhile gets a page that holds what was typed, until they have signed in elsewhere.
"""

from collections.abc import Callable
from typing import ParamSpec
from urllib.parse import urlsplit

from flask import Flask, flash, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from shared.web.errors import Problem, not_sent_from_our_page
from shared.web.language import gettext as _

Address = ParamSpec("Address")


class FormsAgain:
    """The forms of one service that come back. Where nothing was typed, the usual words for such a page are enough."""

    def __init__(self) -> None:
        self._shows: dict[str, Callable[..., str]] = {}

    @property
    def endpoints(self) -> set[str]:
        """To which they are sent."""
        return set(self._shows)

    def comes_back(self, *endpoints: str) -> Callable[[Callable[Address, str]], Callable[Address, str]]:
        """Says of a function of the values in an address that it shows again what was sent to these endpoints."""

        def note(shows: Callable[Address, str]) -> Callable[Address, str]:
            self._shows.update(dict.fromkeys(endpoints, shows))
            return shows

        return note

    def install(
        self,
        app: Flask,
        *unless: type[Exception],
        not_signed_in: type[Exception],
        sign_in_first: Callable[[Exception], ResponseReturnValue],
    ) -> None:
        """Have the forms come back, unless the page that would show one says that it is not for who asks."""
        closed: tuple[type[Exception], ...] = (*unless, Problem, HTTPException)

        def open_for_long(error: CSRFError) -> ResponseReturnValue:
            shows = self._shows.get(request.endpoint or "")
            if shows is None or _wrote_another_site():
                return not_sent_from_our_page(error)
            lost = _("Please choose the file again.") if request.files else _("Nothing that you wrote is lost.")
            try:
                flash(" ".join((_("Please send this again."), lost)), "warn")
                return shows(**(request.view_args or {})), 400
            except not_signed_in:
                session.pop("_flashes", None)
                return _held() if _sent() else not_sent_from_our_page(error)
            except closed:
                session.pop("_flashes", None)
                return not_sent_from_our_page(error)

        def signed_out(error: Exception) -> ResponseReturnValue:
            ours = request.endpoint in self._shows and not _wrote_another_site()
            return _held() if ours and _sent() else sign_in_first(error)

        app.register_error_handler(CSRFError, open_for_long)
        app.register_error_handler(not_signed_in, signed_out)


def _wrote_another_site() -> bool:
    """Whether this form was not sent from a page of ours, as the browser says: then nobody is shown it as their own.

    A browser that does not say so itself names the site (“null” from our pages whose address is a secret).
    """
    sent_from = request.headers.get("Sec-Fetch-Site")
    if sent_from:
        return sent_from not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.host


def _held() -> ResponseReturnValue:
    """What was typed, to be sent here again: without a token, so that nothing is done, and the form comes back."""
    return render_template("signed_out.html", sent=_sent()), 401


def _sent() -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
