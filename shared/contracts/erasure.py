"""Somebody is forgotten on request: booking tells notifications, and notifications tells booking that it has done so.

The thing is what stands for their address or number (`shared.links.Links.mark`): nobody can read it there. Each of the
two keeps a journal of it and says it again (`resay`) when the other was put back to an older copy, which knows them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from shared.contracts.message import Message, MessageSchema, instant


@dataclass(frozen=True, kw_only=True)
class Erasure(Message):
    """Whatever was known of a contact before an instant (UTC) is to be forgotten."""

    kind: ClassVar[str] = "erasure"

    erased_at: datetime


@dataclass(frozen=True, kw_only=True)
class Erased(Message):
    """Whatever was known of a contact before an instant (UTC) is forgotten."""

    kind: ClassVar[str] = "erased"

    erased_at: datetime


class ErasureSchema(MessageSchema):
    message = Erasure

    erased_at = instant(required=True)


class ErasedSchema(MessageSchema):
    message = Erased

    erased_at = instant(required=True)
