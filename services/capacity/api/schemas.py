"""What the API reads and writes. The rules of a plan are the domain's; here is only the shape."""

from typing import Any

from marshmallow import Schema, fields, validate

from services.capacity.domain.allotments import HOURS, MAX_HOURS, MAX_NAME
from services.capacity.domain.hours import MAX_DAYS_BEFORE
from services.capacity.domain.kitchen import MAX_SEATS
from services.capacity.domain.sittings import (
    ALLERGENS,
    CUTOFF,
    DIETS,
    MAX_MENU,
    MAX_PRICE,
)
from shared.contracts.alert import AlertKind, Severity
from shared.contracts.sitting import SittingStatus
from shared.web.api import storable

LONGEST_PAGE = 100
_RELEASED = "How many hours before booking closes they are released; 0: never."
_UNKNOWN_OR_NONE = "null: not yet known; []: none of the 14."
_ANOTHER_MENU = "Another menu says nothing of allergens and diets: those not named beside it are no longer known."


def _count(most: int, description: str, **options: Any) -> fields.Integer:
    metadata = {"description": description, "minimum": 0, "maximum": most}
    return fields.Integer(strict=True, required="load_default" not in options, metadata=metadata, **options)


def _own_count(most: int, description: str) -> fields.Integer:
    metadata = {"description": f"{description} null: as usual.", "minimum": 0, "maximum": most}
    return fields.Integer(strict=True, allow_none=True, metadata=metadata)


class OwnAllotmentsSchema(Schema):
    """For whom a meal keeps seats otherwise than is usual in its kitchen."""

    newcomer_seats = _own_count(MAX_SEATS, "How many seats are kept for newcomers;")
    newcomer_hours = _own_count(MAX_HOURS, _RELEASED)
    walk_in_seats = _own_count(MAX_SEATS, "How many are kept for who comes without reserving;")
    walk_in_hours = _own_count(MAX_HOURS, _RELEASED)
    partner_seats = fields.Dict(
        keys=fields.String(validate=storable),
        values=fields.Integer(strict=True, allow_none=True),
        metadata={"description": "How many are kept for partners, by their ids. null: as usual."},
    )


class AllotmentSchema(Schema):
    """Seats that a meal keeps for bookings of one kind."""

    kind = fields.String(required=True, metadata={"description": "`newcomers`, `walk_ins`, or the id of a partner."})
    partner = fields.String(required=True, allow_none=True, metadata={"description": "Its name, if it is one."})
    seats = fields.Integer(required=True)
    hours = fields.Integer(required=True, metadata={"description": _RELEASED})
    still_kept = fields.Integer(required=True, metadata={"description": "Those that they have not taken yet."})
    released = fields.Boolean(required=True, metadata={"description": "By the clock or by a person: for anybody now."})


class ReleaseSchema(Schema):
    """Which kept seats are to be released."""

    kinds = fields.List(
        fields.String(validate=storable),
        required=True,
        validate=validate.Length(min=1),
        metadata={"description": "`newcomers`, `walk_ins`, or the ids of partners."},
    )


class ChangeSchema(Schema):
    """What may be planned of a meal. Times are local to the canteen."""

    date = fields.Date(required=True)
    cooking_starts = fields.Time(required=True, format="%H:%M")
    meal_starts = fields.Time(required=True, format="%H:%M")
    seats = _count(MAX_SEATS, "For everybody at the table, cooks and children included.")
    cook_places = _count(MAX_SEATS, "How many of them can cook.")
    menu = fields.String(load_default="", metadata={"maxLength": MAX_MENU, "description": _ANOTHER_MENU})
    allergens = fields.List(
        fields.String(metadata={"enum": list(ALLERGENS)}),
        load_default=None,
        allow_none=True,
        metadata={"description": _UNKNOWN_OR_NONE},
    )
    diets = fields.List(fields.String(metadata={"enum": list(DIETS)}), load_default=())
    break_even_price = _count(MAX_PRICE, "Euro cents.")
    food_price = fields.Integer(
        strict=True, load_default=None, allow_none=True, metadata={"description": "How much of it is food. Euro cents."}
    )
    cutoff_days = _count(MAX_DAYS_BEFORE, "How many days before the meal booking closes.", load_default=CUTOFF.days)
    cutoff_at = fields.Time(
        format="%H:%M", load_default=CUTOFF.at, metadata={"description": "And at what hour of that day."}
    )
    open = fields.Boolean(load_default=True, metadata={"description": "Whether it takes bookings."})
    own_allotments = fields.Nested(
        OwnAllotmentsSchema,
        load_default=dict,
        metadata={"description": "For whom it keeps seats otherwise than usual; what is not named stays."},
    )


