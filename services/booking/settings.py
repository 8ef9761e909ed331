"""The settings of booking."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from shared.settings import CommonSettings


@dataclass(frozen=True, kw_only=True)
class Settings(CommonSettings):
    """Booking needs nothing beyond the common settings."""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        common: dict[str, Any] = cls.common("booking", env)
        return cls(**common)
