"""Keeping persons, and what they agreed to."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from services.booking.domain.contact import Contact
from services.booking.domain.persons import Person, address_of
from services.booking.store import usual
from services.booking.store.tables import booking, former_person, person, sitting, willing_cook
from shared.contracts.booking import BookingStatus
from shared.database import upsert
from shared.keeping import keep_rows


def find(conn: Connection, contact: Contact) -> Person | None:
    """The person behind a contact, to look at."""
    return at(conn, address_of(contact))


def at(conn: Connection, address: str) -> Person | None:
    """The person who is written to at an address or a number, to look at."""
    row = conn.execute(sa.select(person).where(person.c.address == address)).first()
    return _person(row) if row else None


def some(conn: Connection, ids: Collection[str]) -> dict[str, Person]:
    """These persons, by id, to look at."""
    return {row.id: _person(row) for row in conn.execute(sa.select(person).where(person.c.id.in_(ids)))}


def lock(conn: Connection, ids: Collection[str]) -> dict[str, Person]:
    """These persons, by id, to change: locked in ascending order. Those who have ended are left out."""
    rows = conn.execute(sa.select(person).where(person.c.id.in_(ids)).order_by(person.c.id).with_for_update())
    return {row.id: _person(row) for row in rows}


def add(conn: Connection, one: Person) -> None:
    """Keep a new person, unless somebody else has just kept one with the same contact."""
    new = upsert(conn, person).values(_row(one))
    conn.execute(new.on_conflict_do_nothing(index_elements=["address"]))


def keep(conn: Connection, persons: Sequence[Person]) -> None:
    """Keep what changed of persons who are locked."""
    rows = [_row(one) for one in sorted(persons, key=lambda one: one.id)]
    keep_rows(conn, person, rows, changes=("name", "language", "revision", "seen_at", "look_at", "asked_at"))


def note_asked(conn: Connection, ids: Collection[str], now: datetime) -> None:
    """These persons, who are locked, are asked to cook now."""
    conn.execute(sa.update(person).where(person.c.id.in_(ids)).values(asked_at=now))


def end(conn: Connection, persons: Sequence[Person], now: datetime) -> None:
    """Forget persons who are locked, under the revisions that they have; what they agreed to goes with them."""
    rows = [{"id": one.id, "revision": one.revision, "ended_at": now} for one in persons]
    keep_rows(conn, former_person, sorted(rows, key=lambda row: str(row["id"])), changes=("revision", "ended_at"))
    conn.execute(sa.delete(willing_cook).where(willing_cook.c.person.in_([one.id for one in persons])))
    usual.end_of(conn, [one.id for one in persons])
    conn.execute(sa.delete(person).where(person.c.id.in_([one.id for one in persons])))


def former(conn: Connection, ids: Collection[str] | None = None) -> list[tuple[str, int]]:
    """(id, revision) of those who have ended: of all, or of these."""
    query = sa.select(former_person.c.id, former_person.c.revision).order_by(former_person.c.id)
    if ids is not None:
        query = query.where(former_person.c.id.in_(ids))
    return [(row.id, row.revision) for row in conn.execute(query)]


def raise_former(conn: Connection, person_id: str, revision: int) -> None:
    """Somebody who has ended has done so under this revision."""
    conn.execute(sa.update(former_person).where(former_person.c.id == person_id).values(revision=revision))


def every(conn: Connection, after: str, limit: int) -> list[str]:
    """Ids of persons, ascending, in parts."""
    return list(conn.scalars(sa.select(person.c.id).where(person.c.id > after).order_by(person.c.id).limit(limit)))


def agree_to_cook(conn: Connection, person_id: str, cantine: str, now: datetime) -> None:
    """From now on they may be called when cooks are missing there."""
    keep_rows(conn, willing_cook, [{"cantine": cantine, "person": person_id, "since": now}])


def no_longer_cook(conn: Connection, person_id: str, cantine: str | None = None) -> None:
    """They are no longer called, by this cantine or by any."""
    theirs = sa.delete(willing_cook).where(willing_cook.c.person == person_id)
    conn.execute(theirs if cantine is None else theirs.where(willing_cook.c.cantine == cantine))


def cooks_for(conn: Connection, person_id: str) -> set[str]:
    """The cantines (by slug) that may call them."""
    return set(conn.scalars(sa.select(willing_cook.c.cantine).where(willing_cook.c.person == person_id)))


def to_look_at(conn: Connection, now: datetime, limit: int) -> list[str]:
    """Ids of persons of whom it is time to look whether they came."""
    due = sa.select(person.c.id).where(person.c.look_at <= now).order_by(person.c.look_at, person.c.id)
    return list(conn.scalars(due.limit(limit)))


def last_visits(conn: Connection, persons: Collection[Person], since: datetime, now: datetime) -> dict[str, datetime]:
    """When the last meals since an instant began that these persons had a place at, by their address."""
    address = sa.func.coalesce(sa.func.lower(booking.c.email), booking.c.phone)
    visits = (
        sa.select(address, sa.func.max(sitting.c.starts_at, type_=sitting.c.starts_at.type))
        .join_from(sitting, booking, booking.c.sitting == sitting.c.id)
        .where(
            sitting.c.starts_at > since,
            sitting.c.starts_at <= now,
            booking.c.status == BookingStatus.CONFIRMED.value,
            address.in_([one.address for one in persons]),
        )
        .group_by(address)
    )
    return {row[0]: row[1] for row in conn.execute(visits)}


def _person(row: Row[Any]) -> Person:
    return Person(
        id=row.id,
        contact=Contact(name=row.name, email=row.email, phone=row.phone, language=row.language),
        revision=row.revision,
        since=row.since,
        seen_at=row.seen_at,
        look_at=row.look_at,
        asked_at=row.asked_at,
    )


def _row(one: Person) -> dict[str, Any]:
    contact = one.contact
    return {
        "id": one.id,
        "address": one.address,
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "language": contact.language,
        "revision": one.revision,
        "since": one.since,
        "seen_at": one.seen_at,
        "look_at": one.look_at,
        "asked_at": one.asked_at,
    }
