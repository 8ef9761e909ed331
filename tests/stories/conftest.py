"""A house for stories, on both databases."""

from collections.abc import Callable, Iterator

import pytest

from shared.clock import SetClock
from tests.stories.house import House, open_house


@pytest.fixture
def house(new_database: Callable[[str], str], clock: SetClock) -> Iterator[House]:
    with open_house(new_database, clock) as opened:
        yield opened
