"""The meals to come, and the form with which one books."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from services.booking.domain.booking import Booking
from services.booking.domain.complaints import Complaint, InvalidInput
from services.booking.domain.errors import (
    AlreadySent,
    PartyTooLarge,
    TooManyFromHere,
    TooManyLately,
    TooManyOpen,
)
from services.booking.domain.once import once
from services.booking.domain.parties import MOST_PEOPLE
from services.booking.domain.sittings import availability
from services.booking.domain.wish import Wish
from services.booking.pages import events, words
from services.booking.pages.desk import desk
from services.booking.pages.folding import fold
from services.booking.pages.forms import WISH_FIELDS, typed, wish_in
from services.booking.pages.made_here import made_before, note_made
from services.booking.pages.memory import forget, remember, remembered
from services.booking.pages.problems import problem_of
from services.booking.pages.stale import comes_back
from services.booking.pages.words import complaint
from services.booking.store.sittings import Filter
from services.booking.use_cases.look import find_meal
from services.booking.use_cases.look_at_cantine import first_visit_at, look_at_cities
from services.booking.use_cases.look_at_week import Place, look_at_week
from shared.contracts.sitting import PartnerPlaces
from shared.web import language
from shared.web.language import gettext as _

OPEN = 6  # meals of the whole network that stand open; of a city or a cantine, all of a page do
TRAP = "homepage"  # a field that people do not see, and machines fill in
FOLDS = ("opened_proxy", "opened_company")  # once opened they stand open, also if left empty
KEPT = (*WISH_FIELDS, *FOLDS, "form_token", "remember")  # of what is sent, to be shown again


@dataclass(frozen=True, kw_only=True)
class Before:
    """What was done a moment ago, in words, and its page."""

    said: str
    page: str


blueprint = Blueprint("meals", __name__, template_folder="templates")


@blueprint.get("/")
def meals() -> str:
    """The next meals of the network, day by day, a week at a time."""
    which = Filter(city=request.args.get("city") or None, cantine=request.args.get("cantine") or None)
    cities = look_at_cities(desk().service)
    cantines = [one for some in cities.cantines.values() for one in some]
    week = look_at_week(desk().service, which, _place())
    return render_template(
        "meals.html",
        days=list(fold(week.items, week.now, most=None if which.cantine or which.city else OPEN)),
        now=week.now,
        availability=availability,
        cities=cities,
        cantines=cantines,
        which=which,
        calendar=_calendar(which.cantine) if which.cantine in dict(cantines) else None,
        earlier=week.earlier,
        later=week.later,
    )


@blueprint.get("/meals/<sitting_id>")
def meal(sitting_id: str) -> tuple[str, dict[str, str]]:
    """One meal, with the form to book it, filled in with what this device remembers."""
    return empty_form(sitting_id), {"Cache-Control": "no-store"} if remembered() else {}


@blueprint.get("/meals/<sitting_id>/forget")
def back(sitting_id: str) -> Response:
    """This address only receives a form."""
    return redirect(url_for("meals.meal", sitting_id=sitting_id))


@blueprint.post("/meals/<sitting_id>/forget")
def forget_on_this_device(sitting_id: str) -> Response:
    """This device forgets what it remembered."""
    response = redirect(url_for("meals.meal", sitting_id=sitting_id), 303)
    forget(response)
    flash(_("This device has forgotten you."))
    return response


@blueprint.post("/meals/<sitting_id>")
def reserve(sitting_id: str) -> Response | tuple[str, int]:
    """Book, and go on to the booking's own page."""
    return book_by_form(sitting_id)


@comes_back("meals.reserve", "meals.forget_on_this_device")
def form_again(sitting_id: str, partner: PartnerPlaces | None = None) -> str:
    """The page of a meal with what was typed there."""
    return _meal_page(sitting_id, typed(request.form, KEPT), {}, partner)


def empty_form(sitting_id: str, partner: PartnerPlaces | None = None) -> str:
    """The page of a meal for anybody; or for a partner, who books for its people."""
    known = {} if partner else remembered()
    blank = dict.fromkeys((*WISH_FIELDS, *FOLDS), "") | {"people": "1", "cooks": "0", "children": "0"}
    values = blank | {"language": language.current().code} | known | {"form_token": uuid4().hex}
    values["remember"] = "1" if known else ""
    return _meal_page(sitting_id, values, {}, partner)


def book_by_form(sitting_id: str, partner: PartnerPlaces | None = None) -> Response | tuple[str, int]:
    """Book what was typed there."""
    kept = typed(request.form, KEPT)
    if request.form.get(TRAP):
        return _meal_page(sitting_id, kept, {}, partner, refused=_("Please send this again.")), 422
    try:
        wish = wish_in(request.form, language.codes(), sms=desk().sms, partner=partner.id if partner else None)
    except InvalidInput as error:
        return _meal_page(sitting_id, kept, error.complaints, partner), 422
    return _book(sitting_id, wish, kept, partner)


