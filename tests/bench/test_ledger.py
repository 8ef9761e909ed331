"""The bench of decisions on a growing ledger runs, at sizes that take a moment."""

import pytest

from bench import ledger
from bench.options import Options


def test_a_small_ledger_is_measured_beside_a_larger_one(postgres: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "MANY", 5)
    monkeypatch.setattr(ledger, "ROUNDS", 1)
    result = ledger.measure(Options(bookings=50), sizes=(100, 1_000))
    assert [figure.what.partition(":")[0] for figure in result.figures] == [
        "ledger, one hot sitting",
        "ledger, 5 sittings",
    ]
    assert all(figure.measured > 0 for figure in result.figures)
    assert [line.partition(":")[0] for line in result.details[1:]] == ["with 100 claims", "with 1,000 claims"]
