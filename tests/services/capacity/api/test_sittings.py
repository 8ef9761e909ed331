"""Meals over the API."""

from datetime import date
from typing import Any

from shared.contracts.party import Party
from shared.contracts.seats import SeatsAnswer, Standing, Why
from shared.contracts.sitting import SittingNotice, SittingStatus
from tests.services.capacity.api.conftest import API, Program

PROBLEM = "application/problem+json"
LUNCH: dict[str, Any] = {
    "cantine": "lyon-vaise",
    "date": "2026-12-03",
    "cooking_starts": "09:30",
    "meal_starts": "12:30",
    "seats": 34,
    "cook_places": 8,
    "menu": "Soupe au pistou",
    "allergens": ["milk", "nuts"],
    "break_even_price": 1250,
}


def test_how_full_a_meal_is(program: Program) -> None:
    sitting = program.house.opens(seats=3, cook_places=2)
    program.house.asked(sitting, "a", Party(cooks=1, eaters=1))
    program.house.asked(sitting, "b", Party(cooks=0, eaters=2))
    shown = program.reads(f"/sittings/{sitting}")
    assert (shown["seats"], shown["seats_held"], shown["seats_left"]) == (3, 2, 1)
    assert (shown["cook_places"], shown["cooks_held"], shown["cook_places_left"]) == (2, 1, 1)
    assert (shown["waitlist_length"], shown["at_risk"], shown["status"]) == (1, False, "open")
    assert (shown["date"], shown["meal_starts"], shown["starts_at"]) == (
        "2026-12-01",
        "12:30",
        "2026-12-01T11:30:00+00:00",
    )
    assert set(shown["allergens"]) == {"milk"}


def test_filters(program: Program) -> None:
    for day in (date(2026, 12, 2), date(2026, 11, 25), date(2026, 12, 1)):
        program.house.opens(day=day)
    program.house.opens(cantine="metz-sablon")
    for query, days in {
        "": ["2026-11-25", "2026-12-01", "2026-12-02"],
        "from=2026-12-01&to=2026-12-01": ["2026-12-01"],
        "to=2026-11-30": ["2026-11-25"],
        "cantine=lyon-vaise&from=2026-12-02": ["2026-12-02"],
        "from=2027-01-01": [],
    }.items():
        assert [item["date"] for item in program.reads(f"/sittings?{query}")["items"]] == days


def test_meals_of_the_past_are_found_when_asked_for(program: Program) -> None:
    program.house.opens()
    program.house.clock.pass_time(days=30)
    assert program.reads("/sittings")["total"] == 0
    assert program.reads("/sittings?from=2026-12-01")["total"] == 1


def test_pages(program: Program) -> None:
    made = {program.house.opens(day=date(2026, 12, day)) for day in (1, 2, 3)}
    first = program.reads("/sittings?page_size=2&cantine=lyon-vaise")
    assert (first["total"], len(first["items"])) == (3, 2)
    second = program.reads(first["next"].removeprefix(API))
    assert second["next"] is None
    assert {item["id"] for item in first["items"] + second["items"]} == made


def test_a_meal_is_opened_as_on_the_page(program: Program) -> None:
    answer = program.calls("POST", "/sittings", json=LUNCH)
    assert answer.status_code == 201 and answer.json
    assert program.reads(answer.headers["Location"].removeprefix(API)) == answer.json
    (notice,) = program.house.said(SittingNotice, "booking").values()
    assert (notice.menu, notice.allergens, notice.seats, notice.status) == (
        "Soupe au pistou",
        ("milk", "nuts"),
        34,
        SittingStatus.OPEN,
    )


def test_who_gets_no_answer_and_asks_again_opens_one_meal(program: Program) -> None:
    once = {"Idempotency-Key": "é 1"}
    made = [program.calls("POST", "/sittings", json=LUNCH, headers=once).json for _ in range(2)]
    assert made[0] == made[1] and len(program.house.said(SittingNotice)) == 1
    for headers in ({"Idempotency-Key": "2"}, {}, {}):
        program.calls("POST", "/sittings", json=LUNCH, headers=headers)
    assert len(program.house.said(SittingNotice)) == 4


def test_in_the_cantine_of_others_nothing_is_opened(stranger: Program) -> None:
    for cantine in ("lyon-vaise", "nowhere"):
        answer = stranger.calls("POST", "/sittings", json=LUNCH | {"cantine": cantine})
        assert (answer.status_code, answer.mimetype) == (403, PROBLEM)
    assert not stranger.house.said(SittingNotice)


def test_what_is_not_named_stays(program: Program) -> None:
    sitting = program.house.opens(seats=10, cook_places=3)
    shown = program.calls("PATCH", f"/sittings/{sitting}", json={"seats": 12}).json
    assert shown and (shown["seats"], shown["cook_places"], shown["allergens"]) == (12, 3, ["milk"])
    shown = program.calls("PATCH", f"/sittings/{sitting}", json={"cutoff_at": "18:00"}).json
    assert shown and shown["cutoff_at"] == "2026-11-30T17:00:00+00:00"
    shown = program.calls("PATCH", f"/sittings/{sitting}", json={"allergens": None}).json
    assert shown and (shown["seats"], shown["allergens"]) == (12, None)


def test_what_was_said_of_a_menu_does_not_outlive_it(program: Program) -> None:
    sitting = program.house.opens(menu="Gratin", allergens=("milk",), diets=("vegetarian",))
    for menu, told, allergens, diets in (
        ("Gratin", {}, ["milk"], ["vegetarian"]),
        ("Bœuf", {}, None, []),
        ("Chili", {"allergens": [], "diets": ["vegan"]}, [], ["vegan"]),
        ("Soupe", {"allergens": ["celery"]}, ["celery"], []),
    ):
        shown = program.calls("PATCH", f"/sittings/{sitting}", json={"menu": menu, **told}).json
        assert shown and (shown["menu"], shown["allergens"], shown["diets"]) == (menu, allergens, diets)


