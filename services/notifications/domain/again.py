"""Whether a letter may be sent again because somebody of the staff asks for it: a pure rule.

What is sent again is a new letter with a key of its own, written anew from what is known then: the same key would not
be sent twice. So it must still be true, still be useful, and be news of what somebody has or had: no solicitation.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from services.notifications.domain.facts import Booking, Sitting
from services.notifications.domain.letter import (
    NO_WAY,
    NOT_WANTED,
    UNKNOWN_OUTCOME,
    Channel,
    Letter,
    LetterKind,
    LetterState,
)
from services.notifications.domain.plan import channel_of, still_true

MOST = 5  # times
OF_A_BOOKING = frozenset(
    {
        LetterKind.REQUESTED,
        LetterKind.CONFIRMED,
        LetterKind.WAITLISTED,
        LetterKind.OFFER,
        LetterKind.OFFER_PASSED,
        LetterKind.FULL,
        LetterKind.CHANGE_REFUSED,
        LetterKind.CANCELLED_BY_GUEST,
        LetterKind.CANCELLED_BY_CANTINE,
        LetterKind.MOVED,
        LetterKind.REMINDER,
    }
)
WITHOUT_A_BOOKING = frozenset({LetterKind.HOST_MESSAGE, LetterKind.USUAL_PAUSED, LetterKind.USUAL_NO_PLACE})


class Refusal(StrEnum):
    """Why a letter is not sent again."""

    ONCE_ONLY = "once only"
    ON_ITS_WAY = "on its way"
    NO_LONGER_TRUE = "no longer true"
    TOO_LATE = "too late"
    NO_WAY = "no way"
    OFTEN_ENOUGH = "often enough"


def refusal(
    letter: Letter, earlier: Sequence[Letter], booking: Booking | None, sitting: Sitting | None, now: datetime
) -> Refusal | None:
    """Why not; None if it may. `earlier` are those that were sent again of it."""
    knows_way = letter.kind not in OF_A_BOOKING or (booking is not None and channel_of(booking) is not None)
    why_not = {
        Refusal.ONCE_ONLY: letter.again_of is not None or letter.kind not in OF_A_BOOKING | WITHOUT_A_BOOKING,
        Refusal.ON_ITS_WAY: any(one.waits or one.state is LetterState.ATTEMPTING for one in (letter, *earlier)),
        Refusal.TOO_LATE: now > letter.latest_at,
        Refusal.NO_LONGER_TRUE: not _is_true(letter, booking, sitting),
        Refusal.NO_WAY: not knows_way or (letter.reason == NO_WAY and letter.kind in WITHOUT_A_BOOKING),
        Refusal.OFTEN_ENOUGH: len(earlier) >= MOST,
    }
    return next((reason for reason, holds in why_not.items() if holds), None)


def _is_true(letter: Letter, booking: Booking | None, sitting: Sitting | None) -> bool:
    if letter.state is LetterState.DROPPED and letter.reason == NOT_WANTED:
        return False
    if letter.kind not in OF_A_BOOKING:
        return True
    return booking is not None and sitting is not None and still_true(letter, booking, sitting)


def may_have_arrived(letter: Letter) -> bool:
    """Whether nobody knows what became of it: who sends it again must have read that."""
    return (letter.reason or "").startswith(UNKNOWN_OUTCOME)


def key_of(letter: Letter, number: int) -> str:
    """The key of the letter that is sent as the `number`th again of this one."""
    return f"{letter.key}:again:{number}"


def again(letter: Letter, number: int, asked_by: str, now: datetime, channel: Channel) -> Letter:
    """The letter that is sent, by this channel."""
    return replace(
        letter,
        channel=channel,
        key=key_of(letter, number),
        state=LetterState.DUE,
        due_at=now,
        reason=None,
        attempts=0,
        taken_at=None,
        called_at=None,
        again_of=letter.key,
        asked_by=asked_by,
    )
