"""Alerts over the API."""

from shared.contracts.party import Party
from tests.services.capacity.api.conftest import Program

PROBLEM = "application/problem+json"


def a_full_meal(program: Program) -> str:
    sitting = program.house.opens(seats=2, cook_places=1)
    program.house.asked(sitting, "a", Party(cooks=1, eaters=1))
    return sitting


def test_what_stands_and_what_ended_lately(program: Program) -> None:
    sitting = a_full_meal(program)
    (alert,) = program.reads("/alerts")["items"]
    assert (alert["sitting"], alert["cantine"], alert["kind"]) == (sitting, "lyon-vaise", "sitting_full")
    assert (alert["stands"], alert["severity"], alert["answered_at"]) == (True, "routine", None)
    program.house.cancelled(sitting, "a")
    (gone,) = program.reads("/alerts")["items"]
    assert not gone["stands"] and gone["resolved_at"] > gone["raised_at"]


def test_somebody_is_on_it(program: Program) -> None:
    sitting = a_full_meal(program)
    for _ in range(2):
        answer = program.calls("POST", f"/alerts/{sitting}/sitting_full/answer")
        assert answer.status_code == 200 and answer.json and answer.json["answered_by"] == "Camille Rey"


def test_the_alerts_of_others_are_not_there(program: Program, stranger: Program) -> None:
    sitting = a_full_meal(program)
    assert stranger.reads("/alerts")["items"] == []
    answer = stranger.calls("POST", f"/alerts/{sitting}/sitting_full/answer")
    assert (answer.status_code, answer.mimetype) == (404, PROBLEM)
    assert program.reads("/alerts")["items"][0]["answered_at"] is None


def test_an_unknown_alert(program: Program) -> None:
    sitting = program.house.opens()
    for path in (f"{sitting}/sitting_full", f"{sitting}/moonlight", "%00/sitting_full", "nothing/at_risk"):
        answer = program.calls("POST", f"/alerts/{path}/answer")
        assert (answer.status_code, answer.mimetype) == (404, PROBLEM)
