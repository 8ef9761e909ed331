"""Kitchens over the API."""

from typing import Any

from tests.services.capacity.api.conftest import Program

PROBLEM = "application/problem+json"
GOLDEN: dict[str, Any] = {"room": 60, "cook_places": 12, "hands": {"base": 2350, "per_cook": 150}}


def test_the_rule_and_what_follows_from_it(program: Program) -> None:
    shown = program.calls("PATCH", "/kitchens/lyon-vaise", json=GOLDEN).json
    assert shown and (shown["seats_by_cooks"][7], shown["seats_by_cooks"][11]) == (34, 40)
    assert (shown["counts_from_days"], shown["counts_from_at"], shown["equipment"]) == (1, "20:00", None)
    assert program.reads("/kitchens") == {"items": [shown]}
    assert program.reads("/kitchens/lyon-vaise") == shown


def test_what_is_not_named_stays_and_null_is_no_matter(program: Program) -> None:
    program.calls("PATCH", "/kitchens/lyon-vaise", json=GOLDEN | {"equipment": 30})
    shown = program.calls("PATCH", "/kitchens/lyon-vaise", json={"hands": None}).json
    assert shown and (shown["room"], shown["equipment"], shown["hands"]) == (60, 30, None)


def test_the_kitchens_of_others(stranger: Program) -> None:
    for method in ("GET", "PATCH"):
        answer = stranger.calls(method, "/kitchens/lyon-vaise", json={"room": 1} if method == "PATCH" else None)
        assert (answer.status_code, answer.mimetype) == (403, PROBLEM)
    assert [one["cantine"] for one in stranger.reads("/kitchens")["items"]] == ["metz-sablon"]


def test_a_kitchen_that_cannot_be(program: Program) -> None:
    for change in (
        {"room": -1},
        {"cook_places": 400},
        {"planned_cooks": 500},
        {"equipment": 10**12},
        {"hands": {"base": -1, "per_cook": 0}},
        {"hands": {"base": 1.5, "per_cook": 0}},
        {"counts_from_days": 10**9},
        {"counts_from_at": "noon"},
        {"moonlight": 1},
    ):
        answer = program.calls("PATCH", "/kitchens/lyon-vaise", json=change)
        assert (answer.status_code, answer.mimetype) == (422, PROBLEM), change
    assert program.calls("PATCH", "/kitchens/%00", json={}).status_code == 403


def test_for_whom_seats_are_kept(program: Program) -> None:
    asked = {"newcomer_seats": 3, "partners": [{"name": "Les Amis du Quai", "seats": 2, "monthly": 15}]}
    shown = program.calls("PATCH", "/kitchens/lyon-vaise", json=asked).json
    assert shown and (shown["newcomer_seats"], shown["newcomer_hours"], shown["walk_in_seats"]) == (3, 24, 0)
    (quai,) = shown["partners"]
    assert quai == {"id": quai["id"], "name": "Les Amis du Quai", "seats": 2, "monthly": 15, "hours": 24}
    renamed = [{**quai, "name": "Le Quai"}, {"id": "forged", "name": "L’Escale"}]
    shown = program.calls("PATCH", "/kitchens/lyon-vaise", json={"partners": renamed}).json
    assert shown and [one["id"] == quai["id"] for one in shown["partners"]] == [True, False]
    assert "forged" not in {one["id"] for one in shown["partners"]}
    for change, field in (
        ({"newcomer_seats": 34}, "newcomer_seats"),
        ({"partners": [{"name": "", "seats": 1}]}, "partner_0_name"),
        ({"partners": [{"name": "a\x00", "seats": 1}]}, "partner_0_name"),
        ({"walk_in_hours": 999}, "walk_in_hours"),
    ):
        answer = program.calls("PATCH", "/kitchens/lyon-vaise", json=change)
        assert answer.status_code == 422 and answer.json and field in answer.json["errors"], change
