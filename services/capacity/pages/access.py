"""Who may see a page: staff as the database knows them now, and only what belongs to their cantines."""

from flask import g, redirect, url_for
from flask.typing import ResponseReturnValue

from services.capacity.domain.staff import NotYours, Staff
from services.capacity.pages.desk import desk
from services.capacity.use_cases.look import Seen, find_sitting, find_staff
from shared.contracts.staff import StaffRole
from shared.web.session import remember_wanted_page, sign_out, signed_in


class NotSignedIn(Exception):
    """This page is for staff who are signed in."""


class OnlyAtTheDoor(Exception):
    """A helper checks guests in, and plans no meals."""


def me() -> Staff:
    """The member of staff who asks, with the cantines that are theirs now. Raises NotSignedIn or OnlyAtTheDoor."""
    if "staff" not in g:
        who = signed_in()
        person = find_staff(desk().service, who.staff) if who else None
        if person is None:
            if who:  # else the forms that a stranger has open would no longer be theirs to send
                sign_out()
            raise NotSignedIn
        if not person.plans_meals:
            raise OnlyAtTheDoor
        g.staff = person
    found: Staff = g.staff
    return found


def administrator() -> Staff:
    """The administrator of the network who asks. Raises NotSignedIn, or NotYours for others."""
    staff = me()
    if staff.role is not StaffRole.ADMINISTRATOR:
        raise NotYours
    return staff


def my_sitting(sitting: str) -> Seen:
    """A sitting of one of my cantines. Raises NotSignedIn or NoSuchSitting."""
    return find_sitting(desk().service, me(), sitting)


def sign_in_first(_error: Exception) -> ResponseReturnValue:
    """Go and sign in, and come back."""
    remember_wanted_page()
    return redirect(url_for("sign_in.form"), 303)
