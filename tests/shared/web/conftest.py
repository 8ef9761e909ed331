"""The sample, served to a test client and to Chromium."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from tests.shared.web.sample import sample


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/sample.db"


@pytest.fixture
def client(database_url: str) -> FlaskClient:
    return sample(database_url).test_client()


@pytest.fixture
def address(database_url: str) -> Iterator[str]:
    """The address of the sample, served on a free port."""
    server = make_server("127.0.0.1", 0, sample(database_url), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()
    thread.join()
