"""The comparison itself: how ledgers are read side by side, and what is on its way."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from deploy.reconcile.compare import Tally, compare
from deploy.reconcile.findings import Finding
from deploy.reconcile.report import in_words, summary
from shared.contracts.routes import SERVICES
from shared.ledger.ledger import Ledger
from shared.ledger.lines import BOOKING, SITTING, Line

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def ledgers(**lines: Iterable[Line]) -> list[Ledger]:
    """The ledgers of the three services; what is not given is empty."""
    return [Ledger(name, AT, "key", iter(sorted(lines.get(name, ())))) for name in SERVICES]


def claim(booking: str, **facts: Any) -> Line:
    return Line(BOOKING, booking, "claim", {"standing": "held", **facts})


def asked(booking: str, state: str) -> Line:
    return Line(BOOKING, booking, "on its way", {"kind": "seats_request", "to": "capacity", "state": state})


def look(**lines: Iterable[Line]) -> tuple[list[Finding], Tally]:
    tally = Tally()
    return list(compare(ledgers(**lines), tally)), tally


def test_three_empty_ledgers_do_not_differ() -> None:
    found, tally = look()
    assert found == []
    assert list(summary(tally, 0)) == ["Compared 0 rows: none.", "Nothing differs."]


def test_things_are_judged_one_by_one_in_order() -> None:
    found, tally = look(capacity=[claim("c"), claim("a"), claim("b")])
    assert [finding.thing for finding in found] == ["a", "b", "c"]
    assert tally.rows == {("capacity", "claim"): 3}
    assert in_words(found[0]) == "booking a: claim: booking: nothing; capacity: held"


def test_the_same_id_may_be_a_booking_and_a_sitting() -> None:
    sitting = Line(SITTING, "a", "claims", {"seats": 1, "cooks": 0, "in_line": 0})
    assert [finding.about for finding in look(capacity=[claim("a"), sitting])[0]] == [BOOKING, SITTING]


def test_a_difference_says_that_a_message_about_it_is_on_its_way() -> None:
    found, tally = look(booking=[asked("a", "unreceipted"), asked("c", "stuck")], capacity=[claim("a"), claim("b")])
    assert [(finding.thing, finding.on_its_way) for finding in found] == [("a", True), ("b", False)]
    assert in_words(found[0]).endswith("(a message about it is on its way)")
    assert tally.on_its_way == {
        "seats_request from booking to capacity, unreceipted": 1,
        "seats_request from booking to capacity, stuck": 1,
    }
    assert tally.rows.total() == 2


def test_what_is_parked_and_letters_that_are_due_are_counted_and_no_difference() -> None:
    parked = Line("other", "x", "on its way", {"kind": "capacity_alert", "sender": "capacity", "state": "parked"})
    letter = Line("other", "y", "letter", {"kind": "alert_full", "state": "due", "reason": None, "once_for": "y"})
    found, tally = look(notifications=[parked, letter])
    assert found == []
    assert list(summary(tally, 0)) == [
        "Compared 1 rows: 1 × notifications's letter.",
        "On its way: 1 × capacity_alert from capacity, parked in notifications, 1 × letter, due. "
        "A difference may be gone in a moment: look again.",
        "Nothing differs.",
    ]
