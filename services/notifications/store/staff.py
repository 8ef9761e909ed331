"""Keeping the staff, as capacity last told of them."""

from collections.abc import Sequence

from sqlalchemy import Connection

from services.notifications.store.tables import known_staff
from shared.contracts.staff import StaffNotice
from shared.keeping import keep_rows, newer


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
        known_staff,
        rows,
        changes=[column.name for column in known_staff.c if not column.primary_key],
        where=newer,
    )
