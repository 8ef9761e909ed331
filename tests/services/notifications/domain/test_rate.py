"""In no span does more leave than was said, and not much less either."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.rate import Bucket, Rate

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


def leave(rate: Rate, asks: list[tuple[float, int]]) -> list[datetime]:
    """When letters leave, if so many are asked for after so many seconds each."""
    spent, now, left = NOON, NOON, []
    for after, wanted in asks:
        now += timedelta(seconds=after)
        bucket = Bucket(rate=rate, spent_until=spent, now=now)
        granted = min(wanted, bucket.left)
        spent = bucket.after(granted)
        left += [now] * granted
    return left


@given(
    many=st.integers(1, 50),
    span=st.sampled_from([1.0, 60.0]),
    asks=st.lists(st.tuples(st.floats(0, 20), st.integers(0, 60)), max_size=80),
)
def test_in_no_span_leaves_more_than_was_said(many: int, span: float, asks: list[tuple[float, int]]) -> None:
    left = leave(Rate(many=many, span=timedelta(seconds=span)), asks)
    for first, begin in enumerate(left):
        end = begin + timedelta(seconds=span)
        assert sum(begin <= at < end for at in left[first:]) <= many


@pytest.mark.parametrize("many", [1, 4, 10, 100])
def test_who_asks_all_the_time_gets_nearly_all(many: int) -> None:
    left = leave(Rate(many=many, span=A_MINUTE), [(0.05, 5)] * 20 * 60 * 10)
    assert len(left) >= 10 * many * 0.8


def test_it_says_when_the_next_may_leave() -> None:
    rate = Rate(many=1, span=A_MINUTE)
    empty = Bucket(rate=rate, spent_until=Bucket(rate=rate, spent_until=NOON, now=NOON).after(1), now=NOON)
    assert empty.left == 0
    assert timedelta(0) <= empty.next_at - (NOON + A_MINUTE) < timedelta(milliseconds=1)
    assert Bucket(rate=rate, spent_until=empty.spent_until, now=empty.next_at).left == 1


def test_after_the_clock_was_put_back_nobody_waits_for_an_hour() -> None:
    rate = Rate(many=10, span=timedelta(seconds=1))
    bucket = Bucket(rate=rate, spent_until=NOON + timedelta(hours=1), now=NOON)
    assert bucket.left == 0
    assert bucket.next_at <= NOON + timedelta(seconds=1)
