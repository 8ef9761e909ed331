"""One line of the table: what was measured, what it must be, and whether it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

COLUMNS = ("figure", "measured", "must", "stretch", "met")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A measured ratio or cost, with the bounds it is judged by; `unit` stands behind all three numbers.

    `stretch` is None where there is nothing beyond the must; `must` where it is only there to compare with.
    """

    what: str
    measured: float
    must: float | None = None
    stretch: float | None = None
    unit: str = ""
    at_least: bool = False  # whether more is better

    @property
    def met(self) -> str:
        """ "stretch", "must" or "no"; nothing where nothing is asked."""
        if self.must is None:
            return ""
        if self.stretch is not None and self._reaches(self.stretch):
            return "stretch"
        return "must" if self._reaches(self.must) else "no"

    @property
    def cells(self) -> tuple[str, ...]:
        """The line as the table shows it."""
        sign = "≥" if self.at_least else "≤"
        bounds = ("" if bound is None else f"{sign} {bound:g}{self.unit}" for bound in (self.must, self.stretch))
        return (self.what, f"{self.measured:.3g}{self.unit}", *bounds, self.met)

    def _reaches(self, bound: float) -> bool:
        return self.measured >= bound if self.at_least else self.measured <= bound


@dataclass(frozen=True)
class Result:
    """What one measurement gave: its lines of the table, and the details below it."""

    figures: Sequence[Figure]
    details: Sequence[str] = field(default_factory=tuple)


def table(figures: Sequence[Figure]) -> str:
    """The figures as aligned columns."""
    rows = [COLUMNS, *(figure.cells for figure in figures)]
    first, *others = (max(map(len, column)) for column in zip(*rows, strict=True))
    return "\n".join(
        "  ".join([row[0].ljust(first), *(cell.rjust(width) for cell, width in zip(row[1:], others, strict=True))])
        for row in rows
    )


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least so many percent of the values do not exceed. Raises ValueError for none."""
    if not values:
        raise ValueError("no values")
    return sorted(values)[max(0, ceil(len(values) * percent / 100) - 1)]
