"""Meals over the API."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.services.booking.house import CANTINE, STARTS_AT, BookingHouse, a_sitting


def ids(client: FlaskClient, query: str) -> list[str]:
    answer = client.get(f"/api/v1/sittings?{query}")
    assert answer.status_code == 200 and answer.json is not None
    return [item["id"] for item in answer.json["items"]]


@pytest.fixture
def three_meals(house: BookingHouse) -> None:
    """One today that is full, one tomorrow, one in Lille."""
    later = STARTS_AT + timedelta(days=1)
    lille = CANTINE.__class__(**{**CANTINE.__dict__, "slug": "lille-moulin", "city": "Lille"})
    house.announce("full", seats_left=0)
    house.announce("next", starts_at=later, date=later.date())
    house.announce("lille", cantine=lille, starts_at=later + timedelta(hours=1), date=later.date())


@pytest.mark.usefixtures("three_meals")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["full", "next", "lille"]),
        ("city=Lille", ["lille"]),
        ("cantine=lyon-saone", ["full", "next"]),
        ("from=2026-11-26", ["next", "lille"]),
        ("to=2026-11-25", ["full"]),
        ("with_places=true", ["next", "lille"]),
        ("city=Nowhere", []),
    ],
)
def test_filters(client: FlaskClient, query: str, found: list[str]) -> None:
    assert ids(client, query) == found


@pytest.mark.usefixtures("three_meals")
def test_pages(client: FlaskClient) -> None:
    first = client.get("/api/v1/sittings?page_size=2").json
    assert first is not None
    assert (first["page"], first["page_size"], first["total"], len(first["items"])) == (1, 2, 3, 2)
    second = client.get(first["next"]).json
    assert second is not None
    assert [item["id"] for item in second["items"]] == ["lille"] and second["next"] is None
    assert client.get("/api/v1/sittings?page=9").json == {
        "items": [],
        "page": 9,
        "page_size": 50,
        "total": 3,
        "next": None,
    }


def test_one_meal(house: BookingHouse, client: FlaskClient) -> None:
    house.announce(allergens=None, diets=("vegan",), food_price=350)
    shown = client.get("/api/v1/sittings/lunch").json
    assert shown is not None
    assert (shown["availability"], shown["allergens"], shown["meal_starts"]) == ("places", None, "12:30")
    assert (shown["diets"], shown["food_price"], shown["break_even_price"]) == (["vegan"], 350, 1250)
    assert (shown["starts_at"], shown["date"]) == ("2026-11-25T11:30:00+00:00", "2026-11-25")


def test_meals_that_have_begun_are_gone(house: BookingHouse, client: FlaskClient) -> None:
    house.announce()
    house.clock.at = STARTS_AT
    assert ids(client, "") == []


@pytest.mark.parametrize(
    "query", ["from=tomorrow", "page=0", "page=x", "page_size=101", "with_places=perhaps", "city=%00", "cantine=%00"]
)
def test_a_query_that_cannot_be_understood(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/api/v1/sittings?{query}")
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")


@pytest.mark.parametrize("meal", ["nothing", "%00"])
def test_an_unknown_meal(client: FlaskClient, meal: str) -> None:
    answer = client.get(f"/api/v1/sittings/{meal}")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_at_the_cutoff_a_meal_no_longer_has_places(house: BookingHouse, client: FlaskClient) -> None:
    house.announce()
    house.clock.at = a_sitting().cutoff_at
    assert ids(client, "with_places=true") == [] and ids(client, "") == ["lunch"]
