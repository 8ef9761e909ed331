"""Keeping what cantines tell of themselves, and their photos."""

from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from services.booking.domain.cantine_pages import CantinePage, Place
from services.booking.domain.photos import Photo, Picture
from services.booking.store.tables import cantine_page, cantine_photo
from shared.database import upsert


def find(conn: Connection, cantine: str) -> CantinePage:
    """What a cantine (by slug) tells of itself; nothing, if nobody has written anything."""
    row = conn.execute(sa.select(cantine_page).where(cantine_page.c.cantine == cantine)).first()
    return _page(row) if row else CantinePage()


def keep(conn: Connection, cantine: str, page: CantinePage) -> None:
    """From now on a cantine tells this of itself."""
    told = asdict(page)
    told.pop("place")
    told |= {"north": page.place and page.place.north, "east": page.place and page.place.east}
    new = upsert(conn, cantine_page).values(cantine=cantine, **told)
    conn.execute(new.on_conflict_do_update(index_elements=["cantine"], set_=told))


def places(conn: Connection) -> dict[str, Place]:
    """Where cantines (by slug) stand, of those that tell it."""
    where = sa.select(cantine_page.c.cantine, cantine_page.c.north, cantine_page.c.east)
    rows = conn.execute(where.where(cantine_page.c.north.is_not(None)))
    return {row.cantine: Place(north=row.north, east=row.east) for row in rows}


def photos(conn: Connection, cantine: str) -> list[Photo]:
    """The photos of a cantine, the oldest first, without their content."""
    one = cantine_photo.c
    query = sa.select(one.id, one.description, one.width, one.height).where(one.cantine == cantine)
    rows = conn.execute(query.order_by(one.added_at, one.id))
    return [Photo(id=row.id, description=row.description, width=row.width, height=row.height) for row in rows]


def picture(conn: Connection, cantine: str, photo: str) -> bytes | None:
    """The content of a photo."""
    found = conn.scalar(
        sa.select(cantine_photo.c.body).where(cantine_photo.c.cantine == cantine, cantine_photo.c.id == photo)
    )
    return bytes(found) if found is not None else None


def add_photo(conn: Connection, cantine: str, content: Picture, description: str, now: datetime) -> None:
    """Keep a photo; one that is kept already gets this description."""
    new = upsert(conn, cantine_photo).values(
        cantine=cantine,
        id=sha256(content.body).hexdigest()[:32],
        description=description,
        width=content.width,
        height=content.height,
        body=content.body,
        added_at=now,
    )
    conn.execute(new.on_conflict_do_update(index_elements=["cantine", "id"], set_={"description": description}))


def remove_photo(conn: Connection, cantine: str, photo: str) -> None:
    """Forget a photo."""
    conn.execute(sa.delete(cantine_photo).where(cantine_photo.c.cantine == cantine, cantine_photo.c.id == photo))


def is_empty(conn: Connection) -> bool:
    """Whether no cantine tells anything."""
    return conn.execute(sa.select(cantine_page.c.cantine).limit(1)).first() is None


def _page(row: Row[Any]) -> CantinePage:
    return CantinePage(
        about=row.about,
        first_visit=row.first_visit,
        phone_hours=row.phone_hours,
        way_in=row.way_in,
        step_free=row.step_free,
        accessible_toilets=row.accessible_toilets,
        hearing_loop=row.hearing_loop,
        place=None if row.north is None else Place(north=row.north, east=row.east),
    )
