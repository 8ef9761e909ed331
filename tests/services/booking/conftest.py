"""Booking alone, with a clock that stands and neighbours that say what the test says they do."""

from collections.abc import Callable, Iterator

import pytest

from services.booking.bootstrap import assemble
from shared.clock import SetClock
from tests.services.booking.house import BookingHouse

SETTINGS = {
    "BROKER_URL": "memory://",
    "SECRET_KEYS": "a-key-for-tests-only-of-enough-characters",
    "PUBLIC_URL": "http://127.0.0.1:8000",
}


@pytest.fixture
def house(new_database: Callable[[str], str], clock: SetClock) -> Iterator[BookingHouse]:
    """Booking with an empty, migrated database, on both backends."""
    parts = assemble({"BOOKING_DATABASE_URL": new_database("booking"), **SETTINGS}, clock=clock)
    parts.migrate()
    yield BookingHouse(parts, clock)
    parts.service.database.dispose()
