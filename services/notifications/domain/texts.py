"""A text message that came in, what became of it, and what goes back: little, and never to a machine for ever."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from services.notifications.domain.letter import UNDONE, LetterKind

A_DAY = timedelta(days=1)
MOST_REPLIES = 4  # to one number in a day
LONGEST = 1600  # characters that are kept
USEFUL_FOR = timedelta(hours=1)  # an answer to a text


class TextFate(StrEnum):
    """What became of a text. Those that are `unclear` are for the coordinators to read."""

    ANSWERED = "answered"
    ASKED_BACK = "asked_back"
    STOPPED = "stopped"
    STARTED = "started"
    THANKS = "thanks"
    UNCLEAR = "unclear"


@dataclass(frozen=True, kw_only=True)
class TextIn:
    """A text from a number (E.164), as it arrived (UTC). `key` makes it this one: sent twice, it counts once."""

    number: int
    key: str
    phone: str = field(repr=False)
    text: str = field(repr=False)
    received_at: datetime

    @property
    def revision(self) -> int:
        """Under which its answer is said."""
        return int(self.received_at.timestamp() * 1_000_000)


def tidy(text: str) -> str:
    """A text as it can be kept: no controls, no half characters, not without end."""
    kept = "".join(c if c.isprintable() or c == "\n" else " " for c in text.replace("\r\n", "\n").replace("\r", "\n"))
    return kept.encode("utf-8", "ignore").decode()[:LONGEST].strip()


def may_reply(kind: LetterKind, sent_today: Sequence[str]) -> bool:
    """Whether a letter goes back to a number to which these went within a day: there may be a machine behind it."""
    return len(sent_today) < MOST_REPLIES and not (kind in UNDONE and kind.value in sent_today)
