"""Keeping the staff, as capacity last told of them."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from services.booking.domain.staff import Staff
from services.booking.store.tables import staff
from shared.contracts.staff import StaffNotice, StaffRole
from shared.keeping import keep_rows, newer
from shared.text import is_storable


def keep(conn: Connection, notices: Sequence[StaffNotice]) -> None:
    """Keep these, unless a later revision is kept already."""
    rows = [
        {
            "id": one.thing,
            "revision": one.revision,
            "name": one.name,
            "role": one.role.value,
            "cantines": list(one.cantines),
            "revoked": one.revoked,
        }
        for one in sorted(notices, key=lambda one: one.thing)
    ]
    keep_rows(
        conn,
        staff,
        rows,
        changes=[column.name for column in staff.c if not column.primary_key],
        where=newer,
    )


def is_known(conn: Connection, staff_id: str) -> bool:
    """Whether this member of staff was ever heard of, even if they were removed since."""
    return is_storable(staff_id) and conn.scalar(sa.select(staff.c.id).where(staff.c.id == staff_id)) is not None


def find(conn: Connection, staff_id: str) -> Staff | None:
    """A member of staff as they stand now; None if they are unknown or were removed."""
    if not is_storable(staff_id):
        return None
    row = conn.execute(sa.select(staff).where(staff.c.id == staff_id, sa.not_(staff.c.revoked))).first()
    if row is None:
        return None
    return Staff(id=row.id, name=row.name, role=StaffRole(row.role), cantines=tuple(row.cantines))
