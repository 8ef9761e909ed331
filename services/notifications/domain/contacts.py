"""What is known of a contact, whoever has it: whether letters may go there. Pure rules."""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class ContactRecord:
    """One contact by its `mark`. What there was to say since `unread_since` (UTC; None: ever) has not been read."""

    mark: str
    revision: int = 0
    opted_out: bool = False
    unread_since: datetime | None = None


def said_stop(one: ContactRecord, now: datetime) -> ContactRecord:
    """Nothing goes there any more."""
    return one if one.opted_out else replace(one, opted_out=True, unread_since=now)


def said_start(one: ContactRecord) -> ContactRecord:
    """Letters may go there again."""
    return replace(one, opted_out=False, unread_since=None)
