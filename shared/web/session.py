"""Who is signed in. One signed cookie serves the three services; each checks it against the staff it has heard of."""

from dataclasses import dataclass

from flask import g, session


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """A member of staff, with the cantines they may see when they signed in."""

    staff: str
    name: str
    cantines: tuple[str, ...]


def sign_in(who: SignedIn) -> None:
    """Begin a new session for a member of staff; nothing of the one before stays. It ends after 12 hours."""
    sign_out()
    session.permanent = True
    session.update(staff=who.staff, name=who.name, cantines=list(who.cantines))


def sign_out() -> None:
    """End the session."""
    session.clear()
    g.pop("csrf_token", None)  # else a form on this very answer would carry the token of the session that ended


def signed_in() -> SignedIn | None:
    """Who is signed in, if anybody."""
    if "staff" not in session:
        return None
    return SignedIn(staff=session["staff"], name=session["name"], cantines=tuple(session["cantines"]))
