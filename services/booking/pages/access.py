"""Who may see a page for staff: asked anew at each request, of what booking has heard of them."""

from flask import g, redirect
from flask.typing import ResponseReturnValue

from services.booking.domain.staff import Staff
from services.booking.pages.desk import desk
from services.booking.use_cases.look_at_table import find_staff, was_heard_of
from shared.contracts.staff import StaffRole
from shared.web.errors import TRY_AGAIN_AFTER, Problem
from shared.web.language import gettext as _
from shared.web.session import remember_wanted_page, sign_out, signed_in

SIGN_IN = "/coordination/sign-in"  # capacity's


class NotSignedIn(Exception):
    """This page is for staff who are signed in."""


def me() -> Staff:
    """The member of staff who asks, as they stand now. Raises NotSignedIn.

    Somebody whom capacity has let in a moment ago, and of whom no message has come yet, is asked to wait.
    """
    if "staff" not in g:
        who = signed_in()
        person = find_staff(desk().service, who.staff) if who else None
        if person is None:
            if who and not was_heard_of(desk().service, who.staff):
                title = _("We are just getting to know you")
                raise Problem(503, title, _("Please try again in a minute."), headers=TRY_AGAIN_AFTER)
            if who:
                sign_out()
            raise NotSignedIn
        g.staff = person
    found: Staff = g.staff
    return found


def coordinator() -> Staff:
    """The member of staff who asks, if they may do more than check guests in. Raises NotSignedIn, Problem."""
    person = me()
    if not person.sees_names:
        raise Problem(403)
    return person


def administrator() -> Staff:
    """The administrator of the network who asks. Raises NotSignedIn, Problem."""
    person = me()
    if person.role is not StaffRole.ADMINISTRATOR:
        raise Problem(403)
    return person


def sign_in_first(_error: Exception) -> ResponseReturnValue:
    """Go and sign in, and come back."""
    remember_wanted_page()
    return redirect(SIGN_IN, 303)
