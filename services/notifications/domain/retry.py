"""What becomes of a letter after an attempt: a pure rule.

A refusal that can pass makes it due again, later and later, while it is useful. An unknown outcome depends on the kind:
a second reminder is worse than none, so the operator is told; any other letter is repeated with the same key.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from services.notifications.domain.letter import (
    AFTER_THE_MEAL,
    BACK_TO_TEXTS,
    SECRETS,
    TOO_LATE,
    UNKNOWN_OUTCOME,
    Letter,
    LetterKind,
    LetterState,
)
from services.notifications.domain.sending import Accepted, NotNow, Outcome, Refused

MAX_ATTEMPTS = 25
MAX_REPEATS = 3  # of a letter that may have arrived each time
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=30)
ENOUGH = 6  # attempts, in ten minutes: whose mailbox says "not now" so long may not say otherwise in time


def may_repeat(kind: LetterKind) -> bool:
    """Whether a letter that may have arrived is sent again: a second reminder, call or thanks is worse than none."""
    return kind not in {
        LetterKind.REMINDER,
        LetterKind.MORNING,
        LetterKind.COOK_CALL,
        *AFTER_THE_MEAL,
        *BACK_TO_TEXTS,
    }


def after(outcome: Outcome, letter: Letter, now: datetime, *, repeats_safely: bool) -> Letter:
    """The letter after an attempt. `repeats_safely`: the provider sends a key once, however often it is asked."""
    if isinstance(outcome, Accepted):
        return replace(letter, state=LetterState.SENT, reason=None)
    given_up = isinstance(outcome, NotNow) and outcome.told is not None and _is_better_told(letter, now)
    if given_up or isinstance(outcome, Refused):
        return replace(letter, state=LetterState.FAILED, reason=outcome.reason)
    if isinstance(outcome, NotNow):
        return _again(letter, now, outcome.reason, MAX_ATTEMPTS)
    reason = f"{UNKNOWN_OUTCOME}: {outcome.reason}"
    if repeats_safely:
        return _again(letter, now, reason, MAX_ATTEMPTS)
    if not may_repeat(letter.kind):
        return replace(letter, state=LetterState.FAILED, reason=reason)
    return _again(letter, now, reason, MAX_REPEATS)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 5 s, 15 s, 45 s … at most half an hour."""
    return min(FIRST_PAUSE * int(3 ** min(attempts - 1, 10)), LONGEST_PAUSE)


def _is_better_told(letter: Letter, now: datetime) -> bool:
    """Whether there is just time left for another way, or for somebody to call. A link lives too short to tell by."""
    last_chance = now + pause_after(letter.attempts) + LONGEST_PAUSE > letter.latest_at
    return letter.attempts >= ENOUGH and last_chance and letter.kind not in SECRETS


def _again(letter: Letter, now: datetime, reason: str, at_most: int) -> Letter:
    due_at = now + pause_after(letter.attempts)
    if letter.attempts >= at_most:
        return replace(letter, state=LetterState.FAILED, reason=reason)
    if due_at > letter.latest_at:
        return replace(letter, state=LetterState.DROPPED, reason=f"{TOO_LATE}: {reason}")
    return replace(letter, state=LetterState.DUE, due_at=due_at, reason=reason)
