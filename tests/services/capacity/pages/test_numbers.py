"""Numbers, hours and sums as people type them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.capacity.pages.forms import cents
from services.capacity.pages.numbers import read_time


@pytest.mark.parametrize(("typed", "in_cents"), [("12,50", 1250), ("12.5 €", 1250), ("0", 0), ("9€", 900)])
def test_a_sum_is_read_in_cents(typed: str, in_cents: int) -> None:
    assert cents(typed) == in_cents


@pytest.mark.parametrize("typed", ["-0,50", "1,-5", "1,234", "", "dix", "1 000"])
def test_a_sum_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        cents(typed)


@given(st.text() | st.from_regex(r"[0-9]{1,20}:[0-9]{1,20}"))
def test_what_is_no_hour_is_refused_and_nothing_else_happens(typed: str) -> None:
    with suppress(ValueError):
        read_time(typed)
