"""What capacity needs to know from its environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from shared.settings import CommonSettings


@dataclass(frozen=True, kw_only=True)
class Settings(CommonSettings):
    """The settings of capacity: those that all services have, with CAPACITY_DATABASE_URL."""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Read them from the environment. Raises WrongSetting."""
        return cls(**cls.common("capacity", env))  # type: ignore[arg-type]
