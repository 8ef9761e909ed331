"""Few SMS can still be sent: notifications knows it, capacity knows whom to tell. The thing is the SMS provider."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from marshmallow import fields, validate

from shared.contracts.alert import Recipient, RecipientSchema
from shared.contracts.message import Message, MessageSchema, TupleOf, instant


@dataclass(frozen=True, kw_only=True)
class SmsCredit(Message):
    """How many SMS a provider will still send, and whether that is `low`; `scarce`: nearly used up."""

    kind: ClassVar[str] = "sms_credit"

    left: int
    low: bool
    scarce: bool = False


@dataclass(frozen=True, kw_only=True)
class CreditAlert(Message):
    """Who is to hear that the credit is low. It is told anew when `telling` rises: it has sunk, or nobody is on it.

    `standing` ends when it was topped up, or somebody is on it. `link` is the page where one says so.
    """

    kind: ClassVar[str] = "credit_alert"

    left: int
    standing: bool
    raised_at: datetime
    telling: int
    recipients: tuple[Recipient, ...]
    link: str


class SmsCreditSchema(MessageSchema):
    message = SmsCredit

    left = fields.Integer(required=True, strict=True)
    low = fields.Boolean(required=True)
    scarce = fields.Boolean(load_default=False)


class CreditAlertSchema(MessageSchema):
    message = CreditAlert

    left = fields.Integer(required=True, strict=True)
    standing = fields.Boolean(required=True)
    raised_at = instant(required=True)
    telling = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    recipients = TupleOf(fields.Nested(RecipientSchema), required=True)
    link = fields.String(required=True)
