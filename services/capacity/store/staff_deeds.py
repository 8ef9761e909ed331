"""What was done about staff: who, when, what."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.domain.staff import Staff
from services.capacity.store.tables import staff_deed
from shared.contracts.staff import StaffRole


class Deed(StrEnum):
    """What can be done about a member of staff."""

    INVITED = "invited"
    CHANGED = "changed"
    REMOVED = "removed"
    TABLET_OPENED = "tablet_opened"


@dataclass(frozen=True, kw_only=True)
class Done:
    """One deed, by somebody (None: the command line, or the clock), with the role and cantines that came of it."""

    at: datetime
    by: str | None = field(repr=False)
    whom: str = field(repr=False)
    deed: Deed
    role: StaffRole
    cantines: tuple[str, ...]


def note(conn: Connection, now: datetime, deed: Deed, *, by: Staff | None, before: Staff | None, whom: Staff) -> None:
    """Keep a deed, with how `whom` stood before and stands now."""
    concerned = {slug for one in (before, whom) if one for slug in _named(one)}
    conn.execute(
        sa.insert(staff_deed).values(
            at=now,
            by=by.name if by else None,
            whom=whom.name,
            deed=deed,
            role=whom.role,
            cantines=_named(whom),
            concerns="".join(f" {slug} " for slug in sorted(concerned)),
        )
    )


def latest(conn: Connection, reader: Staff, limit: int) -> list[Done]:
    """The latest deeds that concern a cantine of the reader's, newest first; an administrator reads all."""
    query = sa.select(staff_deed).order_by(staff_deed.c.id.desc()).limit(limit)
    if reader.role is not StaffRole.ADMINISTRATOR:
        query = query.where(
            sa.or_(sa.false(), *(staff_deed.c.concerns.contains(f" {one} ") for one in reader.cantines))
        )
    return [
        Done(
            at=row.at,
            by=row.by,
            whom=row.whom,
            deed=Deed(row.deed),
            role=StaffRole(row.role),
            cantines=tuple(row.cantines),
        )
        for row in conn.execute(query)
    ]


def forget(conn: Connection, before: datetime) -> int:
    """Forget what was done before an instant. Returns how many lines."""
    return conn.execute(sa.delete(staff_deed).where(staff_deed.c.at < before)).rowcount


def _named(one: Staff) -> list[str]:
    return [] if one.role is StaffRole.ADMINISTRATOR else list(one.cantines)