class PlanSchema(ChangeSchema):
    """A meal to be opened."""

    cantine = fields.String(required=True, validate=storable, metadata={"description": "Its slug."})


class SittingSchema(Schema):
    """One meal, and how full it is."""

    id = fields.String(required=True)
    cantine = fields.String(required=True, metadata={"description": "Its slug."})
    date = fields.Date(required=True)
    cooking_starts = fields.Time(required=True, format="%H:%M")
    meal_starts = fields.Time(required=True, format="%H:%M")
    starts_at = fields.AwareDateTime(required=True, format="iso")
    cutoff_at = fields.AwareDateTime(required=True, format="iso")
    status = fields.Enum(SittingStatus, by_value=True, required=True)
    at_risk = fields.Boolean(required=True, metadata={"description": "More people come than the limits allow."})
    awaits_a_decision = fields.Boolean(
        required=True, metadata={"description": "Too few come: a person should say whether it goes ahead."}
    )
    menu = fields.String(required=True)
    allergens = fields.List(fields.String(), required=True, allow_none=True, metadata={"description": _UNKNOWN_OR_NONE})
    diets = fields.List(fields.String(), required=True, metadata={"description": "Those that the meal suits."})
    break_even_price = fields.Integer(required=True, metadata={"description": "Euro cents."})
    food_price = fields.Integer(required=True, allow_none=True, metadata={"description": "How much of it is food."})
    seats = fields.Integer(required=True)
    seats_held = fields.Integer(required=True, metadata={"description": "Taken, by cooks and children too."})
    seats_left = fields.Integer(required=True, metadata={"description": "That anybody may have."})
    seats_kept = fields.Integer(required=True, metadata={"description": "Free, but kept for somebody."})
    newcomer_seats = fields.Integer(required=True, metadata={"description": "Of these, for newcomers."})
    allotments = fields.List(
        fields.Nested(AllotmentSchema), required=True, metadata={"description": "For whom seats are kept."}
    )
    own_allotments = fields.Nested(
        OwnAllotmentsSchema, required=True, metadata={"description": "What of this the meal has otherwise than usual."}
    )
    cook_places = fields.Integer(required=True)
    cooks_held = fields.Integer(required=True)
    cook_places_left = fields.Integer(required=True)
    waitlist_length = fields.Integer(required=True, metadata={"description": "Parties that wait."})


class AvailabilitySchema(Schema):
    """What anybody may know of a meal."""

    id = fields.String(required=True)
    cantine = fields.String(required=True, metadata={"description": "Its slug."})
    date = fields.Date(required=True)
    meal_starts = fields.Time(required=True, format="%H:%M")
    starts_at = fields.AwareDateTime(required=True, format="iso")
    takes_bookings = fields.Boolean(required=True)
    seats_left = fields.Integer(required=True, metadata={"description": "That anybody may have."})
    newcomer_seats = fields.Integer(required=True, metadata={"description": "Kept for newcomers, besides these."})
    cook_places_left = fields.Integer(required=True)


class PeriodSchema(Schema):
    """Which meals to find. Days are local to the canteen."""

    cantine = fields.String(load_default=None, validate=storable, metadata={"description": "Its slug."})
    first = fields.Date(data_key="from", load_default=None, metadata={"description": "The first day; else today."})
    last = fields.Date(data_key="to", load_default=None, metadata={"description": "The last day; else all to come."})
    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=100_000))
    page_size = fields.Integer(load_default=50, validate=validate.Range(min=1, max=LONGEST_PAGE))


def page_of(schema: type[Schema]) -> type[Schema]:
    """One page of things."""
    return Schema.from_dict(
        {
            "items": fields.List(fields.Nested(schema), required=True),
            "page": fields.Integer(required=True),
            "page_size": fields.Integer(required=True),
            "total": fields.Integer(required=True),
            "next": fields.String(
                required=True, allow_none=True, metadata={"description": "The address of the next page."}
            ),
        },
        name=f"{schema.__name__.removesuffix('Schema')}Page",
    )


