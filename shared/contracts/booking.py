"""Booking tells notifications how a booking stands. The thing is a booking."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marshmallow import fields, validate

from shared.contracts.message import Message, MessageSchema, instant
from shared.contracts.party import Party, PartySchema
from shared.contracts.seats import Why


class BookingStatus(StrEnum):
    """What became of a booking. `requested` means that capacity has not yet answered the present wish."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    OFFERED = "offered"
    WAITLISTED = "waitlisted"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Origin(StrEnum):
    """How a booking came about: a guest asked for it, or said yes to a call for cooks, or comes every week."""

    GUEST = "guest"
    COOK_CALL = "cook_call"
    STANDING = "standing"


class Attended(StrEnum):
    """Whether a guest who had a place came."""

    CAME = "came"
    ABSENT = "absent"


@dataclass(frozen=True, kw_only=True)
class BookingNotice(Message):
    """A booking with what is needed to write to its guest.

    `party` are the people who come (confirmed) or who wish to. `news` is the revision at which what a guest should be
    told last changed: a standing letter is written once for each `news`. `why` explains a refusal, or, on a confirmed
    booking, why its last change was not made. Name and ways to be reached are None where booking does not know them (a
    booking found again after a restore): the receiver then keeps what it knows. `link` is the secret address of the
    booking's own page; an e-mail carries the `email_link` instead, where there is one, by which booking knows that the
    address reaches who opens it: no SMS does. `offer_until` (UTC) is there while places are kept for a guest, who is
    asked. `by_team`: somebody of the cantine booked for the guest, who has to be told so; or a `proxy` did, by name: a
    neighbour, a relative, a social worker. The ways to be reached are the guest's, or that proxy's (`to_proxy`), to
    whom letters then go; where the guest is not known, the receiver keeps what it knows of the proxy too. The guest
    prefers SMS (`by_sms`) where both ways are given, wants no `reminders` or one more on the morning (`morning_sms`),
    or is told nothing more (`quiet`) but that the meal is cancelled or moved. `unanswered`: the wish has waited so long
    for its first answer that its guest should hear that it has come. `attended`: after the meal, of a guest who wished
    for a word about it. Its guest was `erased`: they wish to be forgotten, and nothing is kept of them.
    """

    kind: ClassVar[str] = "booking_notice"

    sitting: str
    status: BookingStatus
    party: Party
    news: int
    why: Why | None
    name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    language: str
    link: str = field(repr=False)
    email_link: str | None = field(default=None, repr=False)
    offer_until: datetime | None = None
    origin: Origin = Origin.GUEST
    by_team: bool = False
    by_sms: bool = False
    reminders: bool = True
    quiet: bool = False
    morning_sms: bool = False
    unanswered: bool = False
    attended: Attended | None = None
    erased: bool = False
    proxy: str | None = field(default=None, repr=False)
    to_proxy: bool = False


class BookingNoticeSchema(MessageSchema):
    message = BookingNotice

    sitting = fields.String(required=True)
    status = fields.Enum(BookingStatus, by_value=True, required=True)
    party = fields.Nested(PartySchema, required=True)
    news = fields.Integer(required=True, strict=True)
    why = fields.Enum(Why, by_value=True, allow_none=True, load_default=None)
    name = fields.String(required=True, allow_none=True, validate=validate.Length(max=200))
    email = fields.String(required=True, allow_none=True, validate=validate.Length(max=320))
    phone = fields.String(required=True, allow_none=True, validate=validate.Length(max=32))
    language = fields.String(required=True, validate=validate.Length(max=10))
    link = fields.String(required=True, validate=validate.Length(max=500))
    email_link = fields.String(allow_none=True, load_default=None, validate=validate.Length(max=500))
    offer_until = instant(allow_none=True, load_default=None)
    origin = fields.Enum(Origin, by_value=True, load_default=Origin.GUEST)
    by_team = fields.Boolean(load_default=False)
    by_sms = fields.Boolean(load_default=False)
    reminders = fields.Boolean(load_default=True)
    quiet = fields.Boolean(load_default=False)
    morning_sms = fields.Boolean(load_default=False)
    unanswered = fields.Boolean(load_default=False)
    attended = fields.Enum(Attended, by_value=True, allow_none=True, load_default=None)
    erased = fields.Boolean(load_default=False)
    proxy = fields.String(allow_none=True, load_default=None, validate=validate.Length(max=200))
    to_proxy = fields.Boolean(load_default=False)
