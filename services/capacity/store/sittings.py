"""Sittings in the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from services.capacity.domain.alerts import Watch
from services.capacity.domain.go_no_go import GoNoGo
from services.capacity.domain.hours import HourBefore
from services.capacity.domain.places import Sitting
from services.capacity.domain.sittings import ALLERGENS, DIETS, PlannedSitting, in_order
from services.capacity.store import cook_calls as call_store
from services.capacity.store import kitchens as kitchen_store
from services.capacity.store.tables import sitting
from shared.contracts.alert import AlertKind
from shared.contracts.sitting import SittingStatus, WaitlistPolicy
from shared.keeping import OneOf, keep_rows, revision_of_change
from shared.text import is_storable

_PLANNED = [column.name for column in sitting.c if column.name not in {"id", "forgotten"}]
_LOCKED = sa.select(sitting).where(OneOf(sitting.c.id, "ids")).order_by(sitting.c.id).with_for_update()


@dataclass(frozen=True, kw_only=True)
class Period:
    """Which sittings to look for: of these cantines, between two local days, both included; None stands for all."""

    cantines: Sequence[str] | None
    first: date | None = None
    last: date | None = None


_SHOWN_BY_CALENDARS = ("date", "cooking_starts", "starts_at", "status", "menu")
_DESCRIBED = revision_of_change("described", _SHOWN_BY_CALENDARS)


def lock(conn: Connection, ids: Iterable[str]) -> dict[str, PlannedSitting]:
    """These sittings, as far as they exist, locked in ascending order. What no database can hold is unknown."""
    return {row.id: read(row) for row in conn.execute(_LOCKED, {"ids": [one for one in ids if is_storable(one)]})}


def find(conn: Connection, sitting_id: str) -> PlannedSitting | None:
    """A sitting, or None. An id that no database can hold is simply unknown."""
    if not is_storable(sitting_id):
        return None
    row = conn.execute(sa.select(sitting).where(sitting.c.id == sitting_id)).one_or_none()
    return read(row) if row else None


def some(conn: Connection, ids: Iterable[str]) -> dict[str, PlannedSitting]:
    """Some sittings by id, as far as they exist."""
    return {row.id: read(row) for row in conn.execute(sa.select(sitting).where(sitting.c.id.in_(list(ids))))}


def of_cantines(conn: Connection, cantines: Sequence[str], since: date, before: date) -> list[PlannedSitting]:
    """The sittings of some cantines from a local date on (`before` excluded), in order of time."""
    rows = conn.execute(
        sa.select(sitting)
        .where(sitting.c.cantine.in_(cantines), sitting.c.date >= since, sitting.c.date < before)
        .order_by(sitting.c.date, sitting.c.meal_starts, sitting.c.cantine, sitting.c.id)
    )
    return [read(row) for row in rows]


def page_of(conn: Connection, period: Period, *, skip: int, limit: int) -> list[PlannedSitting]:
    """Some of the sittings of a period, in order of time."""
    rows = conn.execute(
        sa.select(sitting)
        .where(*_in(period))
        .order_by(sitting.c.date, sitting.c.meal_starts, sitting.c.cantine, sitting.c.id)
        .offset(skip)
        .limit(limit)
    )
    return [read(row) for row in rows]


def count(conn: Connection, period: Period) -> int:
    """How many sittings a period has."""
    return conn.execute(sa.select(sa.func.count()).select_from(sitting).where(*_in(period))).scalar_one()


def _in(period: Period) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if period.cantines is not None:
        conditions.append(sitting.c.cantine.in_(period.cantines))
    if period.first is not None:
        conditions.append(sitting.c.date >= period.first)
    if period.last is not None:
        conditions.append(sitting.c.date <= period.last)
    return conditions


def ids_since(conn: Connection, since: datetime) -> list[str]:
    """The ids of the sittings that start after an instant."""
    return list(conn.scalars(sa.select(sitting.c.id).where(sitting.c.starts_at >= since).order_by(sitting.c.id)))


def made_from(conn: Connection, template: str, since: date) -> list[PlannedSitting]:
    """The sittings made from a template for a day since then, wherever they have moved, in order of that day."""
    of_it = sitting.c.template == template, sitting.c.template_day >= since
    return [read(row) for row in conn.execute(sa.select(sitting).where(*of_it).order_by(sitting.c.template_day))]


def cutoff_due(conn: Connection, now: datetime, limit: int) -> list[str]:
    """The ids of sittings whose cutoff has passed and whose waiting list is still open."""
    due = sa.select(sitting.c.id).where(
        sitting.c.cutoff_at <= now,
        sa.not_(sitting.c.waitlist_closed),
        sitting.c.status != SittingStatus.CANCELLED,
    )
    return list(conn.scalars(due.order_by(sitting.c.cutoff_at, sitting.c.id).limit(limit)))


def confirmed_only_due(conn: Connection, now: datetime, limit: int) -> list[str]:
    """The ids of sittings whose hour has come from which only confirmed cooks count."""
    due = sa.select(sitting.c.id).where(
        sa.not_(sitting.c.confirmed_only),
        sitting.c.confirmed_only_from <= now,
        sitting.c.status != SittingStatus.CANCELLED,
    )
    return list(conn.scalars(due.order_by(sitting.c.confirmed_only_from, sitting.c.id).limit(limit)))


def release_due(conn: Connection, now: datetime, limit: int) -> list[str]:
    """The ids of sittings of which seats that are kept are to be released."""
    due = sa.select(sitting.c.id).where(sitting.c.release_at <= now, sitting.c.status != SittingStatus.CANCELLED)
    return list(conn.scalars(due.order_by(sitting.c.release_at, sitting.c.id).limit(limit)))


def taken_in(conn: Connection, cantine: str, first: date, before: date) -> list[tuple[str, dict[str, int]]]:
    """What each kind of booking has taken of each of the sittings of a cantine between two local days (`before`
    excluded).
    """
    days = sitting.c.date >= first, sitting.c.date < before
    query = sa.select(sitting.c.id, sitting.c.taken_by).where(sitting.c.cantine == cantine, *days)
    return [(row.id, row.taken_by) for row in conn.execute(query)]


def ids_of_cantine_to_come(conn: Connection, cantine: str, now: datetime) -> list[str]:
    """The ids of the sittings of a cantine that have not begun."""
    to_come = sa.select(sitting.c.id).where(sitting.c.cantine == cantine, sitting.c.starts_at > now)
    return list(conn.scalars(to_come.order_by(sitting.c.id)))


def alerts_due(conn: Connection, now: datetime, limit: int) -> list[str]:
    """The ids of sittings whose alerts time alone may have changed."""
    due = sa.select(sitting.c.id).where(sitting.c.alerts_due_at <= now)
    return list(conn.scalars(due.order_by(sitting.c.alerts_due_at, sitting.c.id).limit(limit)))


def look_again(conn: Connection, cantine: str, now: datetime) -> None:
    """The alerts of a cantine's sittings to come are due: it wishes to hear of other things now."""
    ids = sa.select(sitting.c.id).where(sitting.c.cantine == cantine, sitting.c.starts_at > now)
    ids = ids.order_by(sitting.c.id).with_for_update()  # an UPDATE alone locks in any order
    conn.execute(sa.update(sitting).where(sitting.c.id.in_(list(conn.scalars(ids)))).values(alerts_due_at=now))


