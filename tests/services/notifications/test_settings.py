"""A wrong setting stops the start with a clear sentence."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from services.notifications.__main__ import cli
from services.notifications.bootstrap import assemble, make_providers
from services.notifications.domain.letter import Channel
from services.notifications.domain.rate import Rate
from services.notifications.settings import Settings
from shared.settings import WrongSetting

COMMON = {
    "NOTIFICATIONS_DATABASE_URL": "sqlite://",
    "BROKER_URL": "memory://",
    "SECRET_KEYS": "a-key-for-tests-only-of-enough-characters",
}
SMTP = {"MAIL_PROVIDER": "smtp", "SMTP_URL": "smtp://mail.example.org", "MAIL_FROM": "bonjour@example.org"}
BREVO = {"SMS_PROVIDER": "brevo", "BREVO_API_KEY": "a-key", "SMS_SENDER": "Tablee"}


def providers(env: dict[str, str]) -> dict[str, str]:
    parts = assemble({**COMMON, **env})
    assert isinstance(parts.settings, Settings)
    chosen = make_providers(parts.settings, parts.service)
    return {channel.value: provider.name for channel, provider in chosen.items()}


def test_the_demo_records_everything() -> None:
    assert providers({"DEMO": "1"}) == {"email": "recorder", "sms": "recorder"}


def test_production_chooses_its_providers() -> None:
    assert providers(SMTP) == {"email": "smtp"}
    assert providers({**SMTP, **BREVO}) == {"email": "smtp", "sms": "brevo"}
    assert Channel.SMS not in providers({**SMTP, "SMS_PROVIDER": "none"})


@pytest.mark.parametrize(
    ("env", "sentence"),
    [
        ({}, "MAIL_PROVIDER is not set"),
        ({"MAIL_PROVIDER": "pigeon"}, "MAIL_PROVIDER must be one of: smtp, recorder"),
        ({**SMTP, "SMTP_URL": ""}, "SMTP_URL is not set"),
        ({**SMTP, "SMTP_URL": "mail.example.org"}, "SMTP_URL must look like"),
        ({**SMTP, "SMTP_URL": "smtp://mail.example.org?tls=perhaps"}, "SMTP_URL must look like"),
        ({**SMTP, "SMTP_URL": "smtp://mail.example.org:many"}, "SMTP_URL must look like"),
        ({**SMTP, "MAIL_FROM": "bonjour"}, "MAIL_FROM must be an e-mail address"),
        ({**SMTP, **BREVO, "SMS_SENDER": "Tablées du quartier"}, "SMS_SENDER must be at most 11"),
        ({**SMTP, **BREVO, "BREVO_API_KEY": ""}, "BREVO_API_KEY is not set"),
        ({**SMTP, "SMS_PROVIDER": "pigeon"}, "SMS_PROVIDER must be one of"),
    ],
)
def test_what_is_missing_or_wrong_is_named(env: dict[str, str], sentence: str) -> None:
    with pytest.raises(WrongSetting, match=sentence):
        assemble({**COMMON, **env})


def test_secrets_stay_out_of_the_settings_words() -> None:
    settings = Settings.from_env({**COMMON, **SMTP, **BREVO, "SMTP_URL": "smtp://me:hush@mail.example.org"})
    assert "hush" not in repr(settings)
    assert "a-key" not in repr(settings)


def test_the_commands() -> None:
    text = CliRunner().invoke(cli, ["--help"]).output
    for command in ("web", "worker", "relay", "sender", "migrate", "resay", "parked", "failed"):
        assert command in text


@pytest.mark.parametrize("command", ["sender", "migrate"])
def test_a_wrong_setting_is_one_sentence_not_a_traceback(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**COMMON, "MAIL_PROVIDER": "pigeon"}.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(cli, [command])
    assert result.exit_code == 1
    assert result.output.startswith("Error: MAIL_PROVIDER must be one of")


def test_the_credit_for_sms_is_watched_where_it_is_said_when_it_is_low() -> None:
    assert Settings.from_env({**COMMON, **SMTP}).sms_credit_low == 0
    watched = Settings.from_env({**COMMON, **SMTP, "SMS_CREDIT_LOW": "100", "SMS_CREDIT_EMAIL": "bureau@example.org"})
    assert (watched.sms_credit_low, watched.sms_credit_email) == (100, "bureau@example.org")
    assert "bureau" not in repr(watched)
    assert Settings.from_env({**COMMON, **SMTP, "SMS_CREDIT_LOW": "100"}).sms_credit_email == ""


@pytest.mark.parametrize(
    ("low", "email"), [("many", "a@example.org"), ("-1", "a@example.org"), ("100", "nobody"), ("", "a@b")]
)
def test_a_credit_that_cannot_be_watched_stops_the_start(low: str, email: str) -> None:
    with pytest.raises(WrongSetting, match="SMS_CREDIT"):
        Settings.from_env({**COMMON, **SMTP, "SMS_CREDIT_LOW": low, "SMS_CREDIT_EMAIL": email})


OVH = {
    "SMS_PROVIDER": "ovh",
    "SMS_SENDER": "Tablee",
    "OVH_SMS_SERVICE": "sms-ab12345-1",
    "OVH_APPLICATION_KEY": "a",
    "OVH_APPLICATION_SECRET": "s",
    "OVH_CONSUMER_KEY": "c",
}
ANY = {
    "SMS_SENDER": "Tablee",
    "SMS_HTTP_URL": "https://sms.example/send",
    "SMS_HTTP_AUTHORIZATION": "Bearer x",
    "SMS_HTTP_BODY": '{"to": "{to}", "text": "{text}"}',
}


def test_several_providers_are_asked_in_the_order_of_the_settings() -> None:
    env = {**SMTP, **OVH, **BREVO, **ANY, "SMS_PROVIDER": "ovh, brevo,http"}
    assert providers(env)[Channel.SMS] == "ovh,brevo,http"
    assert providers({**SMTP, **OVH})[Channel.SMS] == "ovh"


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({**OVH, "SMS_PROVIDER": "ovh,ovh"}, "SMS_PROVIDER"),
        ({**OVH, "SMS_PROVIDER": "ovh,none"}, "SMS_PROVIDER"),
        ({**OVH, "OVH_CONSUMER_KEY": ""}, "OVH_CONSUMER_KEY"),
        ({**OVH, "OVH_URL": "eu.api"}, "OVH_URL"),
        ({**ANY, "SMS_PROVIDER": "http", "SMS_HTTP_BODY": "to={to}"}, "SMS_HTTP_BODY"),
        ({**ANY, "SMS_PROVIDER": "http", "SMS_HTTP_URL": "ftp://sms.example"}, "SMS_HTTP_URL"),
    ],
)
def test_a_wrong_setting_of_a_provider_is_named(wrong: dict[str, str], named: str) -> None:
    with pytest.raises(WrongSetting, match=named):
        providers({**SMTP, **wrong})


def test_a_rate_for_each_provider() -> None:
    rates = Settings.from_env({**COMMON, **SMTP, "SEND_AT_MOST": "smtp=14/s, brevo=100/min"}).send_at_most
    assert rates == {
        "smtp": Rate(many=14, span=timedelta(seconds=1)),
        "brevo": Rate(many=100, span=timedelta(minutes=1)),
    }
    assert Settings.from_env({**COMMON, **SMTP}).send_at_most == {}


@pytest.mark.parametrize("wrong", ["14", "smtp=14", "smtp=0/s", "pigeon=1/s", "smtp=1/day", "smtp=1/s,smtp=2/s"])
def test_a_rate_that_cannot_be_understood_stops_the_start(wrong: str) -> None:
    with pytest.raises(WrongSetting, match="SEND_AT_MOST must look like"):
        Settings.from_env({**COMMON, **SMTP, "SEND_AT_MOST": wrong})
