"""Seats that are kept for somebody, over the API."""

from datetime import date
from typing import Any

import pytest

from services.capacity.domain.allotments import NEWCOMERS, Partner
from services.capacity.domain.kitchen import Kitchen, OwnKitchen
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from services.capacity.use_cases.look import find_history
from services.capacity.use_cases.set_kitchen import set_kitchen
from shared.contracts.party import Party
from shared.contracts.seats import Standing
from tests.services.capacity.api.conftest import Program
from tests.services.capacity.api.test_sittings import LUNCH
from tests.services.capacity.house import BY, URL

QUAI, PORT = Partner(id="quai", name="Les Amis du Quai", seats=3), Partner(id="port", name="Le Port", seats=1)


@pytest.fixture
def meal(program: Program) -> str:
    """For ten: two seats are kept for newcomers, four for partners, one for who comes without reserving."""
    kitchen = Kitchen(room=10, cook_places=3, newcomer_seats=2, walk_in_seats=1, partners=(QUAI, PORT))
    with program.house.parts.service.work() as work:
        set_kitchen(work, "lyon-vaise", kitchen, URL, BY)
    return program.house.opens(kitchen=OwnKitchen())


def keeps(program: Program, meal: str, **own: Any) -> Any:
    return program.calls("PATCH", f"/sittings/{meal}", json={"own_allotments": own})


def releases(program: Program, meal: str, *kinds: str) -> Any:
    return program.calls("POST", f"/sittings/{meal}/release", json={"kinds": kinds})


def test_for_whom_seats_are_kept_is_read(program: Program, meal: str) -> None:
    program.house.asked(meal, "new", Party(eaters=1), newcomer=True)
    shown = program.reads(f"/sittings/{meal}")
    assert (shown["seats_left"], shown["seats_kept"], shown["newcomer_seats"]) == (3, 6, 1)
    assert [(one["kind"], one["seats"], one["still_kept"], one["released"]) for one in shown["allotments"]] == [
        ("newcomers", 2, 1, False),
        ("quai", 3, 3, False),
        ("port", 1, 1, False),
        ("walk_ins", 1, 1, False),
    ]
    assert [one["partner"] for one in shown["allotments"]] == [None, "Les Amis du Quai", "Le Port", None]
    assert [one["hours"] for one in shown["allotments"]] == [24, 24, 24, 0]


def test_a_meal_keeps_otherwise_what_is_named_and_the_rest_as_before(program: Program, meal: str) -> None:
    assert keeps(program, meal, newcomer_seats=4, partner_seats={"quai": 0}).status_code == 200
    shown = keeps(program, meal, walk_in_hours=2, partner_seats={"port": 2}).json
    assert shown["own_allotments"] == {
        "newcomer_seats": 4,
        "newcomer_hours": None,
        "walk_in_seats": None,
        "walk_in_hours": 2,
        "partner_seats": {"port": 2, "quai": 0},
    }
    assert program.house.sitting(meal).seating.still_kept == {NEWCOMERS: 4, "port": 2, "walk_ins": 1}
    shown = keeps(program, meal, newcomer_seats=None, partner_seats={"port": None, "quai": None}).json
    assert (shown["own_allotments"]["newcomer_seats"], shown["own_allotments"]["partner_seats"]) == (None, {})
    assert program.house.sitting(meal).seating.still_kept == {NEWCOMERS: 2, "quai": 3, "port": 1, "walk_ins": 1}


def test_other_changes_leave_them(program: Program, meal: str) -> None:
    keeps(program, meal, newcomer_seats=1)
    shown = program.calls("PATCH", f"/sittings/{meal}", json={"menu": "Soupe"}).json
    assert shown and shown["own_allotments"]["newcomer_seats"] == 1


def test_what_was_read_can_be_written_back_also_of_a_partner_that_is_one_no_longer(program: Program, meal: str) -> None:
    keeps(program, meal, partner_seats={"port": 2})
    with program.house.parts.service.work() as work:
        set_kitchen(work, "lyon-vaise", Kitchen(room=10, cook_places=3, partners=(QUAI,)), URL, BY)
    own = program.reads(f"/sittings/{meal}")["own_allotments"]
    assert own["partner_seats"] == {"port": 2}
    assert keeps(program, meal, **own).json["own_allotments"] == own
    assert program.house.sitting(meal).seating.still_kept == {"quai": 3}


