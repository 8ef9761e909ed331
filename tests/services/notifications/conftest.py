"""Notifications alone, on both databases."""

from collections.abc import Callable, Iterator

import pytest

from services.notifications.bootstrap import assemble
from shared.clock import SetClock
from shared.links import Links
from tests.services.notifications.house import NotificationsHouse

SETTINGS = {
    "BROKER_URL": "memory://",
    "SECRET_KEYS": "a-key-for-tests-only-of-enough-characters",
    "PUBLIC_URL": "http://127.0.0.1:8000",
    "NETWORK_NAME": "Les Tablées",
    "DEMO": "1",
}

LINKS = Links((SETTINGS["SECRET_KEYS"],))


@pytest.fixture
def house(database_of: Callable[[str], str], clock: SetClock) -> Iterator[NotificationsHouse]:
    """Notifications with an empty, migrated database, and the recorder for both channels."""
    env = {"NOTIFICATIONS_DATABASE_URL": database_of("notifications"), **SETTINGS}
    parts = assemble(env, clock=clock)
    yield NotificationsHouse(parts, clock)
    parts.service.database.dispose()
