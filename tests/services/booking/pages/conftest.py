"""A resident with a browser."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from services.booking.use_cases.voice import LETTER
from shared.links import Links
from tests.services.booking.house import BookingHouse

FILLED_IN = {
    "people": "2",
    "cooks": "1",
    "children": "0",
    "name": "Camille Exemple",
    "email": "camille@example.org",
    "phone": "",
    "language": "fr",
}


class Browser:
    """Opens pages and sends their forms with what is hidden in them."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, address: str, **options: object) -> TestResponse:
        """A page."""
        return self.client.get(address, **options)

    def send(self, page: str, address: str | None = None, **typed: str) -> TestResponse:
        """Open a page, fill in its form, and send it (to an address, if there are several forms)."""
        shown = self.open(page).text
        return self.client.post(address or page, data=hidden(shown) | typed)

    def book(self, sitting: str = "lunch", **typed: str) -> TestResponse:
        """Book as the form has it, also a second time."""
        return self.send(f"/meals/{sitting}", **(FILLED_IN | {"another": "1"} | typed))


def in_a_letter(house: BookingHouse, booking: str) -> str:
    """The address of a booking in a letter to its guest."""
    return f"/b/{Links(house.parts.settings.secret_keys).sign(LETTER, booking)}"


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


@pytest.fixture
def browser(house: BookingHouse) -> Browser:
    """A resident's browser, which wants English."""
    client = house.web.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return Browser(client)
