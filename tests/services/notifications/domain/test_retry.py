"""What becomes of a letter after an attempt."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.notifications.domain.letter import Letter, LetterKind, LetterState
from services.notifications.domain.plan import plan
from services.notifications.domain.receipts import Delivery
from services.notifications.domain.retry import ENOUGH, MAX_ATTEMPTS, MAX_REPEATS, after, pause_after
from services.notifications.domain.sending import Accepted, NotNow, Outcome, Refused, Unknown
from tests.services.notifications.domain.facts import BOOKING, SITTING

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CONFIRMATION, REMINDER = (
    replace(letter, state=LetterState.ATTEMPTING, attempts=1) for letter in plan(BOOKING, SITTING, [], NOW)
)


@pytest.mark.parametrize(
    ("letter", "outcome", "safely", "state"),
    [
        (CONFIRMATION, Accepted("17"), False, LetterState.SENT),
        (CONFIRMATION, Refused("SMTP 550"), False, LetterState.FAILED),
        (CONFIRMATION, NotNow("SMTP 450"), False, LetterState.DUE),
        (CONFIRMATION, Unknown("time-out"), False, LetterState.DUE),
        (REMINDER, NotNow("SMTP 450"), False, LetterState.DUE),
        (REMINDER, Unknown("time-out"), False, LetterState.FAILED),
        (REMINDER, Unknown("time-out"), True, LetterState.DUE),
    ],
)
def test_after_an_attempt(letter: Letter, outcome: Outcome, safely: bool, state: LetterState) -> None:
    assert after(outcome, letter, NOW, repeats_safely=safely).state is state


def test_a_reminder_of_unknown_fate_is_told_to_the_operator_as_such() -> None:
    assert after(Unknown("time-out"), REMINDER, NOW, repeats_safely=False).reason == "unknown outcome: time-out"


def test_a_letter_that_may_have_arrived_is_repeated_a_few_times_only() -> None:
    last = replace(CONFIRMATION, attempts=MAX_REPEATS)
    assert after(Unknown("time-out"), last, NOW, repeats_safely=False).state is LetterState.FAILED
    assert after(NotNow("busy"), last, NOW, repeats_safely=False).state is LetterState.DUE


def test_attempts_come_to_an_end() -> None:
    last = replace(CONFIRMATION, attempts=MAX_ATTEMPTS)
    assert after(NotNow("busy"), last, NOW, repeats_safely=True).state is LetterState.FAILED


def test_a_letter_is_not_tried_again_past_its_time() -> None:
    nearly = CONFIRMATION.latest_at - timedelta(seconds=1)
    dropped = after(NotNow("busy"), CONFIRMATION, nearly, repeats_safely=True)
    assert (dropped.state, dropped.reason) == (LetterState.DROPPED, "too late to be useful: busy")


def test_near_its_end_a_letter_that_is_not_taken_for_ten_minutes_is_told_to_have_come_back() -> None:
    full = NotNow("box full", Delivery.RETURNED)
    often = replace(CONFIRMATION, attempts=ENOUGH)
    hour_before = CONFIRMATION.latest_at - timedelta(minutes=45)
    assert after(full, often, hour_before, repeats_safely=True).state is LetterState.FAILED
    assert after(full, often, NOW, repeats_safely=True).state is LetterState.DUE
    assert after(full, CONFIRMATION, hour_before, repeats_safely=True).state is LetterState.DUE
    assert after(NotNow("busy"), often, hour_before, repeats_safely=True).state is LetterState.DUE
    link = replace(often, kind=LetterKind.GUEST_LINK)
    assert after(full, link, hour_before, repeats_safely=True).state is LetterState.DUE


def test_pauses_grow_to_half_an_hour() -> None:
    pauses = [pause_after(attempts).total_seconds() for attempts in range(1, 26)]
    assert pauses[:4] == [5, 15, 45, 135]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 1800
    assert REMINDER.kind == LetterKind.REMINDER
