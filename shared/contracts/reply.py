"""Notifications tells booking what guests answered to letters, and to which contacts letters may go."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marshmallow import ValidationError, fields, validate, validates_schema

from shared.contracts.message import Message, MessageSchema, instant

CONTACT = "contact"  # the purpose of the mark that stands for an address or a number (`shared.links.Links.mark`)


class GuestAnswer(StrEnum):
    """What was answered: they come, they cancel; yes or no to an offer of places, or to a call for cooks; or that they
    wish no more calls for cooks, no more words after a meal.
    """

    COMING = "coming"
    CANCEL = "cancel"
    ACCEPT = "accept"
    DECLINE = "decline"
    NO_MORE_CALLS = "no_more_calls"
    NO_MORE_THANKS = "no_more_thanks"


@dataclass(frozen=True, kw_only=True)
class GuestReply(Message):
    """One answer of a guest, given to us at an instant (UTC). The thing is that answer.

    It is about a `booking`; or it is that of a `person` to the call for cooks of a `sitting`, or to all calls.
    """

    kind: ClassVar[str] = "guest_reply"

    answer: GuestAnswer
    said_at: datetime
    booking: str | None = None
    person: str | None = None
    sitting: str | None = None


@dataclass(frozen=True, kw_only=True)
class ContactState(Message):
    """Whether letters may go to an address, or a number. The thing stands for it: nobody can read it there.

    `opted_out`: whoever has this number wants no more text messages; `comes_back`: what was written there came back, so
    nothing goes there for a while. What there was to say since an instant (UTC; None: ever) has not been read then.
    """

    kind: ClassVar[str] = "contact_state"

    opted_out: bool
    unread_since: datetime | None = None
    comes_back: bool = False

    @property
    def lost(self) -> bool:
        """Whether no letter goes there."""
        return self.opted_out or self.comes_back


class GuestReplySchema(MessageSchema):
    message = GuestReply

    answer = fields.Enum(GuestAnswer, by_value=True, required=True)
    said_at = instant(required=True)
    booking = fields.String(allow_none=True, load_default=None, validate=validate.Length(min=1, max=80))
    person = fields.String(allow_none=True, load_default=None, validate=validate.Length(min=1, max=36))
    sitting = fields.String(allow_none=True, load_default=None, validate=validate.Length(min=1, max=80))

    @validates_schema
    def is_about_something(self, data: dict[str, object], **_: object) -> None:
        """Raises ValidationError for an answer of nobody."""
        if not (data.get("booking") or data.get("person")):
            raise ValidationError("an answer of nobody", "booking")


class ContactStateSchema(MessageSchema):
    message = ContactState

    opted_out = fields.Boolean(required=True)
    unread_since = instant(allow_none=True, load_default=None)
    comes_back = fields.Boolean(load_default=False)
