"""Booking asks for seats, capacity answers. The thing is a booking."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marshmallow import fields, validate

from shared.contracts.message import Message, MessageSchema, PartSchema, instant
from shared.contracts.party import Party, PartySchema


class Standing(StrEnum):
    """What capacity gives a booking."""

    HELD = "held"
    OFFERED = "offered"
    WAITLISTED = "waitlisted"
    REFUSED = "refused"
    RELEASED = "released"


class Why(StrEnum):
    """Why capacity refused a booking, or a change of one that stays held; or why an offer is no more."""

    PAST_CUTOFF = "past_cutoff"
    SITTING_CANCELLED = "sitting_cancelled"
    SITTING_CLOSED = "sitting_closed"
    UNKNOWN_SITTING = "unknown_sitting"
    PARTY_TOO_LARGE = "party_too_large"
    GROUP_TOO_LARGE = "group_too_large"  # with what the same people have booked besides
    MEALS_USED_UP = "meals_used_up"  # those that a partner has in a month
    WAITLIST_CLOSED = "waitlist_closed"
    OFFER_EXPIRED = "offer_expired"
    OFFER_DECLINED = "offer_declined"
    OFFER_TAKEN = "offer_taken"  # by another party, faster to say yes: one waits on


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Places that are kept for who waits, until that instant (UTC), if they say yes."""

    id: str
    until: datetime


@dataclass(frozen=True, kw_only=True)
class OfferReply:
    """What a guest said to an offer, and when (booking's database clock, UTC). `offer` is "" if it had passed by then:
    such a yes is an ordinary request at its old place in line.
    """

    offer: str
    accepted: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class KeptAnswer:
    """The last answer that booking keeps: it lets a capacity restored from an older copy honour what it gave, and what
    it refused.
    """

    revision: int
    standing: Standing
    held: Party
    offer: Offer | None = None
    why: Why | None = None


@dataclass(frozen=True, kw_only=True)
class SeatsRequest(Message):
    """How a booking wishes to be seated: the whole wish, never a difference. A party of nobody releases the seats.

    `asked_at` is the instant at which the present party was asked for (booking's database clock, UTC); growing the
    party resets it, shrinking keeps it. A booking never changes its sitting. `reply` is what its guest said to the last
    offer, if the party is still the one to which it was made. Bookings with the same `group` share a contact: it says
    no more of them; None if that is not known. A `newcomer` comes for the first time; `allotment` is the partner (by
    id) with whom they come, if any.
    """

    kind: ClassVar[str] = "seats_request"

    sitting: str
    party: Party
    asked_at: datetime
    last_answer: KeptAnswer | None = None
    reply: OfferReply | None = None
    group: str | None = field(default=None, repr=False)
    newcomer: bool = False
    allotment: str | None = None


@dataclass(frozen=True, kw_only=True)
class SeatsAnswer(Message):
    """What capacity holds for a booking. `revision` is capacity's own; `answers` is the booking's revision applied.

    `held` are the people who have seats, `wished` those who asked for them; they differ while a larger party waits.
    `why` explains a refusal, also of a change to a booking that stays held; if the partner's meals of the month are
    used up, `meals_left` says how many it still has. `offer` is there while standing is offered.
    """

    kind: ClassVar[str] = "seats_answer"

    answers: int
    sitting: str
    standing: Standing
    held: Party
    wished: Party
    asked_at: datetime
    why: Why | None = None
    offer: Offer | None = None
    meals_left: int | None = None


class OfferSchema(PartSchema):
    part = Offer

    id = fields.String(required=True, validate=validate.Length(min=1, max=64))
    until = instant(required=True)


class OfferReplySchema(PartSchema):
    part = OfferReply

    offer = fields.String(required=True, validate=validate.Length(max=64))
    accepted = fields.Boolean(required=True)
    at = instant(required=True)


class KeptAnswerSchema(PartSchema):
    part = KeptAnswer

    revision = fields.Integer(required=True, strict=True)
    standing = fields.Enum(Standing, by_value=True, required=True)
    held = fields.Nested(PartySchema, required=True)
    offer = fields.Nested(OfferSchema, allow_none=True, load_default=None)
    why = fields.Enum(Why, by_value=True, allow_none=True, load_default=None)


class SeatsRequestSchema(MessageSchema):
    message = SeatsRequest

    sitting = fields.String(required=True, validate=validate.Length(min=1, max=80))
    party = fields.Nested(PartySchema, required=True)
    asked_at = instant(required=True)
    last_answer = fields.Nested(KeptAnswerSchema, allow_none=True, load_default=None)
    reply = fields.Nested(OfferReplySchema, allow_none=True, load_default=None)
    group = fields.String(allow_none=True, load_default=None, validate=validate.Length(min=1, max=64))
    newcomer = fields.Boolean(load_default=False)
    allotment = fields.String(allow_none=True, load_default=None, validate=validate.Length(min=1, max=64))


class SeatsAnswerSchema(MessageSchema):
    message = SeatsAnswer

    answers = fields.Integer(required=True, strict=True)
    sitting = fields.String(required=True)
    standing = fields.Enum(Standing, by_value=True, required=True)
    held = fields.Nested(PartySchema, required=True)
    wished = fields.Nested(PartySchema, required=True)
    asked_at = instant(required=True)
    why = fields.Enum(Why, by_value=True, allow_none=True, load_default=None)
    offer = fields.Nested(OfferSchema, allow_none=True, load_default=None)
    meals_left = fields.Integer(strict=True, allow_none=True, load_default=None)
