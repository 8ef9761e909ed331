"""Everything that capacity keeps, in order, read as it is told."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from services.capacity.domain.claims import Claim
from services.capacity.domain.sittings import PlannedSitting
from services.capacity.store import claims as claim_store
from services.capacity.store import sittings as sitting_store
from services.capacity.store.tables import cantine, claim, sitting
from shared.contracts.sitting import Cantine
from shared.database import by_code_point
from shared.ledger.lines import rows


def claims(conn: Connection, since: datetime) -> Iterator[Claim]:
    """All claims on sittings since then, or on unknown ones."""
    query = _of_sittings(sa.select(claim), since).order_by(by_code_point(conn, claim.c.booking))
    return map(claim_store.read, rows(conn, query))


def sittings(conn: Connection, since: datetime) -> Iterator[PlannedSitting]:
    """All sittings since then."""
    query = sa.select(sitting).where(sitting.c.starts_at > since).order_by(by_code_point(conn, sitting.c.id))
    return map(sitting_store.read, rows(conn, query))


def claimed(conn: Connection, since: datetime) -> Iterator[Row[Any]]:
    """What the claims on each such sitting come to: `seats` and `cooks` held or kept, and how many stand
    `in_line` or are `offered` places.
    """
    query = sa.select(
        claim.c.sitting,
        sa.func.sum(_seats()).label("seats"),
        sa.func.sum(claim.c.held_cooks + claim.c.kept_cooks).label("cooks"),
        sa.func.count(claim.c.waits_for).label("in_line"),
        sa.func.count(claim.c.offer_id).label("offered"),
    )
    query = _of_sittings(query, since)
    return rows(conn, query.group_by(claim.c.sitting).order_by(by_code_point(conn, claim.c.sitting)))


def taken(conn: Connection, since: datetime) -> Iterator[tuple[str, dict[str, int]]]:
    """How many seats of each such sitting each kind of booking has taken, by its claims."""
    seats = sa.func.sum(_seats()).label("seats")
    query = _of_sittings(sa.select(claim.c.sitting, claim.c.kind, seats), since).where(claim.c.kind.is_not(None))
    query = query.group_by(claim.c.sitting, claim.c.kind).having(seats > 0)
    found = rows(conn, query.order_by(by_code_point(conn, claim.c.sitting)))
    for sitting_id, kinds in groupby(found, key=lambda row: row.sitting):
        yield sitting_id, {row.kind: row.seats for row in kinds}


def _seats() -> sa.ColumnElement[int]:
    """How many people's places nobody else can have."""
    held = claim.c.held_cooks + claim.c.held_eaters + claim.c.held_children
    return held + claim.c.kept_cooks + claim.c.kept_eaters


def _of_sittings(query: sa.Select[Any], since: datetime) -> sa.Select[Any]:
    query = query.outerjoin(sitting, sitting.c.id == claim.c.sitting)
    return query.where(sa.or_(sitting.c.id.is_(None), sitting.c.starts_at > since))


def cantines(conn: Connection) -> dict[str, Cantine]:
    """All cantines, by slug."""
    return {row.slug: Cantine(**row._mapping) for row in conn.execute(sa.select(cantine))}
