"""Whatever a route answers: browsers are to run nothing of others, to guess nothing, to keep nothing personal."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from services.capacity.use_cases.add_coordinator import add_coordinator
from shared.clock import SetClock
from shared.contracts.routes import SERVICES
from shared.contracts.staff import StaffRole
from tests.architecture.test_urls import DEMO_ONLY, PUBLIC, doors
from tests.databases import Databases
from tests.stories.house import House, open_house

SITE = "https://tablee.example"
STRICT = {
    *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'"),
    *("connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"),
}
SHOW_A_LETTER = {"mailbox.read", "preview.show"}  # in a frame of this site
LETTERS = {"mailbox.html", "preview.html"}  # their styles stand within, as mail programs want it; nothing runs
SECRET = ("<token>", "<secret>")  # who knows the address is let in: so nobody else may learn or keep it
FEED = "/coordination/calendar/<token>.ics"  # programs ask for it again and again; no guest is in it
PROGRAMS = ("/api/v1/bookings/<", "/coordination/api/v1/")  # whose answers are about somebody


@pytest.fixture
def house(databases: Databases, clock: SetClock) -> Iterator[House]:
    """The services behind https, with an administrator of whom all have heard."""
    with ExitStack() as lent:
        lend: Callable[[str], str] = lambda name: lent.enter_context(databases.lend("sqlite", name))  # noqa: E731
        opened = lent.enter_context(open_house(lend, clock, PUBLIC_URL=SITE))
        with opened["capacity"].service.work() as work:
            add_coordinator(
                work, email="nora@example.org", name="Nora", language="fr", cantines=(), role=StaffRole.ADMINISTRATOR
            )
        opened.settle()
        yield opened


def answers(app: Flask, client: FlaskClient) -> Iterator[tuple[str, str, TestResponse]]:
    """What every route answers: its endpoint, its rule and the answer, in a language that is asked for."""
    app.config["WTF_CSRF_ENABLED"] = False  # so that forms come to the route
    rules = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules()}
    for endpoint, method, path in doors(app):
        answer = client.open(f"{path}?lang=fr", method=method, base_url=SITE, buffered=True)
        assert answer.status_code < 500 or answer.status_code == 503, (method, path, answer.status)
        yield endpoint, rules[endpoint], answer


def check_headers(endpoint: str, answer: TestResponse) -> None:
    headers, where = answer.headers, f"{answer.request.method} {answer.request.path} ({endpoint})"
    directives = {one.strip() for one in headers["Content-Security-Policy"].split(";")}
    if endpoint in LETTERS and answer.status_code == 200:
        assert "default-src 'none'" in directives and any(one.startswith("sandbox") for one in directives), where
    else:
        frames = {"frame-src 'self'"} if endpoint in SHOW_A_LETTER and answer.status_code == 200 else set()
        assert directives == STRICT | frames, where
    assert headers["X-Content-Type-Options"] == "nosniff", where
    assert headers["Referrer-Policy"] in ("same-origin", "no-referrer"), where
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", where
    assert "camera=()" in headers["Permissions-Policy"], where
    assert headers["Strict-Transport-Security"].startswith("max-age="), where
    assert "Server" not in headers and "X-Powered-By" not in headers, where
    for cookie in headers.getlist("Set-Cookie"):
        flags = {flag.strip() for flag in cookie.split(";")[1:]}
        assert {"HttpOnly", "Secure", "SameSite=Lax"} <= flags, f"{where}: {cookie}"


@pytest.mark.parametrize("name", SERVICES)
def test_who_is_not_signed_in(house: House, name: str) -> None:
    app = house[name].make_web()
    asked = cookies = 0
    for endpoint, rule, answer in answers(app, app.test_client()):
        check_headers(endpoint, answer)
        asked, cookies = asked + 1, cookies + len(answer.headers.getlist("Set-Cookie"))
        if rule == FEED:
            continue
        if any(secret in rule for secret in SECRET) or rule.startswith(PROGRAMS):
            assert answer.headers["Cache-Control"] == "no-store", rule
        if "<token>" in rule and "/api/" not in rule:
            assert answer.headers["Referrer-Policy"] == "no-referrer", rule
        if answer.request.method != "GET":
            assert answer.headers["Cache-Control"] == "no-store", f"{rule} may repeat what was typed"
    assert asked > 15 and cookies > 10, "nothing was looked at"


@pytest.mark.parametrize("name", SERVICES)
def test_who_is_signed_in(house: House, name: str) -> None:
    """Everything that staff see is about somebody: nothing of it is kept by a browser."""
    with house["capacity"].service.read() as conn:
        (nora,) = conn.execute(house["capacity"].metadata.tables["staff"].select()).all()
    app = house[name].make_web()
    client = app.test_client()
    for endpoint, rule, answer in answers(app, _signed_in(client, nora.id)):
        check_headers(endpoint, answer)
        if endpoint not in PUBLIC[name] | DEMO_ONLY:
            assert answer.headers["Cache-Control"] == "no-store", rule
        _signed_in(client, nora.id)  # some routes end the session


def _signed_in(client: FlaskClient, staff: str) -> FlaskClient:
    with client.session_transaction(base_url=SITE) as session:
        session.update(staff=staff, name="Nora", cantines=[], since=int(time.time()))
    return client
