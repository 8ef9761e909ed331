"""Who may see a page for staff: asked anew at each request, of what notifications has heard of them."""

from flask import g, redirect
from flask.typing import ResponseReturnValue

from services.notifications.domain.staff import Staff
from services.notifications.pages.desk import service
from services.notifications.use_cases.look_at_host_messages import find_staff, was_heard_of
from shared.contracts.staff import StaffRole
from shared.web.errors import TRY_AGAIN_AFTER, Problem
from shared.web.language import gettext as _
from shared.web.session import remember_wanted_page, signed_in

SIGN_IN = "/coordination/sign-in"  # capacity's


class NotSignedIn(Exception):
    """This page is for staff who are signed in."""


def me() -> Staff:
    """The member of staff who asks, as they stand now. Raises NotSignedIn, or Problem for one not heard of yet."""
    if "staff" not in g:
        who = signed_in()
        found = find_staff(service(), who.staff) if who else None
        if found is None:
            if who and not was_heard_of(service(), who.staff):
                detail = _("Please try again in a minute.")
                raise Problem(503, _("We are just getting to know you"), detail, headers=TRY_AGAIN_AFTER)
            raise NotSignedIn
        g.staff = found
    known: Staff = g.staff
    return known


def reader() -> Staff:
    """The member of staff who asks, if letters are theirs to see: not a helper. Raises NotSignedIn, Problem."""
    staff = me()
    if staff.role is StaffRole.HELPER:
        raise Problem(403)
    return staff


def administrator() -> Staff:
    """The administrator of the network who asks. Raises NotSignedIn, Problem."""
    staff = me()
    if staff.role is not StaffRole.ADMINISTRATOR:
        raise Problem(403)
    return staff


def sign_in_first(_error: NotSignedIn) -> ResponseReturnValue:
    """Go and sign in, and come back."""
    remember_wanted_page()
    return redirect(SIGN_IN, 303)
