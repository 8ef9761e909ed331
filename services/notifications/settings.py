"""The settings of notifications."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from services.notifications.domain.rate import Rate
from services.notifications.providers.sms_http import Request, read_body
from shared.purge import KEPT
from shared.settings import (
    SMS_PROVIDERS,
    CommonSettings,
    WrongSetting,
    one_of,
    required,
    sms_price,
    sms_providers,
    whole_number,
)

MAIL_PROVIDERS = ("smtp", "recorder")
BREVO, OVH = "https://api.brevo.com", "https://eu.api.ovh.com"
_SPANS = {"s": timedelta(seconds=1), "min": timedelta(minutes=1), "h": timedelta(hours=1)}
_RATED = ("smtp", *SMS_PROVIDERS)
_RATE = re.compile(rf"(?P<name>{'|'.join(_RATED)})=(?P<many>[0-9]{{1,6}})/(?P<unit>{'|'.join(_SPANS)})")
LEAST_KEPT = 7  # days; until then providers tell what became of a letter, and guests ask
SHORTEST_SECRET = 24  # characters
_TLS = {"", "tls=starttls", "tls=tls", "tls=none"}


@dataclass(frozen=True, kw_only=True)
class Settings(CommonSettings):
    """What notifications needs besides the common settings.

    - MAIL_PROVIDER: `smtp`, or `recorder` (letters are kept in the mailbox instead of sent; the default with DEMO=1).
    - SMTP_URL: `smtp://user:password@host:port`, with `?tls=starttls` (the default), `tls` (on 465) or `none`.
    - MAIL_FROM: the sender's address; the name shown beside it is the canteen's.
    - SMS_PROVIDER: `brevo`, `ovh`, `http` or `recorder`; several with commas between, in order: the next is asked if
      one certainly took nothing. Or `none` (who has no e-mail is then not written to, and the operator sees it).
    - SMS_SENDER: at most 11 letters and digits, for all of them. If it is a number, an SMS can be answered, and a call
      for cooks names the word STOP.
    - HOOKS_SECRET: by what providers prove that they are who they say, at `/messages/hooks/…`, where they bring texts
      and tell what became of letters: in the address, as a bearer token, or by a signature. One secret or several, of
      at least 24 characters, with commas between. With it, and a number as SMS_SENDER, an SMS asks for an answer.
    - SMS_CREDIT_LOW: below so many SMS that a provider will still send, the network's administrators are told (`brevo`
      and `ovh`); so is SMS_CREDIT_EMAIL, if it is set: who tops it up need not have an account.
    - SEND_AT_MOST: how many letters each provider is handed in a second, minute or hour, such as
      `smtp=14/s,brevo=100/min`. All senders share it; what is held back waits. Without a word it is as fast as it goes.
    - SMS_PRICE: what one part of an SMS costs, in euros; the figures say what was spent where it is set.
    - LETTERS_KEPT_DAYS: after so many days what letters said is forgotten, and by which name providers know them. From
      7 to 90, the default: by then all is forgotten with the meal.
    - BREVO_API_KEY, BREVO_URL (https://api.brevo.com).
    - OVH_SMS_SERVICE (such as sms-ab12345-1), OVH_APPLICATION_KEY, OVH_APPLICATION_SECRET, OVH_CONSUMER_KEY, OVH_URL
      (https://eu.api.ovh.com).
    - SMS_HTTP_URL, SMS_HTTP_AUTHORIZATION (the header's value), SMS_HTTP_BODY (JSON, with "{to}", "{text}" and, if
      wanted, "{from}" and "{key}"), SMS_HTTP_REF (the field of the answer with the provider's own name for the SMS),
      SMS_HTTP_HONOURS_KEYS (1: it sends an Idempotency-Key once, however often it is asked).
    """

    mail_provider: str
    smtp_url: str = field(repr=False, default="")
    mail_from: str = ""
    sms_providers: tuple[str, ...]
    sms_sender: str = ""
    brevo_api_key: str = field(repr=False, default="")
    brevo_url: str = ""
    ovh_service: str = ""
    ovh_application: str = ""
    ovh_secret: str = field(repr=False, default="")
    ovh_consumer: str = field(repr=False, default="")
    ovh_url: str = ""
    sms_http: Request | None = None
    letters_kept: timedelta = KEPT
    sms_price: Decimal | None = None
    send_at_most: Mapping[str, Rate] = field(default_factory=dict)
    hooks_secrets: tuple[str, ...] = field(repr=False, default=())
    sms_credit_low: int = 0
    sms_credit_email: str = field(repr=False, default="")

    @property
    def sms_number(self) -> str:
        """The number that SMS come from; "" if they come from a name."""
        return self.sms_sender if self.sms_sender.isdigit() else ""

    @property
    def hears_texts(self) -> bool:
        """Whether a text that is sent to that number is heard here."""
        return bool(self.sms_number and (self.hooks_secrets or self.demo))

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read them. Raises WrongSetting."""
        common: dict[str, Any] = cls.common("notifications", env)
        mail = one_of(env, "MAIL_PROVIDER", MAIL_PROVIDERS, "recorder" if common["demo"] else "")
        sms = sms_providers(env, demo=common["demo"])
        own: dict[str, Any] = {"mail_provider": mail, "sms_providers": sms, **_mail(env, mail), **_sms(env, sms)}
        own |= {
            **_credit(env),
            "hooks_secrets": _hooks_secrets(env),
            "send_at_most": _rates(env),
            "letters_kept": _kept(env),
            "sms_price": sms_price(env),
        }
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


def _sms(env: Mapping[str, str], providers: tuple[str, ...]) -> dict[str, Any]:
    own: dict[str, Any] = {}
    if set(providers) - {"recorder"} or env.get("SMS_SENDER"):
        own["sms_sender"] = _sender(env)
    if "brevo" in providers:
        own |= {
            "brevo_api_key": required(env, "BREVO_API_KEY"),
            "brevo_url": _url("BREVO_URL", env.get("BREVO_URL"), BREVO),
        }
    if "ovh" in providers:
        own |= {
            "ovh_service": required(env, "OVH_SMS_SERVICE"),
            "ovh_application": required(env, "OVH_APPLICATION_KEY"),
            "ovh_secret": required(env, "OVH_APPLICATION_SECRET"),
            "ovh_consumer": required(env, "OVH_CONSUMER_KEY"),
            "ovh_url": _url("OVH_URL", env.get("OVH_URL"), OVH),
        }
    return own | ({"sms_http": _request(env)} if "http" in providers else {})


def _sender(env: Mapping[str, str]) -> str:
    sender = required(env, "SMS_SENDER")
    if not (sender.isascii() and sender.isalnum() and len(sender) <= (15 if sender.isdigit() else 11)):
        raise WrongSetting("SMS_SENDER must be at most 11 letters and digits, or a number of at most 15 digits.")
    return sender


def _url(name: str, value: str | None, usual: str) -> str:
    url = (value or usual).rstrip("/")
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise WrongSetting(f"{name} must look like {usual}.")
    return url


def _request(env: Mapping[str, str]) -> Request:
    url = _url("SMS_HTTP_URL", required(env, "SMS_HTTP_URL"), "https://sms.example/send")
    try:
        body = read_body(required(env, "SMS_HTTP_BODY"))
    except ValueError as error:
        raise WrongSetting('SMS_HTTP_BODY must be a JSON object, such as {"to": "{to}", "text": "{text}"}.') from error
    return Request(
        url=url,
        authorization=required(env, "SMS_HTTP_AUTHORIZATION"),
        body=body,
        ref=env.get("SMS_HTTP_REF", ""),
        honours_keys=env.get("SMS_HTTP_HONOURS_KEYS", "") == "1",
    )


def _kept(env: Mapping[str, str]) -> timedelta:
    days = whole_number(env, "LETTERS_KEPT_DAYS", KEPT.days)
    if not LEAST_KEPT <= days <= KEPT.days:
        raise WrongSetting(f"LETTERS_KEPT_DAYS must be between {LEAST_KEPT} and {KEPT.days}.")
    return timedelta(days=days)


def _rates(env: Mapping[str, str]) -> dict[str, Rate]:
    """The rate of each provider that has one. Raises WrongSetting."""
    rates: dict[str, Rate] = {}
    for each in filter(None, (one.strip() for one in env.get("SEND_AT_MOST", "").split(","))):
        found = _RATE.fullmatch(each)
        if not found or found["name"] in rates or not int(found["many"]):
            raise WrongSetting(f"SEND_AT_MOST must look like smtp=14/s,brevo=100/min; of {', '.join(_RATED)}.")
        rates[found["name"]] = Rate(many=int(found["many"]), span=_SPANS[found["unit"]])
    return rates


def _hooks_secrets(env: Mapping[str, str]) -> tuple[str, ...]:
    secrets = tuple(one.strip() for one in env.get("HOOKS_SECRET", "").split(",") if one.strip())
    if not all(len(one) >= SHORTEST_SECRET and one.isascii() and not set(one) & set("/?#% ") for one in secrets):
        raise WrongSetting(f"HOOKS_SECRET must have at least {SHORTEST_SECRET} letters and digits: it is in addresses.")
    return secrets


def _credit(env: Mapping[str, str]) -> dict[str, Any]:
    low, email = env.get("SMS_CREDIT_LOW", "").strip(), env.get("SMS_CREDIT_EMAIL", "").strip()
    if not low and not email:
        return {}
    if not (low.isascii() and low.isdigit() and len(low) < 7):
        raise WrongSetting("SMS_CREDIT_LOW must be a whole number, such as 100.")
    if email and "@" not in parseaddr(email)[1]:
        raise WrongSetting("SMS_CREDIT_EMAIL must be an e-mail address.")
    return {"sms_credit_low": int(low), "sms_credit_email": parseaddr(email)[1]}
