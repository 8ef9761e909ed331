"""Bookings over the API."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.booking.domain.proxy import Proxy
from services.booking.store.tables import booking
from shared.contracts.seats import Offer, Standing
from shared.contracts.sitting import SittingStatus
from tests.services.booking.api.conftest import WISH
from tests.services.booking.house import STARTS_AT, TWO, BookingHouse


def test_create_read_change_cancel(house: BookingHouse, client: FlaskClient) -> None:
    house.announce()
    created = client.post("/api/v1/bookings", json=WISH)
    assert created.status_code == 202
    where = created.headers["Location"]
    assert created.json is not None and created.json["href"] == where
    assert (created.json["status"], created.json["being_checked"]) == ("requested", True)
    assert created.json["party"] == {"people": 2, "cooks": 1, "children": 0}

    made = house.only_booking()
    house.confirm(made)
    read = client.get(where)
    assert read.json is not None and (read.json["status"], read.json["being_checked"]) == ("confirmed", False)

    changed = client.patch(where, json={"party": {"people": 4, "cooks": 1, "children": 1}})
    assert changed.status_code == 202 and changed.json is not None
    assert (changed.json["status"], changed.json["being_checked"]) == ("confirmed", True)
    assert (changed.json["party"]["people"], changed.json["wished"]["people"]) == (2, 4)

    for _ in range(2):
        cancelled = client.delete(where)
        assert cancelled.status_code == 200 and cancelled.json is not None and cancelled.json["status"] == "cancelled"
    assert client.patch(where, json={"party": {"people": 1}}).status_code == 409


def test_a_proxy_books_for_a_guest(house: BookingHouse, client: FlaskClient) -> None:
    house.announce()
    by_proxy = WISH | {
        "email": None,
        "phone": "04 72 00 12 34",
        "proxy": {"name": "Ursula Voisine", "contact": "guest"},
    }
    assert client.post("/api/v1/bookings", json=by_proxy).status_code == 202
    made = house.find(house.only_booking())
    assert made.contact.calls_only and made.proxy == Proxy(name="Ursula Voisine")

    unnamed = client.post("/api/v1/bookings", json=by_proxy | {"proxy": {"name": " ", "contact": "guest"}})
    assert unnamed.status_code == 422 and unnamed.json is not None and unnamed.json["errors"]["proxy"]["name"]
    of_nobody = client.post("/api/v1/bookings", json=by_proxy | {"proxy": {"name": "Ursula", "contact": "cat"}})
    assert of_nobody.status_code == 422 and of_nobody.json is not None and of_nobody.json["errors"]["proxy"]["contact"]


def test_a_place_in_the_waiting_list(house: BookingHouse, client: FlaskClient) -> None:
    house.announce()
    created = client.post("/api/v1/bookings", json=WISH)
    house.hear(house.answer(house.only_booking(), Standing.WAITLISTED))
    read = client.get(created.headers["Location"]).json
    assert read is not None and (read["status"], read["place_in_waiting_list"]) == ("waitlisted", 1)


def test_the_same_key_makes_one_booking(house: BookingHouse, client: FlaskClient) -> None:
    house.announce()
    key = {"Idempotency-Key": "8b6f6c1e"}
    first = client.post("/api/v1/bookings", json=WISH, headers=key)
    again = client.post("/api/v1/bookings", json=WISH, headers=key)
    assert first.status_code == again.status_code == 202
    assert house.count(booking) == 1

    other = client.post("/api/v1/bookings", json=WISH | {"name": "Dominique"}, headers=key)
    assert other.status_code == 422 and other.mimetype == "application/problem+json"
    assert house.count(booking) == 1


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"party": {"people": 0}}, ["party", "people"]),
        ({"party": {"people": 100}}, ["party", "people"]),
        ({"party": {"people": 2.0}}, ["party", "people"]),
        ({"party": {"people": "2"}}, ["party", "people"]),
        ({"party": {"people": True}}, ["party", "people"]),
        ({"party": {"people": 2, "cooks": 2, "children": 1}}, ["party", "children"]),
        ({"party": {"people": 2, "cooks": -1}}, ["party", "cooks"]),
        ({"party": {"people": 10**400}}, ["party", "people"]),
        ({"party": []}, ["party"]),
        ({"party": None}, ["party"]),
        ({"name": ""}, ["name"]),
        ({"name": "x" * 81}, ["name"]),
        ({"name": "a\0b"}, ["name"]),
        ({"name": "\ud800"}, ["name"]),
        ({"name": ["Camille"]}, ["name"]),
        ({"email": None}, ["email"]),
        ({"email": "nobody"}, ["email"]),
        ({"email": None, "phone": "04 72 00 00 00"}, ["phone"]),
        ({"email": None, "phone": "12"}, ["phone"]),
        ({"language": "tlh"}, ["language"]),
        ({"sitting": ""}, ["sitting"]),
        ({"sitting": "\0"}, ["sitting"]),
        ({"sitting": "x" * 81}, ["sitting"]),
        ({"surprise": 1}, ["surprise"]),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    house: BookingHouse, client: FlaskClient, changes: dict[str, Any], where: list[str]
) -> None:
    house.announce()
    answer = client.post("/api/v1/bookings", json=WISH | changes)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    found = json.loads(answer.text)["errors"]
    for name in where:
        found = found[name]
    assert found
    assert house.count(booking) == 0


@pytest.mark.parametrize("body", ["", "{", "nothing", '{"party":' + "[" * 20_000, "1" * 5000, "\xff"])
def test_a_body_that_is_not_json(house: BookingHouse, client: FlaskClient, body: str) -> None:
    answer = client.post("/api/v1/bookings", data=body, content_type="application/json")
    assert (answer.status_code, answer.mimetype) in {
        (400, "application/problem+json"),
        (422, "application/problem+json"),
    }


@pytest.mark.parametrize("body", [b"{", b"\xef\xbb\xbf{}", "{}".encode("utf-16")], ids=["broken", "marked", "UTF-16"])
@pytest.mark.parametrize(("language", "words"), [("fr", "Ceci n’est pas du JSON"), ("en", "This is not JSON")])
def test_that_it_is_not_json_is_said_in_the_language_of_the_rest(
    house: BookingHouse, client: FlaskClient, body: bytes, language: str, words: str
) -> None:
    how = {"Accept-Language": language, "Content-Type": "application/json"}
    answer = client.post("/api/v1/bookings", data=body, headers=how)
    assert answer.status_code == 400 and answer.json is not None
    assert [said.startswith(words) for said in answer.json["errors"]["json"]] == [True]


@pytest.mark.parametrize("body", ["[]", "1", "null", '"text"', "true"])
def test_json_that_is_no_booking(house: BookingHouse, client: FlaskClient, body: str) -> None:
    answer = client.post("/api/v1/bookings", data=body, content_type="application/json")
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")


def test_another_content_type(house: BookingHouse, client: FlaskClient) -> None:
    answer = client.post("/api/v1/bookings", data={"name": "Camille"})
    assert (answer.status_code, answer.mimetype) == (415, "application/problem+json")


def test_an_unknown_meal(house: BookingHouse, client: FlaskClient) -> None:
    assert client.post("/api/v1/bookings", json=WISH).status_code == 404


def test_past_the_cutoff_closed_cancelled(house: BookingHouse, client: FlaskClient) -> None:
    house.announce("closed", status=SittingStatus.CLOSED)
    house.announce("cancelled", status=SittingStatus.CANCELLED)
    house.announce("late", cutoff_at=house.clock.at.replace(hour=8))
    answers = [
        client.post("/api/v1/bookings", json=WISH | {"sitting": name}) for name in ("closed", "cancelled", "late")
    ]
    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert [answer.json["title"] for answer in answers if answer.json] == [
        "This meal takes no more bookings.",
        "This meal is cancelled.",
        "Booking for this meal has closed: the shopping is done.",
    ]


def test_the_meal_has_begun(house: BookingHouse, client: FlaskClient) -> None:
    house.announce()
    where = client.post("/api/v1/bookings", json=WISH).headers["Location"]
    house.clock.at = STARTS_AT
    assert client.delete(where).status_code == 409
    assert client.patch(where, json={"party": {"people": 1}}).status_code == 409
    assert house.find(house.only_booking()).party == TWO


@pytest.mark.parametrize("token", ["x", "%00", "é", "a.b.c", "x" * 5000])
def test_a_forged_link(house: BookingHouse, client: FlaskClient, token: str) -> None:
    for answer in (
        client.get(f"/api/v1/bookings/{token}"),
        client.delete(f"/api/v1/bookings/{token}"),
        client.patch(f"/api/v1/bookings/{token}", json={"party": {"people": 1}}),
    ):
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_messages_speak_the_language_of_the_request(house: BookingHouse, client: FlaskClient) -> None:
    answer = client.post("/api/v1/bookings", json=WISH | {"party": {"people": 0}}, headers={"Accept-Language": "fr"})
    assert answer.json is not None
    assert answer.json["errors"]["party"]["people"][0].startswith("Merci d’indiquer combien vous serez")


def test_an_offer_is_shown_and_answered(house: BookingHouse, client: FlaskClient) -> None:
    house.announce()
    where = client.post("/api/v1/bookings", json=WISH).headers["Location"]
    until = house.clock.at + timedelta(minutes=20)
    house.hear(house.answer(house.only_booking(), Standing.OFFERED, offer=Offer(id="an-offer", until=until)))
    read = client.get(where).json
    assert read is not None and (read["status"], read["offer_until"]) == ("offered", until.isoformat())
    assert client.post(where + "/offer", json={}).status_code == 422
    answered = client.post(where + "/offer", json={"accepted": True})
    assert answered.status_code == 202 and answered.json is not None and answered.json["being_checked"]
    wish = house.wish_said(house.only_booking())
    assert wish.reply and wish.reply.accepted
