"""The settings of booking."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from shared.settings import CommonSettings, sms_provider


@dataclass(frozen=True, kw_only=True)
class Settings(CommonSettings):
    """What booking needs besides the common settings.

    - SMS_PROVIDER, as notifications has it: with `none`, `sms` is false and every guest must give an e-mail address.
    """

    sms: bool

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Read them. Raises WrongSetting."""
        common: dict[str, Any] = cls.common("booking", env)
        return cls(**common, sms=sms_provider(env, demo=common["demo"]) != "none")
