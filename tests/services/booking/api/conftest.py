"""A program that speaks to the API."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.services.booking.house import BookingHouse

WISH: dict[str, Any] = {
    "sitting": "lunch",
    "party": {"people": 2, "cooks": 1},
    "name": "Camille Exemple",
    "email": "camille@example.org",
}


@pytest.fixture
def client(house: BookingHouse) -> FlaskClient:
    """A program, which wants English."""
    client = house.web.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client
