"""Quiet hours on a cantine's clock, and on the nights when it changes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.quiet_hours import awake, awake_after, awake_between

PARIS = "Europe/Paris"


@pytest.mark.parametrize(
    ("at", "awake_at"),
    [
        ("2026-11-24T19:59+00:00", "2026-11-24T19:59+00:00"),  # 20:59
        ("2026-11-24T20:00+00:00", "2026-11-25T07:00+00:00"),  # 21:00: until 8:00
        ("2026-11-25T06:59+00:00", "2026-11-25T07:00+00:00"),
        ("2026-11-25T07:00+00:00", "2026-11-25T07:00+00:00"),
        ("2026-03-28T20:30+00:00", "2026-03-29T06:00+00:00"),  # the night without 2:30
        ("2026-10-24T19:30+00:00", "2026-10-25T07:00+00:00"),  # the night with two of them
    ],
)
def test_nobody_is_disturbed_from_21_to_8(at: str, awake_at: str) -> None:
    assert awake(datetime.fromisoformat(at), PARIS) == datetime.fromisoformat(awake_at)


@pytest.mark.parametrize(
    ("at", "hours", "ends"),
    [
        ("2026-11-24T10:00+00:00", 2, "2026-11-24T12:00+00:00"),
        ("2026-11-24T19:00+00:00", 2, "2026-11-25T08:00+00:00"),  # an hour in the evening, one in the morning
        ("2026-11-24T22:00+00:00", 2, "2026-11-25T09:00+00:00"),
        ("2026-11-24T10:00+00:00", 24, "2026-11-26T08:00+00:00"),  # 10 h, 13 h, and 1 h
        ("2026-03-28T19:00+00:00", 2, "2026-03-29T07:00+00:00"),
        ("2026-10-24T18:00+00:00", 2, "2026-10-25T08:00+00:00"),
    ],
)
def test_time_stands_still_in_quiet_hours(at: str, hours: int, ends: str) -> None:
    after = awake_after(datetime.fromisoformat(at), timedelta(hours=hours), PARIS)
    assert after == datetime.fromisoformat(ends)


@given(
    st.integers(0, 525_600).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)),
    st.integers(1, 3000).map(lambda minutes: timedelta(minutes=minutes)),
    st.sampled_from([PARIS, "Indian/Reunion", "America/Cayenne", "UTC"]),
)
def test_time_that_has_gone_by_is_counted_minute_by_minute(at: datetime, span: timedelta, zone: str) -> None:
    end = awake_after(at, span, zone)
    minutes = int((end - at).total_seconds()) // 60
    counted = sum(awake(now, zone) == now for now in (at + timedelta(minutes=number) for number in range(minutes)))
    assert counted == span.total_seconds() // 60


@given(
    later=st.timedeltas(timedelta(), timedelta(days=230)),
    span=st.timedeltas(timedelta(minutes=1), timedelta(days=9)),
)
def test_the_time_between_is_what_goes_by_until_then(later: timedelta, span: timedelta) -> None:
    at = datetime(2026, 3, 20, tzinfo=UTC) + later
    assert awake_between(at, awake_after(at, span, PARIS), PARIS) == span
