"""What is known of a contact, whoever has it: whether letters may go there. Pure rules.

Whoever said STOP is lost until they say otherwise. Where a letter came back from is lost for a while, and then it is
tried again: an address that does not exist for as long as its guests are kept, any other for days.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

DEAD_FOR = timedelta(days=90)
RETURNED_FOR = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class ContactRecord:
    """One contact by its `mark`: whoever has it `opted_out`, or letters came back from there and none goes there until
    `silent_until` (UTC; None: they do). What there was to say since `unread_since` (UTC; None: ever) has not been read.
    """

    mark: str
    revision: int = 0
    opted_out: bool = False
    unread_since: datetime | None = None
    silent_until: datetime | None = None

    @property
    def lost(self) -> bool:
        """Whether no letter goes there."""
        return self.opted_out or self.silent_until is not None


def as_one(mark: str, known: Sequence[ContactRecord]) -> ContactRecord:
    """What is known of one contact by several marks, as far as `mark` is to say it."""
    silent = [one.silent_until for one in known if one.silent_until]
    unread = [one.unread_since for one in known if one.lost and one.unread_since]
    ever = any(one.lost and one.unread_since is None for one in known)
    return ContactRecord(
        mark=mark,
        revision=next((one.revision for one in known if one.mark == mark), 0),
        opted_out=any(one.opted_out for one in known),
        unread_since=None if ever else min(unread, default=None),
        silent_until=max(silent, default=None),
    )


def said_stop(one: ContactRecord, now: datetime) -> ContactRecord:
    """Nothing goes there any more."""
    return one if one.opted_out else replace(one, opted_out=True, unread_since=one.unread_since if one.lost else now)


def came_back(one: ContactRecord, unread_since: datetime, until: datetime) -> ContactRecord:
    """A letter to it came back; what was read there is what there was to say before `unread_since`."""
    since = min(one.unread_since or unread_since, unread_since) if one.unread_since or not one.lost else None
    return replace(one, unread_since=since, silent_until=max(one.silent_until or until, until))


def tried_again(one: ContactRecord) -> ContactRecord:
    """Letters came back from there long enough ago."""
    return replace(one, unread_since=one.unread_since if one.opted_out else None, silent_until=None)


def said_start(one: ContactRecord) -> ContactRecord:
    """Letters may go there again."""
    return replace(one, opted_out=False, unread_since=None, silent_until=None)
