"""What the API reads and writes. The rules about people and contacts are the domain's; here is only the shape."""

from marshmallow import Schema, fields, validate

from services.booking.domain.company import COMPANION_LENGTH, Greeting
from services.booking.domain.contact import NAME_LENGTH
from services.booking.domain.parties import MOST_PEOPLE
from services.booking.domain.proxy import WHOSE
from services.booking.domain.sittings import Availability
from shared.contracts.booking import BookingStatus
from shared.contracts.seats import Why
from shared.contracts.sitting import SittingStatus, WaitlistPolicy
from shared.languages import DEFAULT
from shared.web.api import storable

LONGEST = 254  # characters of an e-mail address


def _count(description: str, least: int, **options: object) -> fields.Integer:
    metadata = {"description": description, "minimum": least, "maximum": MOST_PEOPLE}
    return fields.Integer(strict=True, metadata=metadata, **options)  # type: ignore[arg-type]


def _text(longest: int, description: str, **options: object) -> fields.String:
    metadata = {"description": description, "maxLength": longest}
    return fields.String(metadata=metadata, **options)  # type: ignore[arg-type]


class PartySchema(Schema):
    """How many people, as a resident counts them."""

    people = _count("Everybody, children included.", 1, required=True)
    cooks = _count("How many of them also cook.", 0, load_default=0)
    children = _count("How many of them are children.", 0, load_default=0)


class ProxySchema(Schema):
    """Who books for somebody else: a neighbour, a relative, a social worker."""

    name = _text(NAME_LENGTH, "The guest is told it in our first message.", required=True)
    contact = fields.String(
        required=True,
        validate=validate.OneOf(WHOSE),
        metadata={
            "description": "Whose the e-mail or phone of the wish is. `guest`: we write to the guest, and call who has"
            " but a landline. `proxy`: the guest has none; we write to the proxy, for them."
        },
    )


class WishSchema(Schema):
    """A wish for places at a meal, from somebody who can be reached."""

    sitting = fields.String(required=True, validate=[validate.Length(min=1, max=80), storable])
    party = fields.Nested(PartySchema, required=True)
    name = _text(NAME_LENGTH, "Who comes; it is who books, unless there is a `proxy`.", required=True)
    email = _text(LONGEST, "Needed, unless a phone is given and SMS are sent.", load_default=None, allow_none=True)
    phone = _text(
        40,
        "A mobile number, as dialled in France or with +; of a guest with a `proxy` any number.",
        load_default=None,
        allow_none=True,
    )
    language = fields.String(load_default=DEFAULT, metadata={"description": "In which we write: “fr”, “en”…"})
    newcomer = fields.Boolean(load_default=False, metadata={"description": "They come for the first time."})
    thanks = fields.Boolean(
        load_default=False,
        metadata={
            "description": "They have agreed to get one message on the day after, where the cantine writes such."
            " Nobody agrees for somebody else: with a `proxy` it is left aside."
        },
    )
    membership = fields.Boolean(
        load_default=False,
        metadata={
            "description": "They are a member of the association that runs the cantine, or would like to be. Nobody has"
            " to; it costs what they like, on the spot. With a `proxy` it is left aside."
        },
    )
    companions = fields.List(
        _text(COMPANION_LENGTH, "A first name."),
        load_default=[],
        metadata={
            "description": "First names of those who come along, for the door.",
            "maxItems": MOST_PEOPLE,
        },
    )
    shows_first_name = fields.Boolean(
        load_default=False,
        metadata={"description": "They chose to show a first name to the guests of this meal. Not with a `proxy`."},
    )
    greeting = fields.Enum(
        Greeting,
        by_value=True,
        load_default=None,
        allow_none=True,
        metadata={
            "description": "`welcomed`: a newcomer would like somebody to sit with. `welcomes`: one who has come before"
            " would welcome somebody new. The host brings them together. Not with a `proxy`."
        },
    )
    proxy = fields.Nested(ProxySchema, load_default=None, allow_none=True)


class ChangeSchema(Schema):
    """Another party."""

    party = fields.Nested(PartySchema, required=True)


