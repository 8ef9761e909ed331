"""Who is signed in. One signed cookie serves the three services; each checks it against the staff it has heard of."""

import time
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask, Request, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from shared.text import is_storable

SIGNED_IN_FOR = timedelta(hours=12)
_WANTED = "wanted"


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A member of staff, with the cantines they may see when they signed in."""

    staff: str
    name: str
    cantines: tuple[str, ...]


class Sessions(SecureCookieSessionInterface):
    """Flask's, which makes what it verifies cookies with for each request: here only for one that brings a cookie."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if not request.cookies.get(self.get_cookie_name(app)):
            return self.session_class()
        return super().open_session(app, request)


def sign_in(who: SignedIn) -> None:
    """Begin a new session for a member of staff; nothing of the one before stays. It ends after 12 hours."""
    sign_out()
    session.permanent = True
    session.update(staff=who.staff, name=who.name, cantines=list(who.cantines), since=int(time.time()))


def sign_out() -> None:
    """End the session."""
    session.clear()
    g.pop("csrf_token", None)  # else a form on this very answer would carry the token of the session that ended


def signed_in() -> SignedIn | None:
    """Who is signed in, if anybody. The cookie is signed anew with every message that it carries, so its own age cannot
    say since when.
    """
    if "staff" not in session or time.time() - session.get("since", 0) > SIGNED_IN_FOR.total_seconds():
        return None
    return SignedIn(staff=session["staff"], name=session["name"], cantines=tuple(session["cantines"]))


def remember_wanted_page() -> None:
    """After signing in, go on to the page that was asked for."""
    if request.method == "GET" and is_storable(request.path):  # a line break, say, fits in no redirect
        session[_WANTED] = request.path


def wanted_page(otherwise: str) -> str:
    """The page that was asked for before signing in."""
    path = session.get(_WANTED)
    return path if isinstance(path, str) else otherwise
