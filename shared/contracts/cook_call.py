"""Capacity seeks cooks for a sitting, and booking tells how many it has asked. The thing of both is the sitting."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from marshmallow import fields, validate

from shared.contracts.message import Message, MessageSchema, instant


@dataclass(frozen=True, kw_only=True)
class CookCall(Message):
    """How many cooks are still sought, and until when (UTC) they may say yes; none once `sought` is 0.

    `call` tells one call from the next for the same sitting: each asks people anew. `cantine` is a slug.
    """

    kind: ClassVar[str] = "cook_call"

    call: str
    cantine: str
    sought: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class CookReplies(Message):
    """Of the people who were `asked` by this call, how many are `coming` to cook and how many `declined`."""

    kind: ClassVar[str] = "cook_replies"

    call: str
    asked: int
    coming: int
    declined: int


class CookCallSchema(MessageSchema):
    message = CookCall

    call = fields.String(required=True, validate=validate.Length(min=1, max=64))
    cantine = fields.String(required=True, validate=validate.Length(max=60))
    sought = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    until = instant(required=True)


class CookRepliesSchema(MessageSchema):
    message = CookReplies

    call = fields.String(required=True, validate=validate.Length(min=1, max=64))
    asked = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    coming = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    declined = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
