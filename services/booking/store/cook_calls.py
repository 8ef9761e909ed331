"""Keeping calls for cooks, and who was asked."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from services.booking.domain.contact import Contact
from services.booking.domain.cook_calls import Ask, CalledFor, Replies, Reply
from services.booking.domain.persons import address_of
from services.booking.store.tables import booking, cook_ask, cook_call, person, willing_cook
from shared.contracts.booking import BookingStatus
from shared.keeping import keep_rows

_GONE = (BookingStatus.CANCELLED.value, BookingStatus.REFUSED.value)


def lock(conn: Connection, sittings: Collection[str]) -> dict[str, CalledFor]:
    """The calls for these sittings, locked in ascending order."""
    rows = sa.select(cook_call).where(cook_call.c.sitting.in_(sittings)).order_by(cook_call.c.sitting)
    return {row.sitting: _call(row) for row in conn.execute(rows.with_for_update())}


def find(conn: Connection, sitting: str) -> CalledFor | None:
    """The call for a sitting, to look at."""
    row = conn.execute(sa.select(cook_call).where(cook_call.c.sitting == sitting)).first()
    return _call(row) if row else None


def keep(conn: Connection, calls: Sequence[CalledFor]) -> None:
    """Keep calls, of which those that were known are locked."""
    names = ("call", "cantine", "sought", "until", "told")
    rows = [
        {"sitting": one.sitting, **{name: getattr(one, name) for name in names}}
        for one in sorted(calls, key=lambda one: one.sitting)
    ]
    keep_rows(conn, cook_call, rows, changes=names)


def note_told(conn: Connection, sitting: str, revision: int) -> None:
    """Replies to a call that is locked were counted under this revision."""
    conn.execute(sa.update(cook_call).where(cook_call.c.sitting == sitting).values(told=revision))


def longest_unasked(conn: Connection, call: CalledFor, rested: datetime, limit: int) -> list[str]:
    """Ids of persons who may be asked: willing, last asked before `rested`, not yet asked for this sitting nor expected
    there. Who was not asked for the longest time comes first.
    """
    asked = sa.select(cook_ask.c.person).where(cook_ask.c.sitting == call.sitting, cook_ask.c.person == person.c.id)
    expected = sa.select(booking.c.id).where(
        booking.c.sitting == call.sitting, booking.c.status.not_in(_GONE), _comes(person.c.address)
    )
    query = (
        sa.select(person.c.id)
        .join_from(willing_cook, person, person.c.id == willing_cook.c.person)
        .where(willing_cook.c.cantine == call.cantine, _rested(rested), ~asked.exists(), ~expected.exists())
        .order_by(person.c.asked_at.nulls_first(), willing_cook.c.since, person.c.id)
    )
    return list(conn.scalars(query.limit(limit)))


def lock_rested(conn: Connection, ids: Collection[str], rested: datetime) -> list[str]:
    """Lock these persons, in ascending order. The ids of those whom nobody else has asked meanwhile."""
    query = sa.select(person.c.id).where(person.c.id.in_(ids), _rested(rested)).order_by(person.c.id)
    return list(conn.scalars(query.with_for_update()))


def is_expected(conn: Connection, sitting: str, contact: Contact) -> bool:
    """Whether somebody with this contact comes to a sitting already."""
    query = sa.select(booking.c.id).where(
        booking.c.sitting == sitting, booking.c.status.not_in(_GONE), _comes(address_of(contact))
    )
    return conn.execute(query.limit(1)).first() is not None


def add(conn: Connection, asks: Sequence[Ask]) -> None:
    """Keep who is asked."""
    keep_rows(conn, cook_ask, [_row(one) for one in sorted(asks, key=lambda one: (one.sitting, one.person))])


def find_ask(conn: Connection, sitting: str, person_id: str) -> Ask | None:
    """How a person was asked for a sitting."""
    this = cook_ask.c.sitting == sitting, cook_ask.c.person == person_id
    row = conn.execute(sa.select(cook_ask).where(*this)).first()
    return _ask(row) if row else None


def keep_reply(conn: Connection, ask: Ask) -> None:
    """Keep what they said; the call for the sitting is locked."""
    keep_rows(conn, cook_ask, [_row(ask)], changes=("reply", "booking"))


def unanswered(conn: Connection, person_id: str, cantine: str | None) -> list[str]:
    """The sittings for which a person was asked (by one cantine, or by any) and has not answered."""
    query = (
        sa.select(cook_ask.c.sitting)
        .join(cook_call, cook_call.c.sitting == cook_ask.c.sitting)
        .where(cook_ask.c.person == person_id, cook_ask.c.reply.is_(None))
    )
    if cantine is not None:
        query = query.where(cook_call.c.cantine == cantine)
    return list(conn.scalars(query.order_by(cook_ask.c.sitting)))


def decline(conn: Connection, person_id: str, sittings: Collection[str]) -> None:
    """They say no to what they were asked for these sittings and have not answered; the calls are locked."""
    theirs = cook_ask.c.person == person_id, cook_ask.c.sitting.in_(sittings), cook_ask.c.reply.is_(None)
    conn.execute(sa.update(cook_ask).where(*theirs).values(reply=Reply.NO.value))


def asked_by(conn: Connection, call: CalledFor) -> list[str]:
    """Ids of the persons whom a call has asked, and who have not answered."""
    of_it = cook_ask.c.sitting == call.sitting, cook_ask.c.call == call.call, cook_ask.c.reply.is_(None)
    return list(conn.scalars(sa.select(cook_ask.c.person).where(*of_it).order_by(cook_ask.c.person)))


def open_asks(conn: Connection, persons: Collection[str], now: datetime) -> dict[str, list[tuple[Ask, datetime]]]:
    """What these persons are asked now, each with the end of its call, by person."""
    query = (
        sa.select(cook_ask, cook_call.c.until)
        .join(cook_call, sa.and_(cook_call.c.sitting == cook_ask.c.sitting, cook_call.c.call == cook_ask.c.call))
        .where(cook_ask.c.person.in_(persons), cook_ask.c.reply.is_(None))
        .where(cook_call.c.sought > 0, cook_call.c.until > now)
        .order_by(cook_ask.c.sitting)
    )
    found: dict[str, list[tuple[Ask, datetime]]] = {one: [] for one in persons}
    for row in conn.execute(query):
        found[row.person].append((_ask(row), row.until))
    return found


def count(conn: Connection, call: CalledFor) -> Replies:
    """How many were asked by a call, and what became of it."""
    coming = sa.case((booking.c.status == BookingStatus.CONFIRMED.value, 1), else_=0)
    declined = sa.case((cook_ask.c.reply == Reply.NO.value, 1), else_=0)
    query = (
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(coming), 0), sa.func.coalesce(sa.func.sum(declined), 0))
        .select_from(cook_ask)
        .outerjoin(booking, booking.c.id == cook_ask.c.booking)
        .where(cook_ask.c.sitting == call.sitting, cook_ask.c.call == call.call)
    )
    asked, come, said_no = conn.execute(query).one()
    return Replies(asked=asked, coming=come, declined=said_no)


def since(conn: Connection, instant: datetime) -> list[str]:
    """The sittings of calls that ended after an instant, in order."""
    query = sa.select(cook_call.c.sitting).where(cook_call.c.until > instant).order_by(cook_call.c.sitting)
    return list(conn.scalars(query))


def forget_before(conn: Connection, instant: datetime, limit: int) -> int:
    """Forget calls that ended before an instant, and who was asked by them. Returns how many."""
    old = sa.select(cook_call.c.sitting).where(cook_call.c.until < instant).order_by(cook_call.c.sitting).limit(limit)
    sittings = list(conn.scalars(old.with_for_update(skip_locked=True)))
    conn.execute(sa.delete(cook_ask).where(cook_ask.c.sitting.in_(sittings)))
    conn.execute(sa.delete(cook_call).where(cook_call.c.sitting.in_(sittings)))
    return len(sittings)


def _rested(since: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(person.c.asked_at.is_(None), person.c.asked_at <= since)


def _comes(address: Any) -> sa.ColumnElement[bool]:
    """Whether who is reached there comes themselves, and is not only reached for a guest without contact."""
    theirs = sa.or_(sa.func.lower(booking.c.email) == address, booking.c.phone == address)
    return sa.and_(theirs, sa.not_(booking.c.proxy_reached))


def _call(row: Row[Any]) -> CalledFor:
    return CalledFor(**row._mapping)


def _ask(row: Row[Any]) -> Ask:
    return Ask(
        sitting=row.sitting,
        person=row.person,
        call=row.call,
        at=row.at,
        reply=Reply(row.reply) if row.reply else None,
        booking=row.booking,
    )


def _row(ask: Ask) -> dict[str, Any]:
    return {
        "sitting": ask.sitting,
        "person": ask.person,
        "call": ask.call,
        "at": ask.at,
        "reply": ask.reply and ask.reply.value,
        "booking": ask.booking,
    }
