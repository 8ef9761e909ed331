"""A resident leafs through the meals to come: a week at a time, or as many as a page holds."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from services.booking.store import lines, sittings
from services.booking.store.sittings import Filter
from shared.contracts.sitting import SittingNotice
from shared.messaging.service import Service

WEEK = timedelta(days=7)
MOST = 60  # meals on one page: a large network has hundreds in a week


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a page begins: at a local day, after so many of its meals."""

    day: date
    skip: int = 0


@dataclass(frozen=True, kw_only=True)
class Week:
    """The meals of a page, the present instant, and where the pages before and after it begin, if there are any."""

    items: list[SittingNotice]
    now: datetime
    earlier: Place | None
    later: Place | None


def look_at_week(service: Service, which: Filter, at: Place | None) -> Week:
    """The meals from a place on, soonest first; past the last day it is the last day, without a place the first."""
    with service.read() as conn:
        now = service.clock.now(conn)
        found = _from(conn, now, which, at)
        if at and not found:
            last = sittings.last_day(conn, now, which)
            at = Place(day=last) if last else None
            found = _from(conn, now, which, at)
        if not found:
            return Week(items=[], now=now, earlier=None, later=None)
        begin, skip = found[0].date, at.skip if at and at.day == found[0].date else 0
        shown = [one for one in found[:MOST] if one.date < begin + WEEK]
        return Week(
            items=lines.as_told(conn, shown),
            now=now,
            earlier=_earlier(sittings.first_day(conn, now, which), begin, skip),
            later=_later(found, shown, Place(day=begin, skip=skip)),
        )


def _from(conn: Connection, now: datetime, which: Filter, at: Place | None) -> list[SittingNotice]:
    """The meals of a page, and the next one."""
    first, skip = (at.day, at.skip) if at else (None, 0)
    return sittings.to_come(conn, now, replace(which, first=first), skip=skip, limit=MOST + 1)


def _earlier(first: date | None, begin: date, skip: int) -> Place | None:
    if first and first < begin:
        return Place(day=max(first, begin - WEEK))
    return Place(day=begin) if skip else None


def _later(found: list[SittingNotice], shown: list[SittingNotice], here: Place) -> Place | None:
    if len(found) == len(shown):
        return None
    day = found[len(shown)].date
    before = sum(one.date == day for one in shown)
    return Place(day=day, skip=before + (here.skip if day == here.day else 0))
