"""How many letters a provider is handed in a span of time: a pure rule.

A bucket holds some permits and is filled evenly. It is kept as one instant, `spent_until`: what was granted is paid off
by then. So many are never exceeded in any span, wherever it begins: of `many` a fifth may leave at once, and the rest
comes so evenly that both together are `many`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class Rate:
    """At most `many` letters in any `span`."""

    many: int
    span: timedelta

    @property
    def at_once(self) -> int:
        """How many may leave at the same moment."""
        return max(1, self.many // 5)

    @property
    def interval(self) -> timedelta:
        """From one permit to the next."""
        return self.span / (self.many - self.at_once + 1) + _TICK


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """What is left of a rate at an instant."""

    rate: Rate
    spent_until: datetime
    now: datetime

    @property
    def left(self) -> int:
        """How many may leave now."""
        return (self._full - self._begin) // self.rate.interval

    @property
    def next_at(self) -> datetime:
        """When the next may leave."""
        return self.now if self.left else self._begin + self.rate.interval - self.rate.at_once * self.rate.interval

    def after(self, granted: int) -> datetime:
        """Until when it is spent once so many have left."""
        return self._begin + granted * self.rate.interval

    @property
    def _full(self) -> datetime:
        return self.now + self.rate.at_once * self.rate.interval

    @property
    def _begin(self) -> datetime:
        """Later than it can be, it was written before the clock was put back: then it counts as empty."""
        return min(max(self.spent_until, self.now), self._full)
