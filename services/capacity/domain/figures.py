"""What came of the meals: how many people sat at the table, and how many of them cooked."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Sums over some meals. `covers` are all people at the table, cooks included; `seats` those who could have come."""

    meals: int = 0
    covers: int = 0
    cooks: int = 0
    seats: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            meals=self.meals + other.meals,
            covers=self.covers + other.covers,
            cooks=self.cooks + other.cooks,
            seats=self.seats + other.seats,
        )

    @property
    def fill(self) -> int | None:
        """How many of a hundred seats were taken; None without seats."""
        return round(100 * self.covers / self.seats) if self.seats else None


@dataclass(frozen=True, kw_only=True)
class Day:
    """The meals of one cantine (by slug) on one local day."""

    cantine: str
    date: date
    figures: Figures


def summed(days: Iterable[Day], key: Callable[[Day], K]) -> dict[K, Figures]:
    """Figures by month, weekday, site…, in the order of the keys."""
    sums: dict[K, Figures] = {}
    for day in days:
        sums[key(day)] = sums.get(key(day), Figures()) + day.figures
    return dict(sorted(sums.items()))  # type: ignore[type-var]  # all keys of one kind have an order
