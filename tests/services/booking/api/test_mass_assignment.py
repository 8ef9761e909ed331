"""What is no part of a wish cannot be slipped in with it."""

import pytest
from flask.testing import FlaskClient

from tests.services.booking.api.conftest import WISH
from tests.services.booking.house import BookingHouse

SLIPPED_IN = {
    "status": "confirmed",
    "id": "00000000-0000-0000-0000-000000000000",
    "revision": 1,
    "booked_by": "camille",
    "origin": "phone",
    "partner": "somebody",
    "asked_at": "2020-01-01T00:00:00Z",
    "held": 2,
}


@pytest.mark.parametrize("field", SLIPPED_IN)
def test_a_booking_takes_only_what_a_wish_says(house: BookingHouse, client: FlaskClient, field: str) -> None:
    house.announce()
    assert client.post("/api/v1/bookings", json=WISH | {field: SLIPPED_IN[field]}).status_code == 422
    for name, wish in (("party", WISH["party"]), ("proxy", {"name": "Ursula", "contact": "guest"})):
        assert isinstance(wish, dict)
        assert client.post("/api/v1/bookings", json=WISH | {name: wish | {field: 1}}).status_code == 422


def test_a_change_changes_the_party_alone(house: BookingHouse, client: FlaskClient) -> None:
    house.announce()
    where = client.post("/api/v1/bookings", json=WISH).headers["Location"]
    for more in (
        {"sitting": "another"},
        {"name": "Another"},
        {"email": "another@example.org"},
        {"status": "confirmed"},
    ):
        assert client.patch(where, json={"party": {"people": 1}} | more).status_code == 422
