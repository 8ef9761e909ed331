"""What the tests of faults need."""

from collections.abc import Iterator

import pytest

from tests import backends
from tests.faults import servers, witness
from tests.faults.house import House, open_house


@pytest.fixture(scope="session")
def needs_programs() -> None:
    """This test starts a PostgreSQL and a RabbitMQ of its own."""
    if missing := servers.missing():
        if backends.REQUIRED:
            pytest.fail(f"{' and '.join(missing)} must be installed.")
        pytest.skip(f"needs {' and '.join(missing)}")


@pytest.fixture(scope="package")
def house(needs_programs: None) -> Iterator[House]:
    """The whole product on servers of its own, with witnesses; the tests of faults live in it one after the other."""
    with open_house() as opened:
        witness.install(opened)
        yield opened
