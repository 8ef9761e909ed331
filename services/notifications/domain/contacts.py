"""What is known of a contact, whoever has it: whether letters reach it, and whether they may go there. Pure rules."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

TRIED_AGAIN_AFTER = timedelta(days=30)  # a number may have got a new owner, a mailbox been mended


@dataclass(frozen=True, kw_only=True)
class ContactRecord:
    """One contact by its `mark`. What went there since `unread_since` (UTC; None: ever) was not read."""

    mark: str
    revision: int = 0
    reachable: bool = True
    opted_out: bool = False
    unread_since: datetime | None = None

    @property
    def is_written_to(self) -> bool:
        """Whether letters may go there, and arrive."""
        return self.reachable and not self.opted_out


def said_stop(one: ContactRecord, now: datetime) -> ContactRecord:
    """Nothing goes there any more."""
    return one if one.opted_out else replace(one, opted_out=True, reachable=True, unread_since=now)


def said_start(one: ContactRecord) -> ContactRecord:
    """Letters may go there again."""
    return replace(one, opted_out=False, reachable=True, unread_since=None)


def came_back(one: ContactRecord) -> ContactRecord:
    """A letter could not be delivered there, now or ever."""
    if not one.reachable:
        return one
    return replace(one, reachable=False, unread_since=one.unread_since if one.opted_out else None)


def answers(one: ContactRecord) -> ContactRecord:
    """Somebody has written from there, or a letter has arrived."""
    return one if one.reachable else replace(one, reachable=True)
