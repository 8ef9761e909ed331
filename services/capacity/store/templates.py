"""Weekly meals in the database."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.domain.go_no_go import GoNoGo
from services.capacity.domain.hours import HourBefore
from services.capacity.domain.sittings import Plan
from services.capacity.domain.templates import Template
from services.capacity.store import kitchens as kitchen_store
from services.capacity.store.tables import sitting_template
from shared.database import upsert
from shared.text import is_storable


def find(conn: Connection, template: str) -> Template | None:
    """A template, or None. An id that no database can hold is simply unknown."""
    if not is_storable(template):
        return None
    row = conn.execute(sa.select(sitting_template).where(sitting_template.c.id == template)).one_or_none()
    return _read(row) if row else None


def lock(conn: Connection, template: str) -> Template | None:
    """A template, locked before its sittings are."""
    query = sa.select(sitting_template).where(sitting_template.c.id == template).with_for_update()
    row = conn.execute(query).one_or_none()
    return _read(row) if row else None


def of_cantines(conn: Connection, cantines: Iterable[str]) -> list[Template]:
    """The templates of some cantines, by cantine, weekday and hour."""
    rows = conn.execute(sa.select(sitting_template).where(sitting_template.c.cantine.in_(list(cantines))))
    found = map(_read, rows)
    return sorted(found, key=lambda one: (one.cantine, one.first.weekday(), one.usual.meal_starts, one.first, one.id))


def to_make(conn: Connection, horizon: date, limit: int) -> list[str]:
    """The ids of templates that have not been followed up to the horizon."""
    behind = sitting_template.c.made_until.is_(None) | (sitting_template.c.made_until < horizon)
    query = sa.select(sitting_template.c.id).where(behind).order_by(sitting_template.c.id).limit(limit)
    return list(conn.scalars(query))


def save(conn: Connection, one: Template) -> None:
    """Keep a template instead of what was known of it."""
    row = _row(one)
    fresh = {name: value for name, value in row.items() if name != "id"}
    conn.execute(upsert(conn, sitting_template).values(row).on_conflict_do_update(index_elements=["id"], set_=fresh))


def keep_made_until(conn: Connection, template: str, day: date) -> None:
    """Keep up to which day a template has been followed."""
    conn.execute(sa.update(sitting_template).where(sitting_template.c.id == template).values(made_until=day))


def look_again(conn: Connection, cantines: Sequence[str]) -> None:
    """The exceptions of these cantines have changed: look at all days to come again."""
    theirs = sitting_template.c.cantine.in_(cantines)
    conn.execute(sa.update(sitting_template).where(theirs).values(made_until=None))


def _row(one: Template) -> dict[str, Any]:
    return {
        "id": one.id,
        "cantine": one.cantine,
        "first": one.first,
        "until": one.until,
        "every": one.every,
        "on_holidays": one.on_holidays,
        "usual": _written(one.usual),
        "made_until": one.made_until,
    }


def _read(row: Any) -> Template:
    return Template(
        id=row.id,
        cantine=row.cantine,
        usual=_plan(row.first, row.usual),
        until=row.until,
        every=row.every,
        on_holidays=row.on_holidays,
        made_until=row.made_until,
    )


def _written(plan: Plan) -> dict[str, Any]:
    """A plan as a document: whole, for nobody asks the database for one of its fields."""
    return {
        "cooking_starts": plan.cooking_starts.isoformat(),
        "meal_starts": plan.meal_starts.isoformat(),
        "kitchen": kitchen_store.written(plan.kitchen),
        "diets": list(plan.diets),
        "break_even_price": plan.break_even_price,
        "food_price": plan.food_price,
        "cutoff": [plan.cutoff.days, plan.cutoff.at.isoformat()],
        "go_no_go": _written_decision(plan.go_no_go),
        "open": plan.open,
    }


def _plan(day: date, said: dict[str, Any]) -> Plan:
    days, at = said["cutoff"]
    return Plan(
        date=day,
        cooking_starts=time.fromisoformat(said["cooking_starts"]),
        meal_starts=time.fromisoformat(said["meal_starts"]),
        kitchen=kitchen_store.read_own(said["kitchen"]),
        diets=tuple(said["diets"]),
        break_even_price=said["break_even_price"],
        food_price=said["food_price"],
        cutoff=HourBefore(days=days, at=time.fromisoformat(at)),
        go_no_go=_decision(said.get("go_no_go")),
        open=said["open"],
    )


def _written_decision(one: GoNoGo | None) -> list[Any] | None:
    return [one.at.days, one.at.at.isoformat(), one.covers, one.cooks] if one else None


def _decision(said: list[Any] | None) -> GoNoGo | None:
    if said is None:
        return None
    days, at, covers, cooks = said
    return GoNoGo(at=HourBefore(days=days, at=time.fromisoformat(at)), covers=covers, cooks=cooks)
