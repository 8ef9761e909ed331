"""The base of all messages and of their schemas."""

from dataclasses import dataclass
from datetime import UTC
from typing import Any, ClassVar

from marshmallow import EXCLUDE, Schema, fields, post_load, validate


@dataclass(frozen=True, kw_only=True)
class Message:
    """How one thing stands, as its sender says it.

    `thing` is the id of what the message is about; `revision` is the sender's own count of its states, raised at every
    change (`max(previous + 1, database clock in microseconds)`), so a later state always has a higher revision.
    """

    kind: ClassVar[str]
    version: ClassVar[int] = 1

    thing: str
    revision: int


class MessageSchema(Schema):
    """Reads and writes one kind of message; a field it does not know is ignored, so a newer sender is understood."""

    message: ClassVar[type[Message]]

    class Meta:
        unknown = EXCLUDE

    thing = fields.String(required=True, validate=validate.Length(min=1, max=80))
    revision = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Message:
        """Turn validated fields into the frozen message."""
        return self.message(**data)


class PartSchema(Schema):
    """Reads and writes a frozen record that is a part of a message."""

    part: ClassVar[type]

    class Meta:
        unknown = EXCLUDE

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Any:
        """Turn validated fields into the frozen part."""
        return self.part(**data)


def instant(**options: Any) -> fields.AwareDateTime:
    """A field for an instant: aware, in UTC, written in ISO 8601."""
    return fields.AwareDateTime(format="iso", default_timezone=UTC, **options)


class TupleOf(fields.List[Any]):
    """A field for a tuple of equal items (a list in JSON)."""

    def _deserialize(self, *args: Any, **options: Any) -> Any:
        return tuple(super()._deserialize(*args, **options))