class OfferAnswerSchema(Schema):
    """What one says to places that are kept."""

    accepted = fields.Boolean(required=True)


class BookingSchema(Schema):
    """What became of a booking."""

    href = fields.String(required=True, metadata={"description": "This booking's secret address in the API."})
    page = fields.String(required=True, metadata={"description": "Its page for people."})
    sitting = fields.String(required=True)
    status = fields.Enum(BookingStatus, by_value=True, required=True)
    being_checked = fields.Boolean(required=True, metadata={"description": "The present wish is not yet answered."})
    party = fields.Nested(
        PartySchema, required=True, metadata={"description": "Who comes (confirmed), or wishes to (otherwise)."}
    )
    wished = fields.Nested(
        PartySchema, required=True, metadata={"description": "The present wish, if it differs from the party."}
    )
    why = fields.Enum(Why, by_value=True, required=True, allow_none=True)
    meals_left = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Of their partner's month, if these were too few."},
    )
    place_in_waiting_list = fields.Integer(required=True, allow_none=True)
    offer_until = fields.AwareDateTime(
        required=True,
        allow_none=True,
        format="iso",
        metadata={"description": "Until when places are kept, if they are offered."},
    )
    name = fields.String(required=True, allow_none=True)
    language = fields.String(required=True)


class CantineSchema(Schema):
    """Where a meal takes place."""

    slug = fields.String(required=True)
    name = fields.String(required=True)
    city = fields.String(required=True)
    address = fields.String(required=True)
    zone = fields.String(required=True)


class SittingSchema(Schema):
    """A meal to come."""

    id = fields.String(required=True, attribute="thing")
    cantine = fields.Nested(CantineSchema, required=True)
    date = fields.Date(required=True)
    cooking_starts = fields.Time(required=True, format="%H:%M")
    meal_starts = fields.Time(required=True, format="%H:%M")
    starts_at = fields.AwareDateTime(required=True, format="iso")
    cutoff_at = fields.AwareDateTime(required=True, format="iso")
    status = fields.Enum(SittingStatus, by_value=True, required=True)
    availability = fields.Enum(Availability, by_value=True, required=True)
    menu = fields.String(required=True)
    allergens = fields.List(
        fields.String(), required=True, allow_none=True, metadata={"description": "null: not yet known; []: none."}
    )
    diets = fields.List(fields.String(), required=True, metadata={"description": "Those that the meal suits."})
    break_even_price = fields.Integer(required=True, metadata={"description": "Euro cents."})
    food_price = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "How many of those cents are for food; the rest are overheads. null: not told."},
    )
    seats = fields.Integer(required=True)
    seats_left = fields.Integer(
        required=True,
        metadata={"description": "That a new booking could have: 0 while others wait for seats in a strict line."},
    )
    newcomer_seats = fields.Integer(
        required=True, metadata={"description": "Kept for who comes for the first time, besides these."}
    )
    cook_places = fields.Integer(required=True)
    cook_places_left = fields.Integer(required=True)
    waitlist_length = fields.Integer(required=True)
    waitlist_policy = fields.Enum(WaitlistPolicy, by_value=True, required=True)
    largest_party = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "For how many people one booking may be; null: it does not matter."},
    )


class SittingsAskedSchema(Schema):
    """Which meals to find."""

    cantine = fields.String(load_default=None, validate=storable)
    city = fields.String(load_default=None, validate=storable)
    first = fields.Date(data_key="from", load_default=None, metadata={"description": "The first day."})
    last = fields.Date(data_key="to", load_default=None, metadata={"description": "The last day."})
    with_places = fields.Boolean(load_default=False, metadata={"description": "Only where one can book a place."})
    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=100_000))
    page_size = fields.Integer(load_default=50, validate=validate.Range(min=1, max=100))


class SittingsSchema(Schema):
    """One page of meals."""

    items = fields.List(fields.Nested(SittingSchema), required=True)
    page = fields.Integer(required=True)
    page_size = fields.Integer(required=True)
    total = fields.Integer(required=True)
    next = fields.String(required=True, allow_none=True, metadata={"description": "The address of the next page."})
