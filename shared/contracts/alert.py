"""Capacity has something to tell coordinators. The thing is one alert."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from marshmallow import fields, validate

from shared.contracts.message import Message, MessageSchema, PartSchema, TupleOf


class AlertKind(StrEnum):
    """What happened that is worth a coordinator's attention."""

    SITTING_FULL = "sitting_full"


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """A member of staff who is told."""

    name: str = field(repr=False)
    email: str = field(repr=False)
    language: str


@dataclass(frozen=True, kw_only=True)
class CapacityAlert(Message):
    """One alert, with its facts as they stood; `link` is the coordinators' page of the sitting."""

    kind: ClassVar[str] = "capacity_alert"

    alert: AlertKind
    sitting: str
    covers: int
    cooks: int
    waitlist_length: int
    link: str
    recipients: tuple[Recipient, ...]


class RecipientSchema(PartSchema):
    part = Recipient

    name = fields.String(required=True)
    email = fields.String(required=True, validate=validate.Length(max=320))
    language = fields.String(required=True)


class CapacityAlertSchema(MessageSchema):
    message = CapacityAlert

    alert = fields.Enum(AlertKind, by_value=True, required=True)
    sitting = fields.String(required=True)
    covers = fields.Integer(required=True, strict=True)
    cooks = fields.Integer(required=True, strict=True)
    waitlist_length = fields.Integer(required=True, strict=True)
    link = fields.String(required=True)
    recipients = TupleOf(fields.Nested(RecipientSchema), required=True)
