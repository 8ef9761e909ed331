"""A member of staff asked for a link to sign in. The thing is one request."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from marshmallow import fields, validate

from shared.contracts.message import Message, MessageSchema, instant


@dataclass(frozen=True, kw_only=True)
class SignInLink(Message):
    """Where to send which link, and until when (UTC) it opens the door. The link is a secret: it stays out of logs."""

    kind: ClassVar[str] = "sign_in_link"

    name: str = field(repr=False)
    email: str = field(repr=False)
    language: str
    link: str = field(repr=False)
    valid_until: datetime


class SignInLinkSchema(MessageSchema):
    message = SignInLink

    name = fields.String(required=True)
    email = fields.String(required=True, validate=validate.Length(max=320))
    language = fields.String(required=True)
    link = fields.String(required=True)
    valid_until = instant(required=True)