def test_more_seats_go_to_those_who_wait(program: Program) -> None:
    sitting = program.house.opens(seats=1, cook_places=0)
    program.house.asked(sitting, "a", Party(cooks=0, eaters=1))
    program.house.asked(sitting, "b", Party(cooks=0, eaters=1))
    program.calls("PATCH", f"/sittings/{sitting}", json={"seats": 2})
    assert program.house.said(SeatsAnswer)["b"].standing is Standing.HELD


def test_bookings_are_closed_and_reopened(program: Program) -> None:
    sitting = program.house.opens()
    for open_, status in ((False, "closed"), (True, "open")):
        shown = program.calls("PATCH", f"/sittings/{sitting}", json={"open": open_}).json
        assert shown and shown["status"] == status


def test_a_meal_is_cancelled_once_and_for_all(program: Program) -> None:
    sitting = program.house.opens()
    program.house.asked(sitting, "a", Party(cooks=0, eaters=1))
    for _ in range(2):
        answer = program.calls("DELETE", f"/sittings/{sitting}")
        assert answer.status_code == 200 and answer.json and answer.json["status"] == "cancelled"
    assert program.house.said(SeatsAnswer)["a"].why is Why.SITTING_CANCELLED
    assert program.calls("PATCH", f"/sittings/{sitting}", json={"open": True}).status_code == 409


FLAWS: list[tuple[str, object, str]] = [
    ("date", "2026-11-01", "past"),
    ("date", "0001-01-01", "past"),
    ("date", "9999-12-31", "too_far"),
    ("date", "2026-11-24", "cutoff_past"),
    ("seats", 10**30, "out_of_range"),
    ("cook_places", -1, "out_of_range"),
    ("cook_places", 35, "more_cooks_than_seats"),
    ("cooking_starts", "13:00", "cooking_after_meal"),
    ("menu", "\x00", "unreadable"),
    ("menu", "a" * 501, "too_long"),
    ("allergens", ["moonlight"], "unknown_allergen"),
    ("break_even_price", 10_001, "out_of_range"),
    ("food_price", 1251, "more_than_price"),
    ("diets", ["moonlight"], "unknown_diet"),
    ("cutoff_days", 10**9, "out_of_range"),
]


def test_a_plan_that_cannot_be_followed(program: Program) -> None:
    for field, value, flaw in FLAWS:
        answer = program.calls("POST", "/sittings", json=LUNCH | {field: value})
        assert (answer.status_code, answer.mimetype) == (422, PROBLEM)
        assert answer.json and answer.json["errors"] == {field: [flaw]}


def test_what_has_the_wrong_shape_is_said_in_words(program: Program) -> None:
    sitting = program.house.opens()
    for field, value in {
        "seats": 11.0,
        "cook_places": "many",
        "date": "tomorrow",
        "meal_starts": "noon",
        "x": 1,
    }.items():
        answer = program.calls("PATCH", f"/sittings/{sitting}", json={field: value})
        assert (answer.status_code, answer.mimetype) == (422, PROBLEM)
        assert answer.json and set(answer.json["errors"]) == {field}


def test_what_is_not_json_is_refused(program: Program) -> None:
    assert program.calls("POST", "/sittings", data="seats=3").status_code == 415
    assert program.calls("POST", "/sittings", data="[" * 5, content_type="application/json").status_code == 400


def test_an_unknown_meal(program: Program) -> None:
    for method in ("GET", "PATCH", "DELETE"):
        for sitting in ("nothing", "%00"):
            answer = program.calls(method, f"/sittings/{sitting}", json={} if method == "PATCH" else None)
            assert (answer.status_code, answer.mimetype) == (404, PROBLEM)


def test_a_query_that_cannot_be_understood(program: Program) -> None:
    for query in ("from=tomorrow", "page=0", "page_size=101", "cantine=%00"):
        for resource in ("sittings", "availability"):
            answer = program.calls("GET", f"/{resource}?{query}")
            assert (answer.status_code, answer.mimetype) == (422, PROBLEM)


def test_places_left_are_known_everywhere_and_nothing_more(stranger: Program) -> None:
    sitting = stranger.house.opens(seats=10, cook_places=3)
    stranger.house.asked(sitting, "a", Party(cooks=1, eaters=1))
    assert stranger.reads("/availability?cantine=lyon-vaise")["items"] == [
        {
            "id": sitting,
            "cantine": "lyon-vaise",
            "date": "2026-12-01",
            "meal_starts": "12:30",
            "starts_at": "2026-12-01T11:30:00+00:00",
            "takes_bookings": True,
            "seats_left": 8,
            "newcomer_seats": 0,
            "cook_places_left": 2,
        }
    ]
    stranger.house.clock.pass_time(days=6, hours=10)  # 20:00 on the day before
    assert [one["takes_bookings"] for one in stranger.reads("/availability")["items"]] == [False]


def test_the_api_describes_itself(program: Program) -> None:
    spec = program.client.get("/coordination/api/docs/openapi.json").json
    assert spec is not None and spec["openapi"] == "3.1.0"
    assert set(spec["paths"]) == {
        *(f"{API}/sittings", f"{API}/sittings/{{sitting_id}}", f"{API}/sittings/{{sitting_id}}/release"),
        f"{API}/availability",
        *(f"{API}/kitchens", f"{API}/kitchens/{{cantine}}"),
        *(f"{API}/alerts", f"{API}/alerts/{{sitting_id}}/{{kind}}/answer"),
    }
    assert spec["security"] == [{"token": []}] and spec["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert program.client.get("/coordination/api/docs").status_code == 200