def save(conn: Connection, sittings: Sequence[PlannedSitting]) -> None:
    """Keep these sittings instead of what was known of them, in ascending order."""
    keep_rows(
        conn,
        sitting,
        [_row(one) for one in sorted(sittings, key=lambda one: one.id)],
        changes=_PLANNED,
        computed=_DESCRIBED,
    )


def read(row: Any) -> PlannedSitting:
    """The sitting in a row."""
    call = call_store.read(row.cook_call)
    return PlannedSitting(
        cantine=row.cantine,
        date=row.date,
        cooking_starts=row.cooking_starts,
        meal_starts=row.meal_starts,
        starts_at=row.starts_at,
        menu=row.menu,
        allergens=None if row.allergens is None else in_order(row.allergens, ALLERGENS),
        diets=in_order(row.diets, DIETS),
        break_even_price=row.break_even_price,
        food_price=row.food_price,
        cutoff=HourBefore(days=row.cutoff_days, at=row.cutoff_time),
        go_no_go=_go_no_go(row),
        decide_at=row.decide_at,
        going_ahead_at=row.going_ahead_at,
        going_ahead_by=row.going_ahead_by,
        template=row.template,
        template_day=row.template_day,
        revision=row.revision,
        watch=Watch(
            levels={kind: row.alerts[kind.value] for kind in AlertKind if kind.value in row.alerts},
            due_at=row.alerts_due_at,
            covers=row.covers_in_time,
            cooks=row.cooks_in_time,
            since=row.watched_since,
        ),
        call=call,
        ruled_for=row.ruled_for,
        own_kitchen=kitchen_store.read_own(row.own_kitchen),
        confirmed_only_from=row.confirmed_only_from,
        seating=Sitting(
            id=row.id,
            status=SittingStatus(row.status),
            cutoff_at=row.cutoff_at,
            kitchen=kitchen_store.read(row.kitchen),
            confirmed_only=row.confirmed_only,
            held=row.held,
            cooks_held=row.cooks_held,
            overhang=row.overhang,
            cook_overhang=row.cook_overhang,
            waitlist_length=row.waitlist_length,
            waitlist_closed=row.waitlist_closed,
            policy=WaitlistPolicy(row.waitlist_policy),
            offers_hours=row.offers_hours,
            offered=row.offered,
            untaken=row.untaken,
            zone=row.zone,
            called_until=call.until if call and call.is_open else None,
            taken_by=row.taken_by,
            released=frozenset(row.released),
            let_go=frozenset(row.let_go),
        ),
    )


