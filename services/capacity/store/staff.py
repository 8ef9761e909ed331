"""Staff and their sign-in links in the database."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.domain.staff import Staff
from services.capacity.store.tables import cantine, former_staff, sign_in, staff, staff_cantine
from shared.contracts.staff import StaffRole
from shared.database import upsert
from shared.text import is_storable, plain


def find(conn: Connection, staff_id: str) -> Staff | None:
    """A member of staff as the database knows them now, or None. An id that no database can hold is simply unknown."""
    if not is_storable(staff_id):
        return None
    return _one(conn, staff.c.id == staff_id)


def lock_by_email(conn: Connection, email: str) -> Staff | None:
    """The member of staff with this (tidy) address, locked, or None."""
    conn.execute(sa.select(staff.c.id).where(staff.c.email == email).with_for_update())
    return _one(conn, staff.c.email == email)


def lock(conn: Connection, ids: Iterable[str]) -> dict[str, Staff]:
    """These members of staff, by id, locked in ascending order. Unknown ones are left out."""
    wanted = sorted(one for one in ids if is_storable(one))
    conn.execute(sa.select(staff.c.id).where(staff.c.id.in_(wanted)).order_by(staff.c.id).with_for_update())
    return {one.id: one for one in _some(conn, staff.c.id.in_(wanted))}


def all_staff(conn: Connection) -> list[Staff]:
    """Everybody, by name."""
    return _some(conn, sa.true())


def of_cantines(conn: Connection, cantines: Iterable[str]) -> list[Staff]:
    """Everybody who was given the care of at least one of these cantines, by name: no administrator, therefore."""
    theirs = sa.select(staff_cantine.c.staff).where(staff_cantine.c.cantine.in_(list(cantines)))
    return _some(conn, staff.c.id.in_(theirs))


def to_alert(conn: Connection, cantines: Iterable[str]) -> list[Staff]:
    """Those of them whom an alert concerns, by name: all but helpers."""
    return [one for one in of_cantines(conn, cantines) if one.plans_meals]


def administrators(conn: Connection) -> list[Staff]:
    """Those who look after the whole network, by name."""
    return _some(conn, staff.c.role == StaffRole.ADMINISTRATOR)


def ended(conn: Connection, now: datetime) -> list[str]:
    """The ids of the tablets whose session is over."""
    return list(conn.scalars(sa.select(staff.c.id).where(staff.c.until <= now).order_by(staff.c.id)))


def add(conn: Connection, one: Staff) -> bool:
    """Take somebody new in, without cantines yet. False if somebody has this address, or is given it at this moment."""
    new = upsert(conn, staff).values(_row(one)).on_conflict_do_nothing(index_elements=["email"])
    return conn.scalar(new.returning(staff.c.id)) is not None


def save(conn: Connection, one: Staff) -> None:
    """Keep a member of staff, and exactly these cantines of theirs; an administrator's are all, and not listed."""
    row = _row(one)
    fresh = {name: value for name, value in row.items() if name != "id"}
    conn.execute(upsert(conn, staff).values(row).on_conflict_do_update(index_elements=["id"], set_=fresh))
    conn.execute(sa.delete(staff_cantine).where(staff_cantine.c.staff == one.id))
    if one.cantines and one.role is not StaffRole.ADMINISTRATOR:
        conn.execute(sa.insert(staff_cantine), [{"staff": one.id, "cantine": slug} for slug in sorted(one.cantines)])


def remove(conn: Connection, one: Staff, revision: int, now: datetime) -> None:
    """Forget a member of staff and their links, but for the fact."""
    conn.execute(sa.delete(staff).where(staff.c.id == one.id))
    conn.execute(sa.insert(former_staff).values(id=one.id, role=one.role, revision=revision, removed_at=now))


def former(conn: Connection, ids: Iterable[str] | None = None) -> list[tuple[str, StaffRole, int]]:
    """The (id, role, revision) of those who were removed: of all, or of these."""
    query = sa.select(former_staff).order_by(former_staff.c.id)
    if ids is not None:
        query = query.where(former_staff.c.id.in_(list(ids)))
    return [(row.id, StaffRole(row.role), row.revision) for row in conn.execute(query)]


def raise_former(conn: Connection, staff_id: str, revision: int) -> None:
    """Somebody who was removed is said to be so under a higher revision."""
    conn.execute(sa.update(former_staff).where(former_staff.c.id == staff_id).values(revision=revision))


def links_since(conn: Connection, staff_id: str, since: datetime) -> int:
    """How many links a member of staff asked for since then."""
    query = sa.select(sa.func.count()).where(sign_in.c.staff == staff_id, sign_in.c.requested_at > since)
    return conn.execute(query).scalar_one()


def keep_link(conn: Connection, link: str, staff_id: str, requested_at: datetime, expires_at: datetime) -> None:
    """Keep a link until it is used."""
    conn.execute(sa.insert(sign_in).values(id=link, staff=staff_id, requested_at=requested_at, expires_at=expires_at))


def link_fate(conn: Connection, link: str) -> tuple[datetime, datetime | None] | None:
    """Until when a link is good and when it was used; None if there is no such link."""
    row = conn.execute(sa.select(sign_in.c.expires_at, sign_in.c.used_at).where(sign_in.c.id == link)).one_or_none()
    return (row.expires_at, row.used_at) if row else None


def use_link(conn: Connection, link: str, now: datetime) -> str | None:
    """Use a link, if it is still good: the id of the member of staff, or None. Only one of many wins."""
    used = conn.execute(
        sa.update(sign_in)
        .where(sign_in.c.id == link, sign_in.c.used_at.is_(None), sign_in.c.expires_at > now)
        .values(used_at=now)
        .returning(sign_in.c.staff)
    ).one_or_none()
    return used.staff if used else None


def has_links(conn: Connection, before: datetime) -> bool:
    """Whether there are links that expired before then."""
    return conn.scalar(sa.select(sign_in.c.id).where(sign_in.c.expires_at < before).limit(1)) is not None


def forget_links(conn: Connection, before: datetime) -> int:
    """Forget the links that expired before then. Returns how many."""
    return conn.execute(sa.delete(sign_in).where(sign_in.c.expires_at < before)).rowcount


def _one(conn: Connection, condition: Any) -> Staff | None:
    found = _some(conn, condition)
    return found[0] if found else None


def _some(conn: Connection, condition: Any) -> list[Staff]:
    rows = conn.execute(
        sa.select(staff, staff_cantine.c.cantine)
        .outerjoin(staff_cantine, staff_cantine.c.staff == staff.c.id)
        .where(condition)
        .order_by(staff_cantine.c.cantine)
    ).all()
    cantines: dict[str, list[str]] = {}
    for row in rows:
        cantines.setdefault(row.id, []).extend([row.cantine] if row.cantine else [])
    people = {row.id: row for row in rows}
    everywhere: tuple[str, ...] = ()
    if any(row.role == StaffRole.ADMINISTRATOR for row in people.values()):
        everywhere = tuple(conn.scalars(sa.select(cantine.c.slug).order_by(cantine.c.slug)))
    return [
        Staff(
            id=key,
            name=row.name,
            email=row.email,
            language=row.language,
            role=StaffRole(row.role),
            cantines=everywhere if row.role == StaffRole.ADMINISTRATOR else tuple(cantines[key]),
            revision=row.revision,
            until=row.until,
        )
        for key, row in sorted(people.items(), key=lambda one: (plain(one[1].name), one[0]))
    ]


def _row(one: Staff) -> dict[str, Any]:
    return {name: getattr(one, name) for name in ("id", "name", "email", "language", "role", "revision", "until")}
