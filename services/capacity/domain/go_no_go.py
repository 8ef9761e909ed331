"""Whether a meal goes ahead: at a set hour, too few people or cooks make a person decide. Software never cancels."""

from dataclasses import dataclass

from services.capacity.domain.hours import HourBefore
from services.capacity.domain.places import Sitting


@dataclass(frozen=True, kw_only=True)
class GoNoGo:
    """When it is judged whether enough people come, and how many are enough; cooks count among the covers."""

    at: HourBefore
    covers: int = 0
    cooks: int = 0

    def is_met(self, seating: Sitting) -> bool:
        """Whether enough come, so that nobody need be asked."""
        return seating.held >= self.covers and seating.cooks_held >= self.cooks
