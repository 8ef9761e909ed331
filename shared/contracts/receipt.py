"""The receiver tells the sender which items it has handled. The thing is one handled task."""

from dataclasses import dataclass
from typing import ClassVar

from marshmallow import fields

from shared.contracts.message import Message, MessageSchema, PartSchema, TupleOf


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One thing and the highest revision of it that the receiver now keeps."""

    thing: str
    revision: int


@dataclass(frozen=True, kw_only=True)
class Receipt(Message):
    """These items of `of_kind`, from the service that this goes to, are handled. Never itself receipted."""

    kind: ClassVar[str] = "receipt"

    by: str
    of_kind: str
    kept: tuple[Kept, ...]


class KeptSchema(PartSchema):
    part = Kept

    thing = fields.String(required=True)
    revision = fields.Integer(required=True, strict=True)


class ReceiptSchema(MessageSchema):
    message = Receipt

    by = fields.String(required=True)
    of_kind = fields.String(required=True)
    kept = TupleOf(fields.Nested(KeptSchema), required=True)
