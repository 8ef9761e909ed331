"""Calls for cooks: capacity says how many are sought, and people who agreed to it are asked.

At most ten for each call, those first who were not asked for the longest time, nobody twice for one meal nor within a
week. (What must be said by telephone is in `calls.py`.)
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MOST_ASKED = 10
REST = timedelta(days=7)  # between two times that a person is asked


class Reply(StrEnum):
    """What a person said to a call."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, kw_only=True)
class CalledFor:
    """The call for a sitting as capacity last told of it; `told` is the revision under which replies were counted."""

    sitting: str
    call: str
    cantine: str
    sought: int
    until: datetime
    told: int = 0

    def is_open(self, now: datetime) -> bool:
        """Whether a yes is still welcome."""
        return self.sought > 0 and now < self.until


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A person was asked to cook at a sitting; `booking` is the one that their yes has made."""

    sitting: str
    person: str
    call: str
    at: datetime
    reply: Reply | None = None
    booking: str | None = None


@dataclass(frozen=True, kw_only=True)
class Replies:
    """How many were asked by a call, how many of them have a place to cook, and how many said no."""

    asked: int
    coming: int
    declined: int
