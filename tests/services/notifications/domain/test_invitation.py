"""Which letters bring a meal into a guest's calendar, and which take it out again."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.invitation import INVITES, Invitation, Method, invitation, was_invited
from services.notifications.domain.letter import Channel, Letter, LetterKind, LetterState
from shared.contracts.party import Party
from tests.services.notifications.domain.facts import BOOKING, SITTING, sitting_on

NEWS = int(datetime(2026, 11, 24, 9, 0, tzinfo=UTC).timestamp()) * 1_000_000
SECOND = 1_000_000
COOK = Party(cooks=1)
revisions = st.integers(min_value=NEWS, max_value=NEWS + 10**14)


def letter(kind: LetterKind = LetterKind.CONFIRMED, channel: Channel = Channel.EMAIL, attempts: int = 1) -> Letter:
    at = SITTING.starts_at
    state = LetterState.SENT if attempts else LetterState.DROPPED
    return Letter(key="k", kind=kind, channel=channel, state=state, attempts=attempts, due_at=at, latest_at=at)


def invite(kind: LetterKind = LetterKind.CONFIRMED, *, invited: bool = True, **changes: object) -> Invitation:
    booking = replace(BOOKING, news=changes.pop("news", NEWS), party=changes.pop("party", BOOKING.party))  # type: ignore[arg-type]
    found = invitation(kind, booking, replace(SITTING, **changes), invited=invited)  # type: ignore[arg-type]
    assert found
    return found


@pytest.mark.parametrize("kind", LetterKind)
def test_only_who_was_invited_is_told_that_it_is_off(kind: LetterKind) -> None:
    found = invitation(kind, BOOKING, SITTING, invited=False)
    assert (found is not None) == (kind in INVITES)


@pytest.mark.parametrize("kind", [LetterKind.CANCELLED_BY_GUEST, LetterKind.CANCELLED_BY_CANTINE, LetterKind.FULL])
def test_who_was_invited_is_told_that_it_is_off(kind: LetterKind) -> None:
    assert invite(kind).method is Method.CANCEL
    assert invite(kind).uid == invite().uid


def test_reminders_and_words_of_a_host_leave_the_calendar_alone() -> None:
    for kind in (LetterKind.REMINDER, LetterKind.HOST_MESSAGE):
        assert invitation(kind, BOOKING, SITTING, invited=True) is None


def test_an_invitation_counts_once_a_provider_had_it_in_hand() -> None:
    assert was_invited([letter()])
    assert was_invited([letter(LetterKind.MOVED)])
    assert not was_invited([letter(attempts=0)])
    assert not was_invited([letter(channel=Channel.SMS)])
    assert not was_invited([letter(LetterKind.WAITLISTED)])


@given(first=revisions, second=revisions, moved=revisions, later=st.integers(min_value=SECOND, max_value=10**12))
def test_whatever_is_news_has_a_higher_sequence_and_the_same_letter_has_the_same(
    first: int, second: int, moved: int, later: int
) -> None:
    known = invite(news=first, replanned=second)
    assert invite(news=first, replanned=second) == known
    assert invite(news=first + later, replanned=second).sequence > known.sequence
    assert invite(news=first, replanned=second + later).sequence > known.sequence
    assert invite(LetterKind.CANCELLED_BY_GUEST, news=first, replanned=second).sequence > known.sequence
    assert 0 <= invite(news=moved, replanned=moved).sequence < 2**31


def test_a_cook_is_expected_when_cooking_starts_and_a_guest_when_the_meal_does() -> None:
    assert invite().begins_at == SITTING.starts_at
    assert invite(party=COOK).begins_at == SITTING.starts_at - timedelta(hours=3)
    assert invite(party=COOK).ends_at == invite().ends_at


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Paris", date(2026, 3, 29), 2),  # clocks go forward that morning at two
        ("Europe/Paris", date(2026, 3, 28), 1),
        ("Europe/Paris", date(2026, 10, 25), 1),  # back at three
        ("Europe/Paris", date(2026, 10, 24), 2),
        ("Indian/Reunion", date(2026, 10, 25), 4),
        ("Asia/Kolkata", date(2026, 10, 25), 5.5),
    ],
)
def test_the_hour_is_right_on_the_cantines_clock(zone: str, day: date, hours: float) -> None:
    sitting = sitting_on(day, zone=zone)
    cook, guest = (
        invitation(LetterKind.CONFIRMED, replace(BOOKING, party=party), sitting, invited=False)
        for party in (COOK, Party(eaters=1))
    )
    assert cook and guest
    assert cook.begins_at == datetime.combine(day, time(9, 30), UTC) - timedelta(hours=hours)
    assert guest.begins_at == datetime.combine(day, time(12, 30), UTC) - timedelta(hours=hours)


def test_cooking_through_the_night_of_the_change_begins_at_the_hour_that_the_clock_shows() -> None:
    sitting = replace(sitting_on(date(2026, 3, 29)), cooking_starts=time(1, 30))
    found = invitation(LetterKind.CONFIRMED, replace(BOOKING, party=COOK), sitting, invited=False)
    assert found and found.begins_at == datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
