"""What the tests of faults need."""

import pytest

from tests import backends
from tests.faults import servers


@pytest.fixture(scope="session")
def needs_programs() -> None:
    """This test starts a PostgreSQL and a RabbitMQ of its own."""
    if missing := servers.missing():
        if backends.REQUIRED:
            pytest.fail(f"{' and '.join(missing)} must be installed.")
        pytest.skip(f"needs {' and '.join(missing)}")
