"""The pure parts of the bench: how a figure is judged and shown."""

import pytest

from bench.figure import Figure, percentile, table

RATE = Figure(what="rate", measured=14, must=12, stretch=20, unit=" %", at_least=True)
COST = Figure(what="cost per booking", measured=3.955, must=6, stretch=4, unit=" ms")


@pytest.mark.parametrize(("measured", "met"), [(11.99, "no"), (12, "must"), (19.9, "must"), (20, "stretch")])
def test_more_is_better_where_a_figure_is_a_rate(measured: float, met: str) -> None:
    rate = Figure(what="rate", measured=measured, must=12, stretch=20, at_least=True)
    assert rate.met == met


@pytest.mark.parametrize(("measured", "met"), [(6.01, "no"), (6, "must"), (4, "stretch"), (0, "stretch")])
def test_less_is_better_where_a_figure_is_a_cost(measured: float, met: str) -> None:
    cost = Figure(what="cost", measured=measured, must=6, stretch=4)
    assert cost.met == met


def test_where_nothing_lies_beyond_the_must_it_is_met_or_not() -> None:
    assert Figure(what="lost", measured=0, must=0).met == "must"
    assert Figure(what="lost", measured=1, must=0).met == "no"


def test_where_nothing_is_asked_there_is_nothing_to_meet() -> None:
    bare = Figure(what="bare", measured=8.7, unit=" %")
    assert table([bare]).splitlines()[1].split() == ["bare", "8.7", "%"]


def test_the_table_shows_each_figure_with_its_bounds() -> None:
    assert table([RATE, COST]).splitlines() == [
        "figure            measured    must  stretch      met",
        "rate                  14 %  ≥ 12 %   ≥ 20 %     must",
        "cost per booking   3.96 ms  ≤ 6 ms   ≤ 4 ms  stretch",
    ]


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(number) for number in range(1, 601)]
    assert percentile(values, 50) == 300
    assert percentile(values, 99) == 594
    assert percentile([7.0], 99) == 7


def test_of_nothing_there_is_no_percentile() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)
