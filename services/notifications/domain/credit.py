"""How many SMS a provider will still send, and whether that is worth a word: a pure rule.

It is low below a limit, and no longer once it is a tenth above: what is spent and topped up around it is one alert.
"""

from dataclasses import dataclass, replace
from datetime import datetime

SCARCE = 4  # a quarter of where it became low


@dataclass(frozen=True, kw_only=True)
class Credit:
    """The credit with one provider as last told. `low_since` (UTC) is there while it is low."""

    provider: str
    remaining: int
    told_at: datetime
    low_since: datetime | None = None
    revision: int = 0

    def is_scarce(self, low_below: int) -> bool:
        """Whether it is nearly used up."""
        return self.low_since is not None and self.remaining * SCARCE < low_below


def watch(before: Credit | None, told: Credit, low_below: int) -> Credit:
    """The credit as just told, low or not."""
    told = replace(told, revision=before.revision if before else 0)
    was_low_since = before.low_since if before else None
    if told.remaining < low_below:
        return replace(told, low_since=was_low_since or told.told_at)
    still_low = was_low_since is not None and told.remaining < low_below + max(1, low_below // 10)
    return replace(told, low_since=was_low_since if still_low else None)
