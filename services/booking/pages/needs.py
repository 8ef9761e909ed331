"""What a guest does not eat, or needs to come and sit: told freely on their booking's page, taken back as easily."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from services.booking.domain.complaints import InvalidInput
from services.booking.domain.errors import NotVerified
from services.booking.domain.needs import NONE, Needs, needs_in
from services.booking.pages.booking import is_guests, is_proxys, show_again
from services.booking.pages.desk import desk
from services.booking.pages.made_here import note_told
from services.booking.pages.stale import comes_back
from services.booking.use_cases.tell_needs import tell_needs
from shared.web.headers import keep_secret
from shared.web.language import gettext as _

blueprint = Blueprint("needs", __name__, url_prefix="/b/<token>/needs", template_folder="templates")
blueprint.after_request(keep_secret)


@blueprint.get("")
def back(token: str) -> Response:
    """This address only receives a form."""
    return redirect(url_for("booking.show", token=token))


@blueprint.post("")
def tell(token: str) -> Response | tuple[str, int]:
    """Keep it, or delete it."""
    booking_id = desk().booking_of(token)
    by_proxy = _is_by_proxy(token)
    if request.form.get("delete") == "1":
        tell_needs(desk().service, booking_id, replace(NONE, by_proxy=by_proxy))
        _note(booking_id, NONE, by_proxy=by_proxy)
        if by_proxy:  # who does not learn whether the guest told something: this is said of both
            flash(_("Deleted. What you added to their own words, if they told something themselves, only they delete."))
        else:
            flash(_("Deleted."))
        return redirect(url_for("booking.show", token=token), 303)
    try:
        needs = needs_in(request.form, request.form.getlist("allergen"), by_proxy=by_proxy)
        tell_needs(desk().service, booking_id, needs)
    except InvalidInput as error:
        return show_again(token, request.form, error.complaints), 422
    _note(booking_id, needs, by_proxy=by_proxy)
    flash(_("Thank you: the kitchen knows.") if needs.any else _("There is nothing to tell the kitchen."))
    return redirect(url_for("booking.show", token=token), 303)


@comes_back("needs.tell")
def tell_again(token: str) -> str:
    """The page with what was written; consent is given anew."""
    _is_by_proxy(token)
    return show_again(token, request.form, {})


def _note(booking_id: str, needs: Needs, *, by_proxy: bool) -> None:
    """A proxy, who never sees what is kept, sees in this browser that they told something."""
    if by_proxy:
        note_told(booking_id, told=needs.any)


def _is_by_proxy(token: str) -> bool:
    """Whether a proxy tells it for the guest, with their agreement. Raises NotVerified if it is neither of them."""
    if is_guests(token):
        return False
    if is_proxys(token):
        return True
    raise NotVerified  # nobody can agree for another adult
