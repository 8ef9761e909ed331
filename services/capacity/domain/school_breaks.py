"""French school holidays in each of the three zones, as the ministry of education sets them, some two years ahead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from vacances_scolaires_france import SchoolHolidayDates

ZONES = ("A", "B", "C")


@dataclass(frozen=True, kw_only=True)
class SchoolBreak:
    """One break in one zone, first and last day included. Its name is French, as the ministry has it."""

    zone: str
    name: str
    first: date
    last: date


def school_breaks(since: date, until: date) -> list[Mapping[str, SchoolBreak]]:
    """The breaks that end from a day on and begin before another, the soonest first; each by the zones that have it."""
    found: dict[tuple[int, str], dict[str, SchoolBreak]] = {}
    for one in sorted(_all(), key=lambda one: one.first):
        if one.last >= since and one.first < until:
            found.setdefault((one.first.year, one.name), {})[one.zone] = one
    return list(found.values())


@lru_cache(1)
def _all() -> list[SchoolBreak]:
    """Read when somebody first asks: half a megabyte of days."""
    days = SchoolHolidayDates().data
    return [one for zone in ZONES for one in _of_zone(days, zone)]


def _of_zone(days: Mapping[date, Mapping[str, object]], zone: str) -> Iterator[SchoolBreak]:
    current: SchoolBreak | None = None
    for day in sorted(day for day, row in days.items() if row[f"vacances_zone_{zone.lower()}"]):
        name = str(days[day]["nom_vacances"])
        if current and current.name == name and day - current.last == timedelta(days=1):
            current = replace(current, last=day)
            continue
        if current:
            yield current
        current = SchoolBreak(zone=zone, name=name, first=day, last=day)
    if current:
        yield current
