"""Settings come from the environment alone, are read once, and a wrong one stops the start with a clear sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Self

import sqlalchemy as sa

_DATABASES = {"postgresql", "postgres", "postgresql+psycopg", "sqlite"}

DEAREST = 10  # euros for a part of an SMS: more is a slip of the finger
SMS_PROVIDERS = ("brevo", "ovh", "http", "recorder")

SECRETS = (
    "BOOKING_DATABASE_URL",
    "CAPACITY_DATABASE_URL",
    "NOTIFICATIONS_DATABASE_URL",
    "BROKER_URL",
    "SECRET_KEYS",
    "SMTP_URL",
    "HOOKS_SECRET",
    "BREVO_API_KEY",
    "OVH_APPLICATION_KEY",
    "OVH_APPLICATION_SECRET",
    "OVH_CONSUMER_KEY",
    "SMS_HTTP_AUTHORIZATION",
)
"""What may stand in a file instead, which NAME_FILE names: whoever may look at a container sees its environment."""


class WrongSetting(Exception):
    """A setting is missing or cannot be understood."""


@dataclass(frozen=True, kw_only=True)
class CommonSettings:
    """What every service needs to know.

    `secret_keys` sign links and sessions: the first signs, all verify (so a key can be rotated); they are shared by the
    three services, because a coordinator signs in once. `public_url` is where residents reach the site, without a final
    slash. `demo` opens the built-in mailbox and the one-click accounts: never in production. `behind_proxy` says that a
    proxy of ours stands in front, whose X-Forwarded headers are believed. `broker_declares` is false where the broker's
    own definitions make the queues, and a service's user may only write to its neighbours and read its own queue.
    `metrics` opens `/metrics` to whoever does not come through the proxy.
    """

    service: str
    database_url: str = field(repr=False)
    broker_url: str = field(repr=False)
    secret_keys: tuple[str, ...] = field(repr=False)
    public_url: str
    network_name: str
    queue_prefix: str
    demo: bool
    behind_proxy: bool = False
    broker_declares: bool = True
    metrics: bool = False

    @classmethod
    def common(cls, service: str, env: Mapping[str, str]) -> dict[str, object]:
        """The common values as read for one service. Raises WrongSetting."""
        return {
            "service": service,
            "database_url": database_url(env, f"{service.upper()}_DATABASE_URL"),
            "broker_url": required(env, "BROKER_URL"),
            "secret_keys": secret_keys(env),
            "public_url": env.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
            "network_name": env.get("NETWORK_NAME", "Tablée"),
            "queue_prefix": env.get("QUEUE_PREFIX", "tablee"),
            "demo": env.get("DEMO", "") == "1",
            "behind_proxy": env.get("BEHIND_PROXY", "") == "1",
            "metrics": env.get("METRICS", "") == "1",
            "broker_declares": env.get("BROKER_DECLARES", "1") != "0",
        }

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Read all settings of a service from the environment. Raises WrongSetting."""
        raise NotImplementedError

    @property
    def embedded(self) -> bool:
        """Whether the messages pass inside this one process."""
        return self.broker_url.startswith("memory:")


def with_files(given: Mapping[str, str]) -> dict[str, str]:
    """The environment in which secrets that stand in files are as if they stood there. Raises WrongSetting."""
    env = dict(given)
    for name in SECRETS:
        if file := given.get(f"{name}_FILE"):
            if given.get(name):
                raise WrongSetting(f"{name} and {name}_FILE are both set: which one is meant?")
            try:
                env[name] = Path(file).read_text().strip()
            except (OSError, UnicodeDecodeError) as error:
                raise WrongSetting(f"{name}_FILE names a file that cannot be read: {file}.") from error
    return env


def required(env: Mapping[str, str], name: str) -> str:
    """A setting that has no default. Raises WrongSetting if it is missing or empty."""
    value = env.get(name, "")
    if not value:
        raise WrongSetting(f"{name} is not set. See .env.example for what it means.")
    return value


def one_of(env: Mapping[str, str], name: str, choices: tuple[str, ...], default: str) -> str:
    """A setting that is one of some words. Raises WrongSetting if it is another, or missing without a default."""
    value = env.get(name, "") or default
    if not value:
        raise WrongSetting(f"{name} is not set. It is one of: {', '.join(choices)}.")
    if value not in choices:
        raise WrongSetting(f"{name} must be one of: {', '.join(choices)}.")
    return value


def sms_providers(env: Mapping[str, str], *, demo: bool) -> tuple[str, ...]:
    """How SMS leave: the first, or the next if it certainly took nothing; no names, if none do. Raises WrongSetting.

    By default the demo has the `recorder`, and elsewhere none do.
    """
    names = tuple(name.strip() for name in (env.get("SMS_PROVIDER") or ("recorder" if demo else "none")).split(","))
    if names == ("none",):
        return ()
    if len(set(names)) < len(names) or not set(names) <= set(SMS_PROVIDERS):
        raise WrongSetting(
            f"SMS_PROVIDER must be one of {', '.join(SMS_PROVIDERS)}, several of them with commas between, or none."
        )
    return names


def sms_price(env: Mapping[str, str]) -> Decimal | None:
    """What one part of an SMS costs, in euros; None, if nobody has said. Raises WrongSetting."""
    text = env.get("SMS_PRICE", "").strip()
    if not text:
        return None
    try:
        price = Decimal(text)
    except InvalidOperation:
        price = Decimal(-1)
    if not (price.is_finite() and 0 <= price < DEAREST):
        raise WrongSetting("SMS_PRICE must be euros such as 0.045.")
    return price


def database_url(env: Mapping[str, str], name: str) -> str:
    """Where a service keeps its data. Raises WrongSetting, which does not repeat the password that it may hold."""
    text = required(env, name)
    try:
        known = sa.make_url(text).drivername in _DATABASES
    except (sa.exc.ArgumentError, ValueError):
        known = False
    if not known:
        raise WrongSetting(f"{name} must look like postgresql://user:password@host:5432/name, or sqlite:///file.")
    return text


def whole_number(env: Mapping[str, str], name: str, default: int) -> int:
    """A setting that is a whole number. Raises WrongSetting if it is something else."""
    try:
        return int(env.get(name) or default)
    except ValueError as error:
        raise WrongSetting(f"{name} must be a whole number, not {env[name]!r}.") from error


def secret_keys(env: Mapping[str, str]) -> tuple[str, ...]:
    """The signing keys, newest first. Raises WrongSetting if there is none or one is short enough to guess."""
    keys = tuple(key.strip() for key in required(env, "SECRET_KEYS").split(",") if key.strip())
    if not keys or any(len(key) < 32 for key in keys):
        raise WrongSetting("SECRET_KEYS needs one or more keys of at least 32 characters, separated by commas.")
    return keys
