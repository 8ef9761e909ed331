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
    "SMS_PROVIDER": "recorder",
    "SMS_PRICE": "0.045",
}


@pytest.fixture
def house(database_of: Callable[[str], str], clock: SetClock) -> Iterator[BookingHouse]:
    """Booking with an empty, migrated database, on both backends."""
    yield from _house(database_of("booking"), clock)


@pytest.fixture
def house_without_sms(database_of: Callable[[str], str], clock: SetClock) -> Iterator[BookingHouse]:
    """Booking where nobody can be written to by SMS."""
    yield from _house(database_of("booking"), clock, SMS_PROVIDER="none")


def _house(url: str, clock: SetClock, **more: str) -> Iterator[BookingHouse]:
    parts = assemble({"BOOKING_DATABASE_URL": url, **SETTINGS, **more}, clock=clock)
    yield BookingHouse(parts, clock)
    parts.service.database.dispose()