def test_a_new_meal_says_so_from_the_beginning(program: Program, meal: str) -> None:
    own = {"newcomer_seats": 5, "partner_seats": {"quai": 2}}
    made = program.calls("POST", "/sittings", json={**LUNCH, "own_allotments": own}).json
    assert made and program.house.sitting(made["id"]).seating.still_kept == {
        NEWCOMERS: 5,
        "quai": 2,
        "port": 1,
        "walk_ins": 1,
    }


@pytest.mark.parametrize(
    ("own", "field", "flaw"),
    [
        ({"newcomer_seats": -1}, "newcomer_seats", "out_of_range"),
        ({"walk_in_hours": 9999}, "walk_in_hours", "out_of_range"),
        ({"newcomer_seats": 9}, "newcomer_seats", "more_kept_than_seats"),
        ({"partner_seats": {"quai": -1}}, "partner_seats", "out_of_range"),
        ({"partner_seats": {"gone": 1}}, "partner_seats", "unknown_partner"),
    ],
)
def test_what_cannot_be_is_told_by_field_and_changes_nothing(
    program: Program, meal: str, own: dict[str, Any], field: str, flaw: str
) -> None:
    before = program.house.sitting(meal)
    answer = keeps(program, meal, **own)
    assert (answer.status_code, answer.json["errors"]) == (422, {field: [flaw]})
    assert program.house.sitting(meal) == before


@pytest.mark.parametrize("own", [{"newcomer_seats": "many"}, {"partner_seats": {"quai": "x"}}, {"seats": 1}, None, 3])
def test_what_cannot_be_read_is_told(program: Program, meal: str, own: Any) -> None:
    answer = program.calls("PATCH", f"/sittings/{meal}", json={"own_allotments": own})
    assert answer.status_code == 422 and answer.json and "own_allotments" in answer.json["errors"]


def test_kept_seats_are_released_to_who_waits_and_twice_is_the_same_as_once(program: Program, meal: str) -> None:
    program.house.asked(meal, "full", Party(eaters=3))
    program.house.asked(meal, "waits", Party(eaters=5))
    shown = releases(program, meal, "newcomers", "quai").json
    assert program.house.claim("waits").standing is Standing.HELD
    assert [one["kind"] for one in shown["allotments"] if one["released"]] == ["newcomers", "quai"]
    assert releases(program, meal, "quai").json == shown
    (entry, *_) = find_history(program.house.parts.service, meal)
    assert [(change.fact, change.after) for change in entry.changes] == [
        ("released", ["newcomers", "Les Amis du Quai"])
    ]


@pytest.mark.parametrize(
    ("kinds", "field"), [(["gone"], "kinds"), (["newcomers", ""], "kinds"), ([], "kinds"), ("newcomers", "kinds")]
)
def test_what_is_no_kind_is_not_released(program: Program, meal: str, kinds: Any, field: str) -> None:
    answer = program.calls("POST", f"/sittings/{meal}/release", json={"kinds": kinds})
    assert answer.status_code == 422 and answer.json and field in answer.json["errors"]
    assert program.house.sitting(meal).seating.seats_left == 3


def test_only_of_ones_own_meals_and_none_that_is_over(program: Program, stranger: Program, meal: str) -> None:
    assert releases(stranger, meal, "newcomers").status_code == 404
    assert keeps(stranger, meal, newcomer_seats=0).status_code == 404
    assert releases(program, "no-such-meal", "newcomers").status_code == 404
    with program.house.parts.service.work() as work:
        cancel_sitting(work, meal, URL, BY)
    assert releases(program, meal, "newcomers").status_code == 409
    assert keeps(program, meal, newcomer_seats=0).status_code == 409


def test_partners_of_another_canteen_are_none_here(program: Program, meal: str) -> None:
    other = program.house.opens(cantine="metz-sablon", day=date(2026, 12, 3))
    assert releases(program, other, "quai").status_code == 404