class AlertSchema(Schema):
    """One thing about one meal that is worth attention."""

    sitting = fields.String(required=True)
    kind = fields.Enum(AlertKind, by_value=True, required=True)
    cantine = fields.String(required=True, metadata={"description": "Its slug."})
    severity = fields.Enum(Severity, by_value=True, required=True)
    stands = fields.Boolean(required=True, metadata={"description": "Its cause is there."})
    facts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    raised_at = fields.AwareDateTime(required=True, format="iso")
    updated_at = fields.AwareDateTime(required=True, format="iso")
    resolved_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")
    answered_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")
    answered_by = fields.String(
        required=True, allow_none=True, metadata={"description": "The colleague who is on it, by name."}
    )


class AlertsSchema(Schema):
    """Alerts: those that stand, then those that ended lately."""

    items = fields.List(fields.Nested(AlertSchema), required=True)


class HandsSchema(Schema):
    """How many meals can be cooked: so many whoever comes, and so many more for each cook. In hundredths of a meal."""

    base = fields.Integer(strict=True, required=True, metadata={"description": "2350 is 23.5 meals."})
    per_cook = fields.Integer(strict=True, required=True, metadata={"description": "150 is 1.5 meals."})


class PartnerSchema(Schema):
    """A group that books for its own people."""

    id = fields.String(
        load_default=None,
        validate=storable,
        allow_none=True,
        metadata={"description": "As it was read; new ones: none."},
    )
    name = fields.String(required=True, metadata={"maxLength": MAX_NAME})
    seats = _count(MAX_SEATS, "How many seats are kept for it at each meal.", load_default=0)
    monthly = fields.Integer(
        strict=True,
        load_default=None,
        allow_none=True,
        metadata={"description": "How many meals it may have in a month; null: no matter."},
    )
    hours = _count(MAX_HOURS, _RELEASED, load_default=HOURS)


class KitchenChangeSchema(Schema):
    """What is usual in a kitchen: seats = min(room, ⌊base + per cook × cooks⌋, equipment)."""

    room = _count(MAX_SEATS, "How many can sit.")
    cook_places = _count(MAX_SEATS, "How many can cook.")
    planned_cooks = fields.Integer(
        strict=True,
        required=True,
        allow_none=True,
        metadata={"description": "How many count before it is known who cooks; null: as many as there are places."},
    )
    equipment = fields.Integer(
        strict=True,
        required=True,
        allow_none=True,
        metadata={"description": "How many meals the pots and plates allow; null: no matter."},
    )
    largest_party = fields.Integer(
        strict=True,
        required=True,
        allow_none=True,
        metadata={"description": "For how many people one booking may be; null: no matter."},
    )
    group_cap = fields.Integer(
        strict=True,
        required=True,
        allow_none=True,
        metadata={
            "description": "For how many people all bookings that share a contact or a partner may be; null: no matter."
        },
    )
    hands = fields.Nested(
        HandsSchema, required=True, allow_none=True, metadata={"description": "null: it does not matter who cooks."}
    )
    newcomer_seats = _count(MAX_SEATS, "How many seats are kept for newcomers.")
    newcomer_hours = _count(MAX_HOURS, _RELEASED)
    walk_in_seats = _count(MAX_SEATS, "How many seats are kept for who comes without reserving.")
    walk_in_hours = _count(MAX_HOURS, _RELEASED)
    partners = fields.List(
        fields.Nested(PartnerSchema),
        required=True,
        metadata={"description": "All of them: one that is not named is a partner no longer."},
    )
    counts_from_days = _count(MAX_DAYS_BEFORE, "How many days before the meal only confirmed cooks count…")
    counts_from_at = fields.Time(
        required=True, format="%H:%M", metadata={"description": "…from this hour on the canteen's clock."}
    )


class KitchenSchema(KitchenChangeSchema):
    """A kitchen, and what follows from it."""

    cantine = fields.String(required=True, metadata={"description": "Its slug."})
    seats_by_cooks = fields.List(
        fields.Integer(), required=True, metadata={"description": "How many can eat with 0, 1, 2… cooks."}
    )


class KitchensSchema(Schema):
    """The kitchens of some canteens."""

    items = fields.List(fields.Nested(KitchenSchema), required=True)
