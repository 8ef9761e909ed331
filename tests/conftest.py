"""Fixtures for all tests. What needs a server that is not there is named in the last lines of the run."""

import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from jinja2.bccache import Bucket, BytecodeCache
from playwright.sync_api import Browser, sync_playwright
from werkzeug.test import TestResponse

from shared.clock import SetClock
from shared.database import Database
from tests import backends
from tests.databases import COMPILED, Databases, without_the_disk
from tests.html import check_html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


# As in production, a traceback in the logs shows no local variables; here it goes to pytest's own capture.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.KeyValueRenderer(key_order=["event"]),
    ]
)


class CompiledTemplates(BytecodeCache):
    """Templates stay compiled from one application to the next: nearly every test makes its own, and compiling was half
    of what tests of pages cost. Found by name, file and source, so a template never answers for another.
    """

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


class Validator(FlaskClient):
    """Whatever page, or part of one, a test is answered with: it must be HTML without a parse error."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        response = super().open(*args, **options)
        if response.mimetype == "text/html" and not response.content_encoding:
            check_html(response.text)
        return response


# Whether something is so does not depend on how fast a machine finds examples.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

Flask.jinja_options = {"bytecode_cache": CompiledTemplates()}
Flask.test_client_class = Validator
Database._make_engine = without_the_disk(COMPILED.give(Database._make_engine))  # type: ignore[assignment,method-assign]


@pytest.fixture(autouse=True, scope="session")
def logs_stay_as_they_are() -> Iterator[None]:
    """A command line that runs within a test does not set up logs: loggers would keep what it set, and nobody could
    capture what they say later. That it does so as a program is seen where it runs as one.
    """
    with pytest.MonkeyPatch.context() as patch:
        for module in ("shared.cli", "deploy.reconcile.__main__"):
            patch.setattr(f"{module}.configure_logs", lambda **_more: None)
        yield


@pytest.fixture(scope="session")
def postgres() -> None:
    """This test needs PostgreSQL."""
    _need("PostgreSQL", backends.have_postgres())


@pytest.fixture(scope="session")
def rabbitmq() -> None:
    """This test needs RabbitMQ."""
    _need("RabbitMQ", backends.have_rabbitmq())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser, for looking at pages as people do."""
    _need("Chromium", CHROMIUM is not None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=120_000)
        yield browser
        browser.close()


def pytest_collection(session: pytest.Session) -> None:
    """While thousands of tests are collected nothing of them is garbage."""
    gc.disable()


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported and collected stays to the end. To look through it again and again for garbage, each time that
    a few hundred objects had been made, was a sixth of what tests cost; now it is looked for among what tests made.
    """
    gc.freeze()
    gc.set_threshold(50_000)
    gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Pages are tested on PostgreSQL alone where it is there: on SQLite the demo shows them to tests in a browser."""
    if not (backends.REQUIRED or backends.have_postgres()):
        return
    again = {one for one in items if "pages" in one.path.parts and _on_sqlite(one)}
    config.hook.pytest_deselected(items=list(again))
    items[:] = [one for one in items if one not in again]


def _on_sqlite(test: pytest.Item) -> bool:
    callspec = getattr(test, "callspec", None)
    return callspec is not None and callspec.params.get("backend") == "sqlite"


@pytest.fixture(params=["sqlite", "postgres"])
def backend(request: pytest.FixtureRequest) -> str:
    """Both databases, one after the other."""
    if request.param == "postgres":
        request.getfixturevalue("postgres")
    return str(request.param)


@pytest.fixture
def new_database(backend: str, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Makes empty databases, by name, on the backend at hand; gives their URL."""
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(backends.new_database(backend, tmp_path, name))


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Databases of the services, to be lent."""
    lender = Databases(tmp_path_factory.mktemp("databases"))
    yield lender
    lender.close()


@pytest.fixture
def database_of(backend: str, databases: Databases) -> Iterator[Callable[[str], str]]:
    """Lends databases of a service, with all their tables and nothing in them, on the backend at hand, by URL."""
    with ExitStack() as stack:
        yield lambda service: stack.enter_context(databases.lend(backend, service))


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands at a Tuesday morning in autumn until the test moves it."""
    return SetClock(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))


def _need(server: str, there: bool) -> None:
    if there:
        return
    if backends.REQUIRED:
        pytest.fail(f"{server} is required and does not answer.")
    pytest.skip(f"needs {server}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was not run, and how to run it."""
    reasons = {str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []) if report.longrepr}
    missing = sorted({server for server in ("PostgreSQL", "RabbitMQ", "Chromium") if any(server in r for r in reasons)})
    if missing:
        terminalreporter.write_line("")
        terminalreporter.write_line(f"Not run: the tests that need {' and '.join(missing)}, which did not answer.")
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.stats.get(outcome, [])]
    for said in sorted({str(value) for one in reports for name, value in one.user_properties if name == "said"}):
        terminalreporter.write_line(said)
        terminalreporter.write_line(
            "To run them: start PostgreSQL on 127.0.0.1:5432 (trust) and RabbitMQ on 127.0.0.1:5672 (guest/guest), "
            "install Chromium, then `make test`; `.ci/run` does all of it on Debian."
        )
