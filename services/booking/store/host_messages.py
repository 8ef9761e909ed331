"""What hosts wrote to the guests of a meal, and what of it is to be said by telephone."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.booking.domain.host_messages import HostMessage, Person, UnsaidWords, letter_with, number_of
from services.booking.store.tables import host_call, host_message, sitting
from shared.contracts.host_message import Audience
from shared.keeping import keep_rows


def add(conn: Connection, one: HostMessage) -> bool:
    """Keep a message. False if this one is kept already, or just being kept by another transaction."""
    row = {
        "id": one.id,
        "sitting": one.sitting,
        "audience": one.audience.value,
        "words": one.words,
        "urgent": one.urgent,
        "by": one.by,
        "written_at": one.written_at,
        "revision": one.revision,
        "people": [list(person) for person in one.people],
    }
    return bool(keep_rows(conn, host_message, [row], returning=(host_message.c.id,)))


def add_calls(conn: Connection, message: str, people: Collection[Person]) -> None:
    """Keep to whom a message must be said: a row for each booking of theirs."""
    rows = [
        {"message": message, "booking": booking, "person": number}
        for number, person in enumerate(people)
        for booking in person
    ]
    keep_rows(conn, host_call, sorted(rows, key=lambda row: str(row["booking"])))


def find(conn: Connection, message: str) -> HostMessage | None:
    """A message."""
    row = conn.execute(sa.select(host_message).where(host_message.c.id == message)).first()
    return _read(row) if row else None


def of_sitting(conn: Connection, sitting_id: str) -> list[HostMessage]:
    """What was written to the guests of a meal, latest first."""
    query = sa.select(host_message).where(host_message.c.sitting == sitting_id)
    return [_read(row) for row in conn.execute(query.order_by(host_message.c.written_at.desc(), host_message.c.id))]


def of_meals_to_come(conn: Connection, now: datetime) -> list[HostMessage]:
    """What was written to the guests of meals that have not begun."""
    query = sa.select(host_message).join(sitting, sitting.c.id == host_message.c.sitting)
    return [_read(row) for row in conn.execute(query.where(sitting.c.starts_at > now).order_by(host_message.c.id))]


def of_sittings(conn: Connection, ids: Collection[str]) -> list[HostMessage]:
    """What was written to the guests of some meals, in order of writing."""
    query = sa.select(host_message).where(host_message.c.sitting.in_(ids))
    return [_read(row) for row in conn.execute(query.order_by(host_message.c.written_at, host_message.c.id))]


def called_about(conn: Connection, bookings: Collection[str]) -> set[tuple[str, str]]:
    """(message, booking) of all that is said by telephone, or was."""
    query = sa.select(host_call.c.message, host_call.c.booking).where(host_call.c.booking.in_(bookings))
    return {(row.message, row.booking) for row in conn.execute(query)}


def to_say(conn: Connection, message: str) -> tuple[int, int]:
    """To how many people a message must be said, and to how many of them it was."""
    people = sa.func.count(sa.distinct(host_call.c.person))
    said = sa.func.count(sa.distinct(sa.case((host_call.c.said_at.is_not(None), host_call.c.person))))
    row = conn.execute(sa.select(people, said).where(host_call.c.message == message)).one()
    return row[0], row[1]


def unsaid(conn: Connection, bookings: Collection[str]) -> list[tuple[UnsaidWords, int]]:
    """What must still be said to the guests of these bookings, with the number of the person, in order of writing."""
    query = (
        sa.select(host_message, host_call.c.booking, host_call.c.person)
        .join(host_call, host_call.c.message == host_message.c.id)
        .where(host_call.c.booking.in_(bookings), host_call.c.said_at.is_(None))
        .order_by(host_message.c.written_at, host_message.c.id, host_call.c.person, host_call.c.booking)
    )
    return [(UnsaidWords(message=_read(row), booking=row.booking), row.person) for row in conn.execute(query)]


def note_said(conn: Connection, message: str, booking: str, by: str, now: datetime) -> None:
    """A message was said to the guest of a booking, whatever else they have booked; also one that went by letter."""
    one = find(conn, message)
    by_letter = letter_with(one, booking) if one else None
    if one and by_letter is not None:
        theirs = [{"message": message, "booking": id, "person": number_of(by_letter)} for id in one.people[by_letter]]
        keep_rows(conn, host_call, sorted(theirs, key=lambda row: str(row["booking"])))
    person = (
        sa.select(host_call.c.person)
        .where(host_call.c.message == message, host_call.c.booking == booking)
        .scalar_subquery()
    )
    unsaid = host_call.c.message == message, host_call.c.person == person, host_call.c.said_at.is_(None)
    conn.execute(sa.update(host_call).where(*unsaid).values(said_at=now, by=by))


def _read(row: Any) -> HostMessage:
    return HostMessage(
        id=row.id,
        sitting=row.sitting,
        audience=Audience(row.audience),
        words=row.words,
        urgent=row.urgent,
        by=row.by,
        written_at=row.written_at,
        revision=row.revision,
        people=tuple(tuple(person) for person in row.people),
    )
