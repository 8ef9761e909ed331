"""The settings of notifications."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from shared.settings import CommonSettings, WrongSetting, one_of, required, sms_provider

MAIL_PROVIDERS = ("smtp", "recorder")
_TLS = {"", "tls=starttls", "tls=tls", "tls=none"}


@dataclass(frozen=True, kw_only=True)
class Settings(CommonSettings):
    """What notifications needs besides the common settings.

    - MAIL_PROVIDER: `smtp`, or `recorder` (letters are kept in the mailbox instead of sent; the default with DEMO=1).
    - SMTP_URL: `smtp://user:password@host:port`, with `?tls=starttls` (the default), `tls` (on 465) or `none`.
    - MAIL_FROM: the sender's address; the name shown beside it is the canteen's.
    - SMS_PROVIDER: `brevo`, `recorder`, or `none` (who has no e-mail is then not written to, and the operator sees it).
    - SMS_CREDIT_LOW: below so many SMS that the provider will still send, SMS_CREDIT_EMAIL is told (`brevo` only).
    - BREVO_API_KEY, BREVO_URL (https://api.brevo.com), SMS_SENDER (at most 11 letters and digits).
      If it is a number, an SMS can be answered, and a call for cooks names the word STOP.
    """

    mail_provider: str
    smtp_url: str = field(repr=False, default="")
    mail_from: str = ""
    sms_provider: str
    brevo_api_key: str = field(repr=False, default="")
    brevo_url: str = ""
    sms_sender: str = ""
    sms_credit_low: int = 0
    sms_credit_email: str = field(repr=False, default="")

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read them. Raises WrongSetting."""
        common: dict[str, Any] = cls.common("notifications", env)
        mail = one_of(env, "MAIL_PROVIDER", MAIL_PROVIDERS, "recorder" if common["demo"] else "")
        sms = sms_provider(env, demo=common["demo"])
        own: dict[str, Any] = {"mail_provider": mail, "sms_provider": sms, **_mail(env, mail), **_sms(env, sms)}
        own |= _credit(env)
        return cls(**common, **own)


def _mail(env: Mapping[str, str], provider: str) -> dict[str, str]:
    if provider != "smtp":
        return {}
    url, sender = required(env, "SMTP_URL"), required(env, "MAIL_FROM")
    if not _is_smtp_url(url):
        raise WrongSetting("SMTP_URL must look like smtp://user:password@host:587?tls=starttls (or tls, or none).")
    if "@" not in parseaddr(sender)[1]:
        raise WrongSetting("MAIL_FROM must be an e-mail address.")
    return {"smtp_url": url, "mail_from": parseaddr(sender)[1]}


def _is_smtp_url(url: str) -> bool:
    parts = urlsplit(url)
    try:
        parts.port  # noqa: B018 - raises if it is no number
    except ValueError:
        return False
    return parts.scheme == "smtp" and bool(parts.hostname) and parts.query in _TLS


def _sms(env: Mapping[str, str], provider: str) -> dict[str, str]:
    if provider != "brevo":
        return {}
    sender = required(env, "SMS_SENDER")
    if not (sender.isascii() and sender.isalnum() and len(sender) <= (15 if sender.isdigit() else 11)):
        raise WrongSetting("SMS_SENDER must be at most 11 letters and digits, or a number of at most 15 digits.")
    return {
        "brevo_api_key": required(env, "BREVO_API_KEY"),
        "brevo_url": env.get("BREVO_URL", "https://api.brevo.com").rstrip("/"),
        "sms_sender": sender,
    }


def _credit(env: Mapping[str, str]) -> dict[str, Any]:
    low, email = env.get("SMS_CREDIT_LOW", "").strip(), env.get("SMS_CREDIT_EMAIL", "").strip()
    if not low and not email:
        return {}
    if not (low.isascii() and low.isdigit() and len(low) < 7):
        raise WrongSetting("SMS_CREDIT_LOW must be a whole number, such as 100.")
    if "@" not in parseaddr(email)[1]:
        raise WrongSetting("SMS_CREDIT_EMAIL must be an e-mail address.")
    return {"sms_credit_low": int(low), "sms_credit_email": parseaddr(email)[1]}
