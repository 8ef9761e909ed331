"""A host writes to everybody of a meal. The thing is one message."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from marshmallow import fields, validate

from shared.contracts.booking import BookingStatus
from shared.contracts.message import Message, MessageSchema, TupleOf, instant
from shared.contracts.party import Party
from shared.gsm7 import to_gsm7


class Audience(StrEnum):
    """Whom a host writes to."""

    EVERYBODY = "everybody"
    COMING = "coming"
    COOKS = "cooks"
    WAITING = "waiting"

    def includes(self, status: BookingStatus, party: Party) -> bool:
        """Whether the words are for the guest of a booking that stands so."""
        if status in {BookingStatus.CANCELLED, BookingStatus.REFUSED}:
            return False
        coming = status is BookingStatus.CONFIRMED
        return {
            Audience.EVERYBODY: True,
            Audience.COMING: coming,
            Audience.COOKS: coming and party.cooks > 0,
            Audience.WAITING: status in {BookingStatus.WAITLISTED, BookingStatus.OFFERED},
        }[self]


@dataclass(frozen=True, kw_only=True)
class HostMessage(Message):
    """A host's words to guests of one sitting, as they were when it was written.

    `people` names each person once, by the ids of their bookings: whoever has none left in the audience when it is sent
    gets nothing. `urgent` words are not held back in quiet hours. `useful_until` (UTC) is when the meal starts.
    """

    kind: ClassVar[str] = "host_message"

    sitting: str
    audience: Audience
    words: str = field(repr=False)
    urgent: bool
    written_at: datetime
    useful_until: datetime
    people: tuple[tuple[str, ...], ...]


def as_sms(cantine: str, words: str) -> str:
    """A host's words as an SMS, in GSM-7: booking reckons its cost, notifications sends it.

    A dash and no colon after the name, as it is in no language yet: French would set a space before a colon.
    """
    return to_gsm7(f"{' '.join(cantine.split())} - {words}")


class HostMessageSchema(MessageSchema):
    message = HostMessage

    sitting = fields.String(required=True, validate=validate.Length(max=80))
    audience = fields.Enum(Audience, by_value=True, required=True)
    words = fields.String(required=True, validate=validate.Length(max=4000))
    urgent = fields.Boolean(required=True)
    written_at = instant(required=True)
    useful_until = instant(required=True)
    people = TupleOf(TupleOf(fields.String(validate=validate.Length(max=80))), required=True)
