"""The residents' API does what its description says, whatever a program sends."""

import pytest
from flask.testing import FlaskClient

from tests.described import check_as_described
from tests.services.booking.api.conftest import WISH
from tests.services.booking.house import BookingHouse


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)  # the one that holds less: no NUL, no huge number
def test_nothing_crashes_and_nothing_is_answered_that_is_not_described(
    house: BookingHouse, client: FlaskClient
) -> None:
    house.announce()
    token = str(client.post("/api/v1/bookings", json=WISH).headers["Location"]).rsplit("/", 1)[-1]
    known = {"token": token, "sitting_id": "lunch"}
    answered = check_as_described(client.application, "/api/docs/openapi.json", known, WISH)
    assert {202, 422} <= answered["POST /api/v1/bookings"]
    assert {200, 404} <= answered["GET /api/v1/bookings/{token}"] & answered["GET /api/v1/sittings/{sitting_id}"]
    assert {200, 422} <= answered["GET /api/v1/sittings"]
    assert len(answered) == 7
