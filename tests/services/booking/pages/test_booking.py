"""A booking in the browser, from the form to the page of its own."""

from datetime import timedelta

import pytest

from services.booking.store.tables import booking
from shared.contracts.party import Party
from shared.contracts.seats import Standing, Why
from shared.contracts.sitting import SittingStatus
from tests.services.booking.house import STARTS_AT, BookingHouse
from tests.services.booking.pages.conftest import FILLED_IN, Browser, hidden


def test_book_and_see_it_confirmed(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    sent = browser.book()
    assert sent.status_code == 303
    page = browser.open(sent.location)
    assert "Being checked" in page.text and 'hx-trigger="every 1s"' in page.text
    assert page.headers["Cache-Control"] == "no-store" and page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex"

    house.confirm(house.only_booking())
    page = browser.open(sent.location)
    assert "You are expected: 2 people, 1 cooking." in page.text and "hx-get" not in page.text
