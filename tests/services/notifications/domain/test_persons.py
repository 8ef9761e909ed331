"""When a call for cooks may leave: never at night, an SMS neither on Sundays nor on holidays, nobody twice a week."""

from datetime import UTC, datetime, timedelta

import pytest

from services.notifications.domain.letter import Channel, Letter, LetterKind, LetterState
from services.notifications.domain.persons import may_leave_at, was_asked_lately

PARIS = "Europe/Paris"
EMAIL, SMS = Channel.EMAIL, Channel.SMS


def at(text: str) -> datetime:
    """An instant (UTC)."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("channel", "now", "leaves"),
    [
        (SMS, "2026-11-24T09:00", "2026-11-24T09:00"),  # Tuesday, 10:00
        (SMS, "2026-11-24T18:59", "2026-11-24T18:59"),
        (SMS, "2026-11-24T19:00", "2026-11-25T07:00"),  # 20:00: the next morning at 8:00
        (SMS, "2026-11-24T05:00", "2026-11-24T07:00"),  # 6:00
        (SMS, "2026-11-28T19:30", "2026-11-30T07:00"),  # Saturday evening: on Monday
        (SMS, "2026-11-29T10:00", "2026-11-30T07:00"),  # Sunday noon
        (SMS, "2026-12-24T20:00", "2026-12-28T07:00"),  # Christmas, Saint Stephen in Alsace, Sunday
        (SMS, "2026-10-24T18:30", "2026-10-26T07:00"),  # the clock goes back that Sunday
        (SMS, "2027-03-27T19:30", "2027-03-30T06:00"),  # Easter, and the clock goes forward
        (EMAIL, "2026-11-29T10:00", "2026-11-29T10:00"),  # an e-mail on Sunday rings no bell
        (EMAIL, "2026-11-24T20:30", "2026-11-25T07:00"),  # but none leaves at night
    ],
)
def test_when_a_call_may_leave(channel: Channel, now: str, leaves: str) -> None:
    assert may_leave_at(channel, PARIS, at(now)) == at(leaves)


def test_a_person_rests_for_a_week() -> None:
    now = at("2026-11-24T09:00")
    called = Letter(
        key="one",
        kind=LetterKind.COOK_CALL,
        person="p",
        channel=EMAIL,
        state=LetterState.SENT,
        due_at=now,
        latest_at=now,
        taken_at=now,
    )
    assert was_asked_lately([called], now + timedelta(days=6, hours=23))
    assert not was_asked_lately([called], now + timedelta(days=7))
    assert not was_asked_lately([], now)
