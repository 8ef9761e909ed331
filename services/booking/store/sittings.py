"""Keeping sittings, as capacity last described them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from services.booking.domain.sittings import Terms
from services.booking.store.lines import IS_HELD_UP
from services.booking.store.rows import row_of_sitting, sitting_of, terms_of
from services.booking.store.tables import sitting
from shared.contracts.sitting import Cantine, SittingNotice, SittingStatus
from shared.keeping import OneOf, keep_rows, newer, revision_of_change
from shared.text import is_storable, plain


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which meals to look for; None stands for all. `first` and `last` are local days."""

    cantine: str | None = None
    city: str | None = None
    first: date | None = None
    last: date | None = None
    with_places: bool = False


@dataclass(frozen=True, kw_only=True)
class Described:
    """A sitting with the revision that last changed what calendars show: places that come and go do not."""

    sitting: SittingNotice
    described: int


_SHOWN_BY_CALENDARS = (
    *("cantine_name", "cantine_address", "date", "cooking_starts", "starts_at", "status"),
    *("menu", "allergens", "break_even_price"),
)
_DESCRIBED = revision_of_change("described", _SHOWN_BY_CALENDARS)
_MOVED = revision_of_change("moved", ("date", "starts_at"))


def _changed(old: Any, new: Any) -> Mapping[str, ColumnElement[Any]]:
    return {**_DESCRIBED(old, new), **_MOVED(old, new)}


_SAID = [column.name for column in sitting.c if column.name not in {"id", "forgotten"}]
_ASKED = OneOf(sitting.c.id, "ids")
_SOME = sa.select(sitting).where(_ASKED)  # made once: to make it costs more than to ask
_TERMS: sa.Select[Any] = sa.select(
    sitting.c.id,
    sitting.c.status,
    sitting.c.starts_at,
    sitting.c.cutoff_at,
    sitting.c.largest_party,
    sitting.c.partners,
).where(_ASKED)


def find(conn: Connection, sitting_id: str) -> SittingNotice | None:
    """A sitting. An id that no database can hold is simply unknown."""
    if not is_storable(sitting_id):
        return None
    row = conn.execute(sa.select(sitting).where(sitting.c.id == sitting_id)).first()
    return sitting_of(row) if row else None


def some(conn: Connection, ids: Collection[str]) -> dict[str, SittingNotice]:
    """These sittings, as far as they are known."""
    rows = conn.execute(_SOME, {"ids": [one for one in ids if is_storable(one)]})
    return {row.id: sitting_of(row) for row in rows}


def terms(conn: Connection, ids: Collection[str]) -> dict[str, Terms]:
    """What these sittings, as far as they are known, allow: read with every booking, and a fifth of what they are."""
    rows = conn.execute(_TERMS, {"ids": [one for one in ids if is_storable(one)]})
    return {row.id: terms_of(row) for row in rows}


def moved(conn: Connection, ids: Collection[str]) -> dict[str, int]:
    """At which revision each of these sittings was last moved; 0, if none did."""
    rows = conn.execute(sa.select(sitting.c.id, sitting.c.moved).where(sitting.c.id.in_(ids)))
    return {row.id: row.moved for row in rows}


def keep(conn: Connection, sittings: Sequence[SittingNotice]) -> None:
    """Keep these, unless a later revision is kept already."""
    keep_rows(
        conn,
        sitting,
        [row_of_sitting(one) for one in sorted(sittings, key=lambda one: one.thing)],
        changes=_SAID,
        computed=_changed,
        where=newer,
    )


def to_come(conn: Connection, now: datetime, which: Filter, *, skip: int = 0, limit: int = 500) -> list[SittingNotice]:
    """The meals that have not begun, soonest first."""
    rows = conn.execute(
        sa.select(sitting)
        .where(*_conditions(now, which))
        .order_by(sitting.c.starts_at, sitting.c.cantine_slug, sitting.c.id)
        .offset(skip)
        .limit(limit)
    ).all()
    return [sitting_of(row) for row in rows]


def between(
    conn: Connection, since: datetime, before: datetime, cantines: Collection[str] | None = None
) -> list[SittingNotice]:
    """The meals of these cantines (by slug), or of all, that begin between two instants, soonest first."""
    query = sa.select(sitting).where(sitting.c.starts_at >= since, sitting.c.starts_at < before)
    if cantines is not None:
        query = query.where(sitting.c.cantine_slug.in_(cantines))
    rows = conn.execute(query.order_by(sitting.c.starts_at, sitting.c.cantine_slug, sitting.c.id))
    return [sitting_of(row) for row in rows]


