"""The three services, wired as in production, each with an empty embedded database."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

import pytest

from shared.assembly import Assembly
from shared.contracts.routes import SERVICES
from tests.stories.house import environment

Furnish = Callable[..., Mapping[str, Assembly]]


@pytest.fixture
def furnish(tmp_path: Path) -> Iterator[Furnish]:
    """Assembles the three services; settings may be given."""
    made: list[Assembly] = []

    def furnish(**settings: str) -> Mapping[str, Assembly]:
        env = environment({name: f"sqlite:///{tmp_path}/{name}.db" for name in SERVICES}, **settings)
        parts = {name: import_module(f"services.{name}.bootstrap").assemble(env) for name in SERVICES}
        made.extend(parts.values())
        for part in parts.values():
            part.migrate()
        return parts

    yield furnish
    for part in made:
        part.service.database.dispose()


@pytest.fixture
def house(furnish: Furnish) -> Mapping[str, Assembly]:
    """The three services with the settings of a test house (the demo's pages included)."""
    return furnish()
