"""The alert that few SMS can still be sent: it is about no meal, and concerns the network's administrators.

Told once when the credit runs low, once more when it is nearly used up, and once a day while nobody is on it, twice at
most; over by itself when it was topped up.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.contracts.sms_credit import SmsCredit

ANSWER_WITHIN = timedelta(days=1)
MOST_REMINDERS = 2


@dataclass(frozen=True, kw_only=True)
class Credit:
    """The credit with a provider as notifications told of it (its revision `heard`), and how its alert stands.

    `raised_at` (UTC) is there while it is low. `telling` counts how often that was told, `reminders` how often because
    nobody was on it.
    """

    provider: str
    remaining: int
    heard: int
    scarce: bool = False
    raised_at: datetime | None = None
    telling: int = 0
    reminders: int = 0
    answered_by: str | None = None
    answered_at: datetime | None = None
    escalates_at: datetime | None = None
    revision: int = 0

    @property
    def awaits_an_answer(self) -> bool:
        """Whether it is low and nobody is on it."""
        return self.raised_at is not None and self.answered_at is None

    def answered(self, by: str, now: datetime) -> "Credit":
        """When somebody is on it; the first who says so stays."""
        if not self.awaits_an_answer:
            return self
        return replace(self, answered_by=by, answered_at=now, escalates_at=None)

    def unanswered(self, now: datetime) -> "Credit":
        """When nobody has answered in time: all are told again, but not for ever."""
        told = self.reminders + 1
        next_at = now + ANSWER_WITHIN if told < MOST_REMINDERS else None
        return replace(self, telling=self.telling + 1, reminders=told, escalates_at=next_at)


def heard(known: Credit | None, told: SmsCredit, now: datetime) -> Credit | None:
    """The credit as just told of; None, if something later is known already."""
    if known and told.revision <= known.heard:
        return None
    fresh = Credit(
        provider=told.thing, remaining=told.left, heard=told.revision, revision=known.revision if known else 0
    )
    if not told.low:
        return fresh
    if known is None or known.raised_at is None:
        return replace(fresh, scarce=told.scarce, raised_at=now, telling=1, escalates_at=now + ANSWER_WITHIN)
    if told.scarce and not known.scarce:  # whoever is on it should look again
        return replace(
            fresh,
            scarce=True,
            raised_at=known.raised_at,
            telling=known.telling + 1,
            reminders=known.reminders,
            escalates_at=now + ANSWER_WITHIN if known.reminders < MOST_REMINDERS else None,
        )
    return replace(known, remaining=told.left, heard=told.revision)
