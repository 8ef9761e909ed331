"""The three services, wired as in production, each with an empty embedded database."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from importlib import import_module

import pytest

from shared.assembly import Assembly
from shared.contracts.routes import SERVICES
from tests.databases import Databases
from tests.stories.house import environment

Furnish = Callable[..., Mapping[str, Assembly]]


@pytest.fixture
def furnish(databases: Databases) -> Iterator[Furnish]:
    """Assembles the three services; settings may be given."""
    made: list[Assembly] = []

    def furnish(**settings: str) -> Mapping[str, Assembly]:
        urls = {name: lent.enter_context(databases.lend("sqlite", name)) for name in SERVICES}
        env = environment(urls, **settings)
        parts = {name: import_module(f"services.{name}.bootstrap").assemble(env) for name in SERVICES}
        made.extend(parts.values())
        return parts

    with ExitStack() as lent:
        yield furnish
    for part in made:
        part.service.database.dispose()


@pytest.fixture
def house(furnish: Furnish) -> Mapping[str, Assembly]:
    """The three services with the settings of a test house (the demo's pages included)."""
    return furnish()
