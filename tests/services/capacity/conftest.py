"""Capacity alone, with a clock that stands, on both databases."""

from collections.abc import Callable, Iterator

import pytest

from services.capacity.bootstrap import assemble
from shared.clock import SetClock
from tests.services.capacity.house import SETTINGS, CapacityHouse


@pytest.fixture
def house(database_of: Callable[[str], str], clock: SetClock) -> Iterator[CapacityHouse]:
    """Capacity with one cantine and its coordinator."""
    parts = assemble({"CAPACITY_DATABASE_URL": database_of("capacity"), **SETTINGS}, clock=clock)
    house = CapacityHouse(parts, clock)
    house.furnish()
    yield house
    parts.service.database.dispose()
