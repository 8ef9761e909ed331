"""How a service is, told once a minute to the one where administrators sign in. The thing is the service.

It is the one message that is not kept until it is heard: that none comes is news too (decision 0064). It names nobody.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from marshmallow import fields, validate

from shared.contracts.message import Message, MessageSchema, PartSchema, TupleOf, instant

LETTERS = "letters"
MOST_TROUBLES = 20  # kinds of trouble that one telling names: beyond these, more would help nobody


@dataclass(frozen=True, kw_only=True)
class Wait:
    """How many things wait for `what` (a receiver of messages, or `LETTERS` to leave), the oldest for so many
    `seconds`.
    """

    what: str
    count: int
    seconds: int


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What does not go on by itself: `stuck` or `parked` items of the kind `what`, or the `timer` of that name.

    Since so many `seconds`, by the clock of who tells it; `error` is the kind of the last one, without its words.
    """

    how: str
    what: str
    count: int
    seconds: int
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceState(Message):
    """How a service is, at `told_at` by its own clock.

    `broker`: whether it lets this service in. `hearers`: how many workers are at its queue, `unheard`: how many tasks
    wait there (None: nobody can say).
    """

    kind: ClassVar[str] = "service_state"

    told_at: datetime
    broker: bool
    hearers: int | None
    unheard: int | None
    waits: tuple[Wait, ...]
    troubles: tuple[Trouble, ...]


class WaitSchema(PartSchema):
    part = Wait

    what = fields.String(required=True, validate=validate.Length(max=40))
    count = fields.Integer(required=True, strict=True)
    seconds = fields.Integer(required=True, strict=True)


class TroubleSchema(PartSchema):
    part = Trouble

    how = fields.String(required=True, validate=validate.OneOf(("stuck", "parked", "timer")))
    what = fields.String(required=True, validate=validate.Length(max=80))
    count = fields.Integer(required=True, strict=True)
    seconds = fields.Integer(required=True, strict=True)
    error = fields.String(load_default="", validate=validate.Length(max=500))


class ServiceStateSchema(MessageSchema):
    message = ServiceState

    told_at = instant(required=True)
    broker = fields.Boolean(required=True)
    hearers = fields.Integer(required=True, strict=True, allow_none=True)
    unheard = fields.Integer(required=True, strict=True, allow_none=True)
    waits = TupleOf(fields.Nested(WaitSchema), required=True)
    troubles = TupleOf(fields.Nested(TroubleSchema), required=True)
