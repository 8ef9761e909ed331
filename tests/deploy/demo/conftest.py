"""The real demo, as a person starts it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.demo import Demo


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo keeps its data."""
    return tmp_path_factory.mktemp("demo") / "data"


@pytest.fixture(scope="module")
def start(data: Path) -> Iterator[Callable[[], Demo]]:
    """Starts the demo; what is still running at the end is stopped."""
    started: list[Demo] = []

    def begin() -> Demo:
        started.append(Demo(data, data.parent / f"terminal-{len(started)}"))
        return started[-1]

    yield begin
    for demo in started:
        demo.end()
