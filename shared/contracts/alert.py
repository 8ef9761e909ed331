"""Capacity has something to tell coordinators. The thing is one alert: one kind, about one sitting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from typing import ClassVar

from marshmallow import fields, validate

from shared.contracts.message import Message, MessageSchema, PartSchema, TupleOf, instant


class AlertKind(StrEnum):
    """What happened that is worth a coordinator's attention."""

    SITTING_FULL = "sitting_full"
    NEARLY_FULL = "nearly_full"
    WAITLIST_GROWING = "waitlist_growing"
    TOO_FEW_COOKS = "too_few_cooks"
    TOO_FEW_GUESTS = "too_few_guests"
    AT_RISK = "at_risk"
    LATE_CHANGE = "late_change"
    NO_MENU = "no_menu"
    GO_NO_GO = "go_no_go"
    OFFER_UNTAKEN = "offer_untaken"


class Severity(StrEnum):
    """How soon it must be known: `urgent` at once, wherever one is; `important` today; `routine` once a day."""

    URGENT = "urgent"
    IMPORTANT = "important"
    ROUTINE = "routine"


class Way(StrEnum):
    """How somebody wishes to be told."""

    SMS = "sms"
    EMAIL = "email"
    DIGEST = "digest"


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """How a member of staff wishes to hear of alerts; `digest_at` is the hour of the daily digest, local."""

    urgent: Way = Way.SMS
    important: Way = Way.EMAIL
    routine: Way = Way.DIGEST
    digest_at: time = time(8, 0)

    def of(self, severity: Severity) -> Way:
        """The way for alerts of this severity."""
        return {Severity.URGENT: self.urgent, Severity.IMPORTANT: self.important}.get(severity, self.routine)


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """A member of staff who is told. Without a telephone number (E.164), what should go by SMS goes by e-mail. `staff`
    is their id ("": an older capacity).
    """

    name: str = field(repr=False)
    email: str = field(repr=False)
    language: str
    phone: str | None = field(default=None, repr=False)
    wishes: Wishes = Wishes()
    staff: str = ""


@dataclass(frozen=True, kw_only=True)
class QuietHours:
    """When nobody is disturbed: from `since` to `until`, on the clocks of `zone`. Equal: never."""

    zone: str
    since: time
    until: time


@dataclass(frozen=True, kw_only=True)
class CapacityAlert(Message):
    """One alert, with its facts as they stood.

    `link` is the coordinators' page of the sitting; `short_link` leads there too. `standing` ends when the cause is
    gone, or somebody is on it: who has not been told need not be any more. `raised_at` (UTC) tells one time that it was
    raised from another: while it is the same, nobody is told twice of one severity. `cooking_at` (UTC) is when cooking
    starts for the meal. What `facts` holds depends on the kind.
    """

    kind: ClassVar[str] = "capacity_alert"

    alert: AlertKind
    sitting: str
    covers: int
    cooks: int
    waitlist_length: int
    link: str
    recipients: tuple[Recipient, ...]
    severity: Severity = Severity.IMPORTANT
    standing: bool = True
    raised_at: datetime | None = None
    cooking_at: datetime | None = None
    short_link: str = field(default="", repr=False)
    facts: Mapping[str, int] = field(default_factory=dict)
    quiet: QuietHours | None = None


class WishesSchema(PartSchema):
    part = Wishes

    urgent = fields.Enum(Way, by_value=True, load_default=Way.SMS)
    important = fields.Enum(Way, by_value=True, load_default=Way.EMAIL)
    routine = fields.Enum(Way, by_value=True, load_default=Way.DIGEST)
    digest_at = fields.Time(load_default=time(8, 0))


class RecipientSchema(PartSchema):
    part = Recipient

    name = fields.String(required=True)
    email = fields.String(required=True, validate=validate.Length(max=320))
    language = fields.String(required=True)
    phone = fields.String(allow_none=True, load_default=None, validate=validate.Length(max=32))
    wishes = fields.Nested(WishesSchema, load_default=Wishes())
    staff = fields.String(load_default="", validate=validate.Length(max=80))


class QuietHoursSchema(PartSchema):
    part = QuietHours

    zone = fields.String(required=True)
    since = fields.Time(required=True)
    until = fields.Time(required=True)


class CapacityAlertSchema(MessageSchema):
    message = CapacityAlert

    alert = fields.Enum(AlertKind, by_value=True, required=True)
    sitting = fields.String(required=True)
    covers = fields.Integer(required=True, strict=True)
    cooks = fields.Integer(required=True, strict=True)
    waitlist_length = fields.Integer(required=True, strict=True)
    link = fields.String(required=True)
    recipients = TupleOf(fields.Nested(RecipientSchema), required=True)
    severity = fields.Enum(Severity, by_value=True, load_default=Severity.IMPORTANT)
    standing = fields.Boolean(load_default=True)
    raised_at = instant(allow_none=True, load_default=None)
    cooking_at = instant(allow_none=True, load_default=None)
    short_link = fields.String(load_default="")
    facts = fields.Dict(keys=fields.String(), values=fields.Integer(strict=True), load_default=dict)
    quiet = fields.Nested(QuietHoursSchema, allow_none=True, load_default=None)
