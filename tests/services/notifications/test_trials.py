"""An operator tries the providers: what leaves, what is said, and how the command ends."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result
from pytest_httpserver import HTTPServer

from services.notifications.__main__ import cli
from shared.gsm7 import segments
from tests.real.sink import Sink, free_port, open_sink

COMMON = {
    "NOTIFICATIONS_DATABASE_URL": "sqlite://",
    "BROKER_URL": "memory://",
    "SECRET_KEYS": "a-key-for-tests-only-of-enough-characters",
    "NETWORK_NAME": "Les Tablées",
    "PUBLIC_URL": "https://tablee.example.org",
    "DEMO": "",
    "SMS_PROVIDER": "none",
}
ADDRESS, NUMBER = "camille@example.org", "06 39 98 00 42"


@pytest.fixture(autouse=True)
def _leave_logs_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The logs of this process belong to all tests."""
    monkeypatch.setattr("shared.cli.configure_logs", lambda **_: None)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with open_sink() as sink:
        yield sink


def smtp(port: int) -> dict[str, str]:
    return {
        "MAIL_PROVIDER": "smtp",
        "SMTP_URL": f"smtp://127.0.0.1:{port}?tls=none",
        "MAIL_FROM": "bonjour@example.org",
    }


def by_http(server: HTTPServer) -> dict[str, str]:
    return {
        "MAIL_PROVIDER": "recorder",
        "SMS_PROVIDER": "http",
        "SMS_SENDER": "Tablee",
        "SMS_HTTP_URL": server.url_for("/send"),
        "SMS_HTTP_AUTHORIZATION": "Bearer token",
        "SMS_HTTP_BODY": '{"to": "{to}", "text": "{text}"}',
        "SMS_HTTP_REF": "id",
    }


def types(words: list[str], env: dict[str, str]) -> Result:
    return CliRunner().invoke(cli, words, env={**COMMON, **env}, catch_exceptions=False)


def test_one_e_mail_leaves_in_the_language_asked_for(sink: Sink) -> None:
    for language, subject, said in (
        ("fr", "Un essai de Les Tablées", "smtp l’a pris."),
        ("en", "A test from Les Tablées", "smtp has taken it."),
    ):
        result = types(["send-test-email", ADDRESS, "--language", language], smtp(sink.port))
        assert (result.exit_code, result.output.startswith(said)) == (0, True), result.output
        assert sink.mails[-1].subject == subject
        assert sink.mails[-1].to == ADDRESS
    assert len(sink.mails) == 2 and len({mail.key for mail in sink.mails}) == 2


def test_a_server_that_is_away_is_told_and_the_command_fails() -> None:
    result = types(["send-test-email", ADDRESS, "--language", "en"], smtp(free_port()))
    assert result.exit_code == 1
    assert "smtp did not take it now: no connection" in result.stderr
    assert ADDRESS not in result.output


def test_one_sms_leaves(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/send", method="POST").respond_with_json({"id": "abc"})
    result = types(["send-test-sms", NUMBER, "--language", "en"], by_http(httpserver))
    assert (result.exit_code, result.output) == (0, "http has taken it. Its name there: abc\n")
    (asked, _answer) = httpserver.log[0]
    sent = asked.get_json()
    assert sent["to"] == "+33639980042"
    assert segments(sent["text"]) == 1
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    ("status", "ends", "said"), [(422, 1, "http refuses it: HTTP 422."), (500, 3, "Nobody knows whether http took it")]
)
def test_what_the_provider_said_decides_how_it_ends(httpserver: HTTPServer, status: int, ends: int, said: str) -> None:
    httpserver.expect_request("/send").respond_with_data("", status=status)
    result = types(["send-test-sms", NUMBER, "--language", "en"], by_http(httpserver))
    assert (result.exit_code, said in result.stderr) == (ends, True)
    assert len(httpserver.log) == 1


def test_what_cannot_leave_is_said(sink: Sink) -> None:
    result = types(["send-test-sms", NUMBER], smtp(sink.port))
    assert (result.exit_code, "SMS_PROVIDER" in result.stderr) == (1, True)
    for words in (["send-test-email", "camille"], ["send-test-sms", "many"], ["send-test-sms", "1"]):
        result = types(words, smtp(sink.port))
        assert (result.exit_code, "This is no" in result.stderr) == (2, True), result.output
    assert sink.mails == []
