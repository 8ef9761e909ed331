"""Bookings: create, read, change, cancel."""

from typing import Any
from uuid import uuid4

from flask import Response, request, url_for

from services.booking.api.entrance import as_problem, desk
from services.booking.api.schemas import BookingSchema, ChangeSchema, OfferAnswerSchema, WishSchema
from services.booking.domain.booking import Booking
from services.booking.domain.complaints import InvalidInput
from services.booking.domain.errors import ToBeConfirmed
from services.booking.domain.once import once
from services.booking.domain.parties import party_of
from services.booking.domain.standing import outcome
from services.booking.domain.wish import wish_of
from services.booking.use_cases.answer_offer import answer_offer
from services.booking.use_cases.cancel import cancel
from services.booking.use_cases.change_party import change
from services.booking.use_cases.look import look
from shared.contracts.party import Party
from shared.web.api import Endpoints, must_be_json
from shared.web.errors import answer
from shared.web.language import codes

blueprint = Endpoints("bookings", __name__, url_prefix="/api/v1/bookings", description="One party at one meal.")
blueprint.before_request(must_be_json)

IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "description": "A random text of yours: the same request sent again with it (for a day) makes no second booking.",
    "schema": {"type": "string"},
}


@blueprint.errorhandler(InvalidInput)
def invalid(error: InvalidInput) -> Response:
    """Say what is wrong in which field."""
    return answer(as_problem(error))


@blueprint.after_request
def keep_secret(response: Response) -> Response:
    """The address is a secret, and the answer is of this moment."""
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("", methods=["POST"])
@blueprint.doc(parameters=[IDEMPOTENCY_KEY])
@blueprint.arguments(WishSchema())
@blueprint.alt_response(429, "TOO_MANY_REQUESTS")
@blueprint.response(202, BookingSchema, headers={"Location": {"schema": {"type": "string"}}})
def create(asked: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Ask for places at a meal."""
    proxy = asked["proxy"] or {"name": "", "contact": ""}
    wish = wish_of(
        **asked["party"],
        name=asked["name"],
        email=asked["email"] or "",
        phone=asked["phone"] or "",
        language=asked["language"],
        languages=codes(),
        sms=desk().sms,
        newcomer=asked["newcomer"],
        thanks=asked["thanks"],
        membership=asked["membership"],
        proxy_name=proxy["name"],
        contact_is=proxy["contact"],
        companions=asked["companions"],
        shows_name=asked["shows_first_name"],
        greeting=asked["greeting"],
    )
    if desk().confirmation.is_asked_for(asked["sitting"], wish):
        raise ToBeConfirmed
    key = request.headers.get("Idempotency-Key", "").strip()
    only = once("api", key or uuid4().hex, asked["sitting"], *wish.details) if key or desk().counts_places else None
    booking = desk().reception.book(asked["sitting"], wish, only, desk().client(request.remote_addr))
    made = _shown(desk().token(booking.id), booking, None)
    return made, {"Location": made["href"]}


@blueprint.route("/<token>", methods=["GET"])
@blueprint.response(200, BookingSchema)
def read(token: str) -> dict[str, Any]:
    """See what became of it."""
    return _seen(token)


@blueprint.route("/<token>", methods=["PATCH"])
@blueprint.arguments(ChangeSchema())
@blueprint.response(202, BookingSchema)
def update(asked: dict[str, Any], token: str) -> dict[str, Any]:
    """Wish another party. Fewer people is never refused; more are checked, and what is held stays held meanwhile."""
    change(desk().service, desk().voice, desk().booking_of(token), party_of(**asked["party"]))
    return _seen(token)


@blueprint.route("/<token>/offer", methods=["POST"])
@blueprint.arguments(OfferAnswerSchema)
@blueprint.response(202, BookingSchema)
def answer_an_offer(asked: dict[str, Any], token: str) -> dict[str, Any]:
    """Say yes or no to places that are kept. A yes that comes too late is asked for again, at the old place in line."""
    answer_offer(desk().service, desk().voice, desk().booking_of(token), accepted=asked["accepted"])
    return _seen(token)


@blueprint.route("/<token>", methods=["DELETE"])
@blueprint.response(200, BookingSchema)
def delete(token: str) -> dict[str, Any]:
    """Cancel for ever; cancelling twice is the same as once."""
    cancel(desk().service, desk().voice, desk().booking_of(token))
    return _seen(token)


def _seen(token: str) -> dict[str, Any]:
    seen = look(desk().service, desk().booking_of(token))
    return _shown(token, seen.booking, seen.place)


def _shown(token: str, booking: Booking, place: int | None) -> dict[str, Any]:
    became = outcome(booking)
    return {
        "href": url_for("bookings.read", token=token),
        "page": desk().voice.address(token),
        "sitting": booking.sitting,
        "status": became.status,
        "being_checked": became.checking,
        "party": _counted(became.party),
        "wished": _counted(booking.party),
        "why": became.why,
        "meals_left": became.meals_left,
        "place_in_waiting_list": place,
        "offer_until": became.offer and became.offer.until,
        "name": booking.contact.name,
        "language": booking.contact.language,
    }


def _counted(party: Party) -> dict[str, int]:
    return {"people": party.seats, "cooks": party.cooks, "children": party.children}