def _row(one: PlannedSitting) -> dict[str, Any]:
    seating, limits = one.seating, one.seating.limits
    return {
        "id": one.id,
        "cantine": one.cantine,
        "date": one.date,
        "cooking_starts": one.cooking_starts,
        "meal_starts": one.meal_starts,
        "starts_at": one.starts_at,
        "cutoff_at": seating.cutoff_at,
        "status": seating.status,
        "menu": one.menu,
        "allergens": None if one.allergens is None else list(one.allergens),
        "diets": list(one.diets),
        "break_even_price": one.break_even_price,
        "food_price": one.food_price,
        "cutoff_days": one.cutoff.days,
        "cutoff_time": one.cutoff.at,
        "kitchen": kitchen_store.written(seating.kitchen),
        "own_kitchen": kitchen_store.written(one.own_kitchen),
        "confirmed_only": seating.confirmed_only,
        "confirmed_only_from": one.confirmed_only_from,
        "seats": limits.seats,
        "cook_places": limits.cook_places,
        "held": seating.held,
        "cooks_held": seating.cooks_held,
        "overhang": seating.overhang,
        "cook_overhang": seating.cook_overhang,
        "waitlist_length": seating.waitlist_length,
        "waitlist_closed": seating.waitlist_closed,
        **_decision(one.go_no_go),
        "decide_at": one.decide_at,
        "going_ahead_at": one.going_ahead_at,
        "going_ahead_by": one.going_ahead_by,
        "template": one.template,
        "template_day": one.template_day,
        "revision": one.revision,
        "described": one.revision,
        "waitlist_policy": seating.policy,
        "alerts": one.watch.levels,
        "alerts_due_at": one.watch.due_at,
        "covers_in_time": one.watch.covers,
        "cooks_in_time": one.watch.cooks,
        "watched_since": one.watch.since,
        "offers_hours": seating.offers_hours,
        "offered": seating.offered,
        "untaken": seating.untaken,
        "zone": seating.zone,
        "cook_call": call_store.written(one.call),
        "ruled_for": one.ruled_for,
        "taken_by": dict(seating.taken_by),
        "released": sorted(seating.released),
        "let_go": sorted(seating.let_go),
        "release_at": seating.next_release,
    }


def _go_no_go(row: Any) -> GoNoGo | None:
    if row.decide_days is None:
        return None
    at = HourBefore(days=row.decide_days, at=row.decide_time)
    return GoNoGo(at=at, covers=row.min_covers, cooks=row.min_cooks)


def _decision(one: GoNoGo | None) -> dict[str, Any]:
    return {
        "decide_days": one and one.at.days,
        "decide_time": one and one.at.at,
        "min_covers": one and one.covers,
        "min_cooks": one and one.cooks,
    }
