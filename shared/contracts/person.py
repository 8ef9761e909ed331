"""Booking tells notifications of a person: somebody who agreed to be written to between two meals."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from marshmallow import fields, validate

from shared.contracts.message import Message, MessageSchema, PartSchema, TupleOf, instant


@dataclass(frozen=True, kw_only=True)
class AskedToCook:
    """A person is asked to cook at a sitting, until an instant (UTC). `link` is where they say yes, no or stop."""

    sitting: str
    call: str
    until: datetime
    link: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class PersonNotice(Message):
    """A person, how they are written to, and what they are asked now; what is not named is not asked any more.

    Of one that has `ended` nothing is known any more: name and ways to be reached are None, and are to be forgotten.
    """

    kind: ClassVar[str] = "person_notice"

    name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    language: str
    asked: tuple[AskedToCook, ...] = ()
    ended: bool = False


class AskedToCookSchema(PartSchema):
    part = AskedToCook

    sitting = fields.String(required=True, validate=validate.Length(min=1, max=80))
    call = fields.String(required=True, validate=validate.Length(min=1, max=64))
    until = instant(required=True)
    link = fields.String(required=True, validate=validate.Length(max=500))


class PersonNoticeSchema(MessageSchema):
    message = PersonNotice

    name = fields.String(required=True, allow_none=True, validate=validate.Length(max=200))
    email = fields.String(required=True, allow_none=True, validate=validate.Length(max=320))
    phone = fields.String(required=True, allow_none=True, validate=validate.Length(max=32))
    language = fields.String(required=True, validate=validate.Length(max=10))
    asked = TupleOf(fields.Nested(AskedToCookSchema), load_default=())
    ended = fields.Boolean(load_default=False)
