"""Booking tells notifications of a person: somebody who agreed to be written to between two meals."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from marshmallow import fields, validate

from shared.contracts.message import Message, MessageSchema, PartSchema, TupleOf, instant
from shared.contracts.sitting import Cantine, CantineSchema


@dataclass(frozen=True, kw_only=True)
class AskedToCook:
    """A person is asked to cook at a sitting, until an instant (UTC). `link` is where they say yes, no or stop."""

    sitting: str
    call: str
    until: datetime
    link: str = field(repr=False)


class StandingWhat(StrEnum):
    """What became of somebody's usual place: it rests, or on one day there was none for them."""

    PAUSED = "paused"
    NO_PLACE = "no_place"


@dataclass(frozen=True, kw_only=True)
class StandingNews:
    """Something to tell of a usual place at a cantine, once for each (`standing`, `what`, `once_for`).

    `weekday` is that of its meals (Monday is 0), `day` the one (local) that it is about, if it is about one. `link` is
    where its guest resumes it or ends it.
    """

    standing: str
    what: StandingWhat
    once_for: str
    cantine: Cantine
    weekday: int
    day: date | None
    link: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class PersonNotice(Message):
    """A person, how they are written to, what they are asked now and what they should know of their usual places; what
    is not named is not asked, and need not be told, any more.

    Of one that has `ended` nothing is known any more: name and ways to be reached are None, and are to be forgotten.
    """

    kind: ClassVar[str] = "person_notice"

    name: str | None = field(repr=False)
    email: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    language: str
    asked: tuple[AskedToCook, ...] = ()
    news: tuple[StandingNews, ...] = ()
    ended: bool = False


class AskedToCookSchema(PartSchema):
    part = AskedToCook

    sitting = fields.String(required=True, validate=validate.Length(min=1, max=80))
    call = fields.String(required=True, validate=validate.Length(min=1, max=64))
    until = instant(required=True)
    link = fields.String(required=True, validate=validate.Length(max=500))


class StandingNewsSchema(PartSchema):
    part = StandingNews

    standing = fields.String(required=True, validate=validate.Length(min=1, max=36))
    what = fields.Enum(StandingWhat, by_value=True, required=True)
    once_for = fields.String(required=True, validate=validate.Length(min=1, max=80))
    cantine = fields.Nested(CantineSchema, required=True)
    weekday = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=6))
    day = fields.Date(required=True, allow_none=True)
    link = fields.String(required=True, validate=validate.Length(max=500))


class PersonNoticeSchema(MessageSchema):
    message = PersonNotice

    name = fields.String(required=True, allow_none=True, validate=validate.Length(max=200))
    email = fields.String(required=True, allow_none=True, validate=validate.Length(max=320))
    phone = fields.String(required=True, allow_none=True, validate=validate.Length(max=32))
    language = fields.String(required=True, validate=validate.Length(max=10))
    asked = TupleOf(fields.Nested(AskedToCookSchema), load_default=())
    news = TupleOf(fields.Nested(StandingNewsSchema), load_default=())
    ended = fields.Boolean(load_default=False)
