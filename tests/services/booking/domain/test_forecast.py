"""How many to cook for."""

from hypothesis import given
from hypothesis import strategies as st

from services.booking.domain.attendance import Count
from services.booking.domain.forecast import forecast

MANY = st.integers(0, 600)
COUNTS = st.lists(st.builds(Count, came=st.integers(0, 60), absent=st.integers(0, 60), walk_ins=st.integers(0, 9)))


def test_without_check_ins_nine_of_ten_are_expected() -> None:
    found = forecast(30, [], Count(), 0)
    assert (round(found.rate, 2), found.lowest, found.covers) == (0.9, 26, 32)


def test_few_check_ins_lean_on_the_network_and_many_stand_alone() -> None:
    network = Count(came=900, absent=100), 30
    few = forecast(30, [Count(came=1, absent=9)], *network)
    many = forecast(30, [Count(came=100, absent=900)], *network)
    assert 0.7 < few.rate < 0.8
    assert 0.1 < many.rate < 0.15


def test_walk_ins_are_those_expected_until_it_is_known_who_comes() -> None:
    network = Count(came=20, absent=2, walk_ins=2), 1
    assert forecast(30, [], *network).walk_ins == 2
    assert forecast(30, [], *network, expected_walk_ins=6).walk_ins == 6
    often = [Count(came=20, absent=2, walk_ins=1)] * 16
    assert forecast(30, often, *network, expected_walk_ins=6).walk_ins == 2


@given(st.integers(0, 100), COUNTS, st.builds(Count, came=MANY, absent=MANY, walk_ins=MANY), st.integers(0, 10))
def test_the_sheet_is_never_absurd(booked: int, here: list[Count], network: Count, team: int) -> None:
    found = forecast(booked, here, network, len(here) + 1, team=team)
    assert 0 < found.rate < 1
    assert 0 <= found.lowest <= found.covers == found.highest
    assert found.covers >= team