def first_day(conn: Connection, now: datetime, which: Filter) -> date | None:
    """The local day of the first such meal."""
    soonest = sa.select(sitting.c.date).where(*_conditions(now, which)).order_by(sitting.c.starts_at).limit(1)
    return conn.execute(soonest).scalar()


def last_day(conn: Connection, now: datetime, which: Filter) -> date | None:
    """The local day of the last such meal."""
    latest = sa.select(sitting.c.date).where(*_conditions(now, which)).order_by(sitting.c.starts_at.desc()).limit(1)
    return conn.execute(latest).scalar()


def count(conn: Connection, now: datetime, which: Filter) -> int:
    """How many such meals there are."""
    return conn.execute(sa.select(sa.func.count()).select_from(sitting).where(*_conditions(now, which))).scalar_one()


def cantines(conn: Connection, now: datetime) -> list[tuple[str, str, str]]:
    """(city, slug, name) of the cantines that have meals to come, by city and name."""
    rows = conn.execute(
        sa.select(sitting.c.cantine_city, sitting.c.cantine_slug, sa.func.max(sitting.c.cantine_name))
        .where(sitting.c.starts_at > now)
        .group_by(sitting.c.cantine_city, sitting.c.cantine_slug)
    ).all()
    return sorted(
        ((city, slug, name) for city, slug, name in rows), key=lambda one: (plain(one[0]), plain(one[2]), one[1])
    )


def all_cantines(conn: Connection) -> list[str]:
    """The slugs of all cantines that we have heard of, whether they have meals to come or not, by city."""
    query = sa.select(sitting.c.cantine_slug).group_by(sitting.c.cantine_slug)
    return list(conn.scalars(query.order_by(sa.func.max(sitting.c.cantine_city), sitting.c.cantine_slug)))


def zones_of_cantines(conn: Connection) -> list[str]:
    """The time zone of each cantine that we have heard of."""
    return list(conn.scalars(sa.select(sa.func.max(sitting.c.cantine_zone)).group_by(sitting.c.cantine_slug)))


def name_of_cantine(conn: Connection, cantine: str) -> str | None:
    """What a cantine is called in its latest meal, or None if we have heard of none."""
    if not is_storable(cantine):
        return None
    latest = sa.select(sitting.c.cantine_name).where(sitting.c.cantine_slug == cantine)
    return conn.execute(latest.order_by(sitting.c.starts_at.desc()).limit(1)).scalar()


def cantine_of(conn: Connection, slug: str) -> Cantine | None:
    """A cantine as its latest meal describes it, or None if we have heard of none."""
    query = sa.select(sitting).where(sitting.c.cantine_slug == slug).order_by(sitting.c.starts_at.desc()).limit(1)
    row = conn.execute(query).first()
    return sitting_of(row).cantine if row else None


def of_cantine(conn: Connection, cantine: str, since: datetime) -> list[Described]:
    """The sittings of a cantine that begin after an instant, soonest first."""
    rows = conn.execute(
        sa.select(sitting)
        .where(sitting.c.cantine_slug == cantine, sitting.c.starts_at > since)
        .order_by(sitting.c.starts_at, sitting.c.id)
    )
    return [Described(sitting=sitting_of(row), described=row.described) for row in rows]


def _conditions(now: datetime, which: Filter) -> list[ColumnElement[bool]]:
    if not is_storable(f"{which.cantine}{which.city}"):
        return [sa.false()]
    conditions: list[ColumnElement[bool]] = [sitting.c.starts_at > now]
    if which.cantine is not None:
        conditions.append(sitting.c.cantine_slug == which.cantine)
    if which.city is not None:
        conditions.append(sitting.c.cantine_city == which.city)
    if which.first is not None:
        conditions.append(sitting.c.date >= which.first)
    if which.last is not None:
        conditions.append(sitting.c.date <= which.last)
    if which.with_places:
        conditions += [
            sitting.c.seats_left > 0,
            ~IS_HELD_UP,
            sitting.c.cutoff_at > now,
            sitting.c.status == SittingStatus.OPEN.value,
        ]
    return conditions
