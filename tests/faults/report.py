"""What a campaign is asked, and what it answers: figures, each with what must hold and whether it held."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """How to run a campaign: the seed of its chances, and how many bookings (None: as many as the campaign says)."""

    seed: int = 1
    bookings: int | None = None


@dataclass(frozen=True)
class Figure:
    """One thing measured, in words with its unit; `must` says what must hold."""

    name: str
    value: str
    must: str
    held: bool


@dataclass(frozen=True)
class Report:
    """What a campaign found. Notes are shown as they are; they decide nothing."""

    title: str
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = ()

    @property
    def held(self) -> bool:
        """Whether everything held that must."""
        return all(figure.held for figure in self.figures)


Campaign = Callable[[Options], Report]
"""What every module of a campaign offers, as `run`."""


def none_of(name: str, found: Iterable[object]) -> Figure:
    """A figure for what must not occur; a few examples are named."""
    all_found = [str(one) for one in found]
    examples = f" ({', '.join(all_found[:3])}{', …' if len(all_found) > 3 else ''})" if all_found else ""
    return Figure(name, f"{len(all_found)}{examples}", "0", not all_found)


def at_most(name: str, value: float, limit: float, unit: str) -> Figure:
    """A figure for what must not exceed a limit."""
    return Figure(name, f"{value:.3g} {unit}", f"≤ {limit:g} {unit}", value <= limit)


def at_least(name: str, value: float, limit: float, unit: str = "") -> Figure:
    """A figure for what must reach a limit."""
    return Figure(name, f"{value:g} {unit}".rstrip(), f"≥ {limit:g} {unit}".rstrip(), value >= limit)


def as_table(report: Report) -> str:
    """The report for a terminal."""
    width = max([len(figure.name) for figure in report.figures], default=0)
    across = max([len(figure.value) for figure in report.figures], default=0)
    lines = [f"\n{report.title}\n"]
    for one in report.figures:
        lines.append(f"  {'  ' if one.held else '✗ '}{one.name:{width}}  {one.value:{across}}  must be {one.must}")
    lines += [f"    {note}" for note in report.notes]
    return "\n".join([*lines, "", f"  {'All held.' if report.held else 'NOT ALL HELD.'}"])