def _book(
    sitting_id: str, wish: Wish, kept: Mapping[str, str], partner: PartnerPlaces | None
) -> Response | tuple[str, int]:
    asks = partner is None and request.form.get("another") != "1"
    if asks and (before := made_before(sitting_id, wish, kept["form_token"])):
        return _meal_page(sitting_id, _afresh(kept), {}, None, before=_already(before)), 409
    try:
        waits = desk().confirmation.is_asked_for(sitting_id, wish)
        where = _ask_once(sitting_id, wish) if waits else _book_once(sitting_id, wish)
    except (TooManyFromHere, TooManyLately, TooManyOpen) as error:
        problem = problem_of(error)
        refused = f"{problem.title} {problem.detail}"
        return _meal_page(sitting_id, kept, {}, partner, refused=refused), problem.status
    except PartyTooLarge:
        return _meal_page(sitting_id, kept, {"people": Complaint.PARTY_TOO_LARGE}, partner), 422
    except AlreadySent as error:  # the browser went back to the form, and something else was typed
        return _meal_page(sitting_id, _afresh(kept), {}, partner, before=_sent_before(error.booking, waits=waits)), 409
    response = redirect(where, 303)
    if partner is None:
        remember(response, request.form, wish)
    return response


def _book_once(sitting_id: str, wish: Wish) -> str:
    """Book; this very form, sent once more, has made its booking. Returns its address. Raises AlreadySent."""
    client = None if wish.partner else desk().client(request.remote_addr)
    only = once("form", request.form.get("form_token", "") or uuid4().hex, sitting_id, *wish.details)
    booking_id = desk().reception.book(sitting_id, wish, only, client).id
    if wish.partner is None:
        note_made(sitting_id, booking_id, request.form.get("form_token", ""))
    return url_for("booking.show", token=desk().token(booking_id))


def _ask_once(sitting_id: str, wish: Wish) -> str:
    """Have the wish confirmed by whom it names. Returns the address of the page that says so. Raises AlreadySent."""
    client = desk().client(request.remote_addr)
    only = once("form", request.form.get("form_token", "") or uuid4().hex, sitting_id, *wish.details)
    held = desk().confirmation.hold(sitting_id, wish, only, client)
    return url_for("held.show", token=desk().held_token(held))


def _afresh(kept: Mapping[str, str]) -> dict[str, str]:
    """What was typed, for another booking: the form that made one makes no other."""
    return {**kept, "form_token": uuid4().hex}


def _already(before: Booking) -> Before:
    """That this guest has a booking at this meal."""
    party = words.party(before.party)
    if before.proxy:
        said = _("%(name)s already has a booking at this meal: %(party)s.", name=before.contact.name, party=party)
    else:
        said = _("You already have a booking at this meal: %(party)s.", party=party)
    return Before(said=said, page=url_for("booking.show", token=desk().token(before.id)))


def _sent_before(made: str, *, waits: bool) -> Before:
    """That this form has made a booking (by id), or a request that waits to be confirmed."""
    if waits:
        page = url_for("held.show", token=desk().held_token(made))
        return Before(said=_("This form was already sent: what it asked for waits to be confirmed."), page=page)
    return Before(
        said=_("This form has already made a booking."), page=url_for("booking.show", token=desk().token(made))
    )


def _meal_page(
    sitting_id: str,
    values: Mapping[str, str],
    complaints: Mapping[str, Complaint],
    partner: PartnerPlaces | None,
    *,
    refused: str = "",
    before: Before | None = None,
) -> str:
    sitting, now = find_meal(desk().service, sitting_id)
    largest = partner.largest_party if partner else sitting.largest_party
    return render_template(
        "meal.html",
        sitting=sitting,
        partner=partner,
        refused=refused,
        before=before,
        known=bool(remembered()),
        confirms=partner is None and desk().confirmation.confirming.asks(sitting.cantine.slug),
        trap=TRAP,
        state=availability(sitting, now).value,
        first_visit=first_visit_at(desk().service, sitting.cantine.slug),
        values=values,
        errors={field: complaint(said, largest) for field, said in complaints.items()},
        markup=events.of_meal(sitting, now),
        most=MOST_PEOPLE,
        sms=desk().sms,
        languages=[(choice.code, choice.name) for choice in language.choices()],
    )


def _calendar(cantine: str | None) -> dict[str, str]:
    """Where calendar programs find the meals of a cantine, and the address that opens one on most phones."""
    address = url_for("calendar.feed", slug=cantine, lang=language.current().code, _external=True)
    return {"address": address, "subscribe": address.replace("https:", "webcal:").replace("http:", "webcal:")}


def _place() -> Place | None:
    """Where the page begins, as its address says; what cannot be understood is left aside."""
    try:
        day = date.fromisoformat(request.args.get("from", ""))
    except ValueError:
        return None
    skip = request.args.get("skip", 0, type=int)
    return Place(day=day, skip=skip if 0 <= skip < 100_000 else 0)
