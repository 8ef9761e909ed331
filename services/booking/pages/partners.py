"""The address at which a partner books for its own people: a secret link, to be given to it by the team."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response as AnyResponse

from services.booking.pages.access import coordinator
from services.booking.pages.desk import desk
from services.booking.pages.meals import book_by_form, empty_form, form_again
from services.booking.pages.stale import comes_back
from services.booking.use_cases.look_at_partners import find_partner, look_at_meals_of_partner, look_at_partners
from shared.web.headers import keep_secret

blueprint = Blueprint("partners", __name__, template_folder="templates")
blueprint.after_request(keep_secret)


@blueprint.get("/table/partners")
def show() -> str:
    """For the team: the partners of my cantines, each with its address."""
    staff = coordinator()
    cantines = look_at_partners(desk().service, staff)
    return render_template("partners.html", cantines=cantines, address=desk().partner_address, staff=staff)


@blueprint.get("/partner/<token>")
def meals(token: str) -> str:
    """The next meals, with what is kept for the partner."""
    cantine, partner = desk().partner_of(token)
    name, found = look_at_meals_of_partner(desk().service, cantine, partner)
    return render_template("partner.html", token=token, name=name, meals=found)


@blueprint.get("/partner/<token>/<sitting_id>")
def meal(token: str, sitting_id: str) -> str:
    """The form to book one of them."""
    cantine, partner = desk().partner_of(token)
    return empty_form(sitting_id, find_partner(desk().service, cantine, partner, sitting_id))


@blueprint.post("/partner/<token>/<sitting_id>")
def reserve(token: str, sitting_id: str) -> AnyResponse | tuple[str, int]:
    """Book, and go on to the booking's own page."""
    cantine, partner = desk().partner_of(token)
    return book_by_form(sitting_id, find_partner(desk().service, cantine, partner, sitting_id))


@comes_back("partners.reserve")
def reserve_again(token: str, sitting_id: str) -> str:
    """The form with what was typed there."""
    cantine, partner = desk().partner_of(token)
    return form_again(sitting_id, find_partner(desk().service, cantine, partner, sitting_id))
