"""Who may see a page: staff as the database knows them now, and only what belongs to their cantines."""

from flask import g, request, session

from services.capacity.domain.staff import Staff
from services.capacity.pages.desk import desk
from services.capacity.use_cases.look import Seen, find_sitting, find_staff
from shared.text import is_storable
from shared.web.session import sign_out, signed_in

_WANTED = "wanted"


class NotSignedIn(Exception):
    """This page is for staff who are signed in."""


def me() -> Staff:
    """The member of staff who asks, with the cantines that are theirs now. Raises NotSignedIn."""
    if "staff" not in g:
        who = signed_in()
        person = find_staff(desk().service, who.staff) if who else None
        if person is None:
            if who:  # else the forms that a stranger has open would no longer be theirs to send
                sign_out()
            raise NotSignedIn
        g.staff = person
    found: Staff = g.staff
    return found


def my_sitting(sitting: str) -> Seen:
    """A sitting of one of my cantines. Raises NotSignedIn or NoSuchSitting."""
    return find_sitting(desk().service, me(), sitting)


def remember_wanted_page() -> None:
    """After signing in, go on to the page that was asked for."""
    if request.method == "GET" and is_storable(request.path):  # a line break, say, fits in no redirect
        session[_WANTED] = request.path


def wanted_page(otherwise: str) -> str:
    """The page that was asked for before signing in."""
    path = session.get(_WANTED)
    return path if isinstance(path, str) else otherwise
