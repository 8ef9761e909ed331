"""Kitchens in the database: what is usual in a cantine. A sitting keeps its own in its row, written in the same way."""

from dataclasses import asdict, fields
from datetime import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.domain.allotments import Partner
from services.capacity.domain.hours import HourBefore
from services.capacity.domain.kitchen import Hands, Kitchen, OwnKitchen
from services.capacity.store.tables import kitchen
from shared.database import upsert
from shared.kept import as_known


def usual(conn: Connection, slug: str) -> Kitchen:
    """The usual kitchen of a cantine (by slug); one that was never described is a room for 35 with 10 cook places."""
    row = conn.execute(sa.select(kitchen.c.rule).where(kitchen.c.cantine == slug)).one_or_none()
    return read(row.rule) if row else Kitchen()


def save(conn: Connection, slug: str, one: Kitchen) -> None:
    """Keep what is usual in a cantine."""
    row = {"cantine": slug, "rule": written(one)}
    conn.execute(
        upsert(conn, kitchen).values(row).on_conflict_do_update(index_elements=["cantine"], set_={"rule": row["rule"]})
    )


def written(one: Kitchen | OwnKitchen) -> dict[str, Any]:
    """A kitchen as JSON; what is None, or none at all, is left out."""
    values = {field.name: getattr(one, field.name) for field in fields(one)}
    return {name: _write(value) for name, value in values.items() if value not in (None, ())}


def read(rule: dict[str, Any]) -> Kitchen:
    """The kitchen that was written."""
    return as_known(Kitchen, _read(rule))


def read_own(rule: dict[str, Any]) -> OwnKitchen:
    """What a sitting has otherwise, as it was written."""
    return as_known(OwnKitchen, _read(rule))


def _write(value: Any) -> Any:
    match value:
        case Hands(base=base, per_cook=per_cook):
            return [base, per_cook]
        case HourBefore(days=days, at=at):
            return [days, at.isoformat("minutes")]
        case tuple():
            return [asdict(one) if isinstance(one, Partner) else list(one) for one in value]
    return value


def _read(rule: dict[str, Any]) -> dict[str, Any]:
    values = dict(rule)
    if "hands" in values:
        base, per_cook = values["hands"]
        values["hands"] = Hands(base=base, per_cook=per_cook)
    if "counts_from" in values:
        days, at = values["counts_from"]
        values["counts_from"] = HourBefore(days=days, at=time.fromisoformat(at))
    if "partners" in values:
        values["partners"] = tuple(as_known(Partner, one) for one in values["partners"])
    if "partner_seats" in values:
        values["partner_seats"] = tuple((partner, seats) for partner, seats in values["partner_seats"])
    return values
