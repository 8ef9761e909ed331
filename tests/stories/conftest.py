"""A house for stories, on both databases."""

from collections.abc import Callable, Iterator

import pytest

from shared.clock import SetClock
from tests.stories.house import House, open_house


@pytest.fixture
def house(database_of: Callable[[str], str], clock: SetClock) -> Iterator[House]:
    with open_house(database_of, clock) as opened:
        yield opened
