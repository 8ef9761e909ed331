"""A guest asked for the link to their own page, or for places that they are to confirm. The thing is one request."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from marshmallow import fields, validate

from shared.contracts.message import Message, MessageSchema, instant

MINE = "mine"  # the purpose of the secret in the link (`shared.links.Links.sign`); what is signed is the thing


@dataclass(frozen=True, kw_only=True)
class GuestLink(Message):
    """Where to send which link (to an e-mail address or to a mobile number), and until when (UTC) it opens the page.

    It `confirms` a request for places, or opens the page of who asked. The link is a secret: it stays out of logs.
    Nobody is named: a telephone may be shared.
    """

    kind: ClassVar[str] = "guest_link"

    email: str | None = field(repr=False)
    phone: str | None = field(repr=False)
    language: str
    link: str = field(repr=False)
    valid_until: datetime
    confirms: bool = False


class GuestLinkSchema(MessageSchema):
    message = GuestLink

    email = fields.String(required=True, allow_none=True, validate=validate.Length(max=320))
    phone = fields.String(required=True, allow_none=True, validate=validate.Length(max=32))
    language = fields.String(required=True, validate=validate.Length(max=10))
    link = fields.String(required=True, validate=validate.Length(max=500))
    valid_until = instant(required=True)
    confirms = fields.Boolean(load_default=False)
