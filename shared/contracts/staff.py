"""Capacity tells who looks after the cantines. The thing is a member of staff."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from marshmallow import fields, validate

from shared.contracts.message import Message, MessageSchema, TupleOf


class StaffRole(StrEnum):
    """What a member of staff is to their cantines. A network administrator is it to all of them."""

    ADMINISTRATOR = "administrator"
    HOST = "host"
    COORDINATOR = "coordinator"
    HELPER = "helper"


@dataclass(frozen=True, kw_only=True)
class StaffNotice(Message):
    """A member of staff, the cantines (by slug) that they look after, and their role there.

    An administrator looks after every cantine, so that none is named. Whoever is `revoked` sees nothing any more, in
    any session; their name is forgotten.
    """

    kind: ClassVar[str] = "staff_notice"

    name: str = field(repr=False)
    role: StaffRole
    cantines: tuple[str, ...]
    revoked: bool = False


class StaffNoticeSchema(MessageSchema):
    message = StaffNotice

    name = fields.String(required=True, validate=validate.Length(max=200))
    role = fields.Enum(StaffRole, by_value=True, required=True)
    cantines = TupleOf(fields.String(), required=True)
    revoked = fields.Boolean(load_default=False)
