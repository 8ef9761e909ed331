"""The settings of booking."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from shared.settings import CommonSettings, WrongSetting, sms_providers

DEAREST = 10  # euros: more is a slip of the finger


@dataclass(frozen=True, kw_only=True)
class Settings(CommonSettings):
    """What booking needs besides the common settings.

    - SMS_PROVIDER, as notifications has it: with `none`, `sms` is false and every guest must give an e-mail address.
    - SMS_PRICE: what one part of an SMS costs, in euros such as 0.045; not said to hosts where it is not set.
    """

    sms: bool
    sms_price: Decimal | None = None

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Read them. Raises WrongSetting."""
        common: dict[str, Any] = cls.common("booking", env)
        sms = bool(sms_providers(env, demo=common["demo"]))
        return cls(**common, sms=sms, sms_price=_price(env.get("SMS_PRICE", "")))


def _price(text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        price = Decimal(text.strip())
    except InvalidOperation:
        price = Decimal(-1)
    if not (price.is_finite() and 0 <= price < DEAREST):
        raise WrongSetting("SMS_PRICE must be euros such as 0.045.")
    return price
