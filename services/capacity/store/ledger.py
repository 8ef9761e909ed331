"""Everything that capacity keeps, in order, read as it is told."""

from collections.abc import Iterator
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


def claims(conn: Connection) -> Iterator[Claim]:
    """All claims."""
    return map(claim_store.read, rows(conn, sa.select(claim).order_by(by_code_point(conn, claim.c.booking))))


def sittings(conn: Connection) -> Iterator[PlannedSitting]:
    """All sittings."""
    return map(sitting_store.read, rows(conn, sa.select(sitting).order_by(by_code_point(conn, sitting.c.id))))


def claimed(conn: Connection) -> Iterator[Row[Any]]:
    """What the claims on each sitting come to: `seats` and `cooks` held or kept, and how many stand
    `in_line` or are `offered` places.
    """
    kept = claim.c.kept_cooks + claim.c.kept_eaters
    seats = claim.c.held_cooks + claim.c.held_eaters + claim.c.held_children + kept
    query = sa.select(
        claim.c.sitting,
        sa.func.sum(seats).label("seats"),
        sa.func.sum(claim.c.held_cooks + claim.c.kept_cooks).label("cooks"),
        sa.func.count(claim.c.waits_for).label("in_line"),
        sa.func.count(claim.c.offer_id).label("offered"),
    )
    return rows(conn, query.group_by(claim.c.sitting).order_by(by_code_point(conn, claim.c.sitting)))


def cantines(conn: Connection) -> dict[str, Cantine]:
    """All cantines, by slug."""
    return {row.slug: Cantine(**row._mapping) for row in conn.execute(sa.select(cantine))}
