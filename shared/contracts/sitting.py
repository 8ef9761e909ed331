"""Capacity tells booking and notifications how a sitting stands."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import ClassVar

from marshmallow import fields, validate

from shared.contracts.message import Message, MessageSchema, PartSchema, TupleOf, instant


class SittingStatus(StrEnum):
    """Whether guests may come. A cancelled sitting is final."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class WaitlistPolicy(StrEnum):
    """Who in the waiting list gets places that come free: who asked first, or the first for whom they are enough."""

    STRICT = "strict"
    FILL = "fill"


@dataclass(frozen=True, kw_only=True)
class Cantine:
    """The kitchen and dining room where a sitting takes place. `zone` is an IANA time zone name.

    Guests are reminded `reminder_days` before a meal, at `reminder_at` on its clock; and once more by an SMS on its
    morning, if it offers that (`morning_sms`) and they wish it. Who wishes it gets a word on the day after, where the
    cantine writes such words (`thanks`).
    """

    slug: str
    name: str
    city: str
    address: str
    phone: str
    email: str
    zone: str
    reminder_days: int = 1
    reminder_at: time = time(16, 0)
    morning_sms: bool = False
    thanks: bool = False


@dataclass(frozen=True, kw_only=True)
class PartnerPlaces:
    """A partner of the cantine (such as an association that books for its own people), and how many seats of the
    sitting are kept for it. One of its bookings is for `largest_party` people at most; None if that does not matter.
    """

    id: str
    name: str
    kept: int
    largest_party: int | None = None


@dataclass(frozen=True, kw_only=True)
class SittingNotice(Message):
    """One dated meal with what a resident may know of it.

    `date`, `cooking_starts`, `meal_starts` are local to the cantine; `starts_at` (of the meal) and `cutoff_at` are UTC.
    Money is in euro cents. `allergens` is None while they are not yet known, () when there are none of the 14. `diets`
    are those that the meal suits. Of the break-even price `food_price` is for food and the rest for overheads; None if
    that is not told. One booking is for `largest_party` people at most; None if that does not matter.

    `seats_left` anybody may have; besides these `newcomer_seats` are kept for who comes for the first time, and some
    for each of the `partners`. `walk_ins` are expected without reserving, where seats are kept for them.
    """

    kind: ClassVar[str] = "sitting_notice"

    cantine: Cantine
    date: date
    cooking_starts: time
    meal_starts: time
    starts_at: datetime
    cutoff_at: datetime
    status: SittingStatus
    menu: str
    allergens: tuple[str, ...] | None
    break_even_price: int
    seats: int
    seats_left: int
    cook_places: int
    cook_places_left: int
    waitlist_length: int
    at_risk: bool
    diets: tuple[str, ...] = ()
    food_price: int | None = None
    waitlist_policy: WaitlistPolicy = WaitlistPolicy.STRICT
    largest_party: int | None = None
    newcomer_seats: int = 0
    partners: tuple[PartnerPlaces, ...] = ()
    walk_ins: int = 0


class CantineSchema(PartSchema):
    part = Cantine

    slug = fields.String(required=True)
    name = fields.String(required=True)
    city = fields.String(required=True)
    address = fields.String(required=True)
    phone = fields.String(required=True)
    email = fields.String(required=True)
    zone = fields.String(required=True)
    reminder_days = fields.Integer(strict=True, load_default=1)
    reminder_at = fields.Time(load_default=time(16, 0))
    morning_sms = fields.Boolean(load_default=False)
    thanks = fields.Boolean(load_default=False)


class PartnerPlacesSchema(PartSchema):
    part = PartnerPlaces

    id = fields.String(required=True, validate=validate.Length(min=1, max=64))
    name = fields.String(required=True)
    kept = fields.Integer(required=True, strict=True)
    largest_party = fields.Integer(strict=True, allow_none=True, load_default=None)


class SittingNoticeSchema(MessageSchema):
    message = SittingNotice

    cantine = fields.Nested(CantineSchema, required=True)
    date = fields.Date(required=True)
    cooking_starts = fields.Time(required=True)
    meal_starts = fields.Time(required=True)
    starts_at = instant(required=True)
    cutoff_at = instant(required=True)
    status = fields.Enum(SittingStatus, by_value=True, required=True)
    menu = fields.String(required=True)
    allergens = TupleOf(fields.String(), required=True, allow_none=True)
    break_even_price = fields.Integer(required=True, strict=True)
    seats = fields.Integer(required=True, strict=True)
    seats_left = fields.Integer(required=True, strict=True)
    cook_places = fields.Integer(required=True, strict=True)
    cook_places_left = fields.Integer(required=True, strict=True)
    waitlist_length = fields.Integer(required=True, strict=True)
    at_risk = fields.Boolean(required=True)
    diets = TupleOf(fields.String(), load_default=())
    food_price = fields.Integer(strict=True, allow_none=True, load_default=None)
    waitlist_policy = fields.Enum(WaitlistPolicy, by_value=True, load_default=WaitlistPolicy.STRICT)
    largest_party = fields.Integer(strict=True, allow_none=True, load_default=None)
    newcomer_seats = fields.Integer(strict=True, load_default=0)
    partners = TupleOf(fields.Nested(PartnerPlacesSchema), load_default=())
    walk_ins = fields.Integer(strict=True, load_default=0)
