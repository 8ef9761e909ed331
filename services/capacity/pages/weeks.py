"""Weeks as the calendar shows them: days with their meals, and why there are none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.capacity.domain.closures import Exceptions
from services.capacity.domain.sittings import PlannedSitting
from services.capacity.pages import words
from shared.contracts.sitting import Cantine

WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day: its meals in order of time, and what makes it unlike others (a holiday, a closure), in words."""

    date: date
    sittings: tuple[PlannedSitting, ...]
    off: tuple[str, ...]


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def weeks(
    since: date,
    before: date,
    sittings: Sequence[PlannedSitting],
    exceptions: Mapping[str, Exceptions],
    cantines: Mapping[str, Cantine],
) -> Iterator[tuple[date, list[Day]]]:
    """Each week with its Monday, from one to another (excluded); days of which there is nothing to say are left out."""
    for number in range((before - since).days // 7):
        monday = since + number * WEEK
        days = (monday + timedelta(days=weekday) for weekday in range(7))
        yield monday, [found for day in days if (found := _day(day, sittings, exceptions, cantines))]


def week_to_open(weeks: Sequence[tuple[date, list[Day]]], now: datetime) -> date | None:
    """The Monday of the week to show at once: the first with a meal to come, or else the first with anything."""
    ahead = (monday for monday, days in weeks if any(not one.is_over(now) for day in days for one in day.sittings))
    return next(ahead, next((monday for monday, days in weeks if days), None))


def _day(
    day: date,
    sittings: Sequence[PlannedSitting],
    exceptions: Mapping[str, Exceptions],
    cantines: Mapping[str, Cantine],
) -> Day | None:
    theirs = tuple(one for one in sittings if one.date == day)
    off = tuple(dict.fromkeys(_off(day, exceptions, cantines)))
    return Day(date=day, sittings=theirs, off=off) if theirs or off else None


def _off(day: date, exceptions: Mapping[str, Exceptions], cantines: Mapping[str, Cantine]) -> Iterator[str]:
    for slug, each in exceptions.items():
        if (found := each.holiday(day)) is not None:
            yield words.holiday(found)
        if (closure := each.closure(day)) is not None:
            yield f"{closure.name} ({cantines[slug].name})" if len(exceptions) > 1 else closure.name
