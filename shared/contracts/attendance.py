"""Booking tells capacity how many came to a sitting. The thing is the sitting."""

from dataclasses import dataclass
from typing import ClassVar

from marshmallow import fields, validate

from shared.contracts.message import Message, MessageSchema


@dataclass(frozen=True, kw_only=True)
class Attendance(Message):
    """People, not bookings: of those who were expected `came` and `absent`, and `walk_ins`, who had not reserved.

    Who was not checked in yet is in none of the three.
    """

    kind: ClassVar[str] = "attendance"

    came: int
    absent: int
    walk_ins: int


class AttendanceSchema(MessageSchema):
    message = Attendance

    came = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    absent = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
    walk_ins = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))
