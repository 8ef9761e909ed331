"""What was heard of bookings and sittings: kept, locked, loaded."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from services.notifications.domain.facts import Booking, Sitting
from services.notifications.store.tables import known_ask, known_booking, known_sitting
from shared.contracts.booking import Attended, BookingNotice, BookingStatus, Origin
from shared.contracts.party import Party
from shared.contracts.seats import Why
from shared.contracts.sitting import Cantine, SittingNotice, SittingStatus
from shared.keeping import OneOf, keep_rows
from shared.kept import as_known
from shared.text import is_storable

_SITTINGS = sa.select(known_sitting).where(OneOf(known_sitting.c.id, "ids")).order_by(known_sitting.c.id)
_SHARED = _SITTINGS.with_for_update(read=True)
_LOCKED = _SITTINGS.with_for_update()
_TOLD = ("cantine", "date", "cooking_starts", "meal_starts", "starts_at", "status", "menu", "break_even_price")
_PREFERRED = ("by_sms", "reminders", "quiet", "morning_sms")
_BY_PROXY = ("proxy", "to_proxy")
_OF_THE_GUEST = (*_PREFERRED, *_BY_PROXY, "language", "link", "email_link")
_BOOKINGS = sa.select(known_booking).where(OneOf(known_booking.c.id, "ids"))


def share_sittings(conn: Connection, ids: Collection[str]) -> dict[str, Sitting]:
    """Lock sittings against change and load those that were heard of; the others get a row that can be locked."""
    rows = conn.execute(_SHARED, {"ids": list(ids)}).all()
    missing = sorted(set(ids) - {row.id for row in rows})
    if missing:
        keep_rows(conn, known_sitting, [{"id": one} for one in missing])
        rows = conn.execute(_SHARED, {"ids": list(ids)}).all()
    return _sittings(rows)


def lock_sittings(conn: Connection, ids: Collection[str]) -> dict[str, Sitting]:
    """Lock sittings for a change, and load those that were heard of."""
    return _sittings(conn.execute(_LOCKED, {"ids": list(ids)}).all())


def load_sittings(conn: Connection, ids: Collection[str]) -> dict[str, Sitting]:
    """The sittings that were heard of, by id."""
    return _sittings(conn.execute(_SITTINGS, {"ids": list(ids)}).all())


def keep_sittings(conn: Connection, notices: Sequence[SittingNotice], before: Mapping[str, Sitting]) -> None:
    """Write down how sittings stand, which stood otherwise `before`."""
    rows = [
        {
            "id": notice.thing,
            **{name: getattr(notice, name) for name in _TOLD},
            "cantine": {**asdict(notice.cantine), "reminder_at": notice.cantine.reminder_at.isoformat()},
            "replanned": _replanned(notice, before.get(notice.thing)),
        }
        for notice in sorted(notices, key=lambda notice: notice.thing)
    ]
    keep_rows(conn, known_sitting, rows, changes=(*_TOLD, "replanned"))


def _replanned(notice: SittingNotice, before: Sitting | None) -> int:
    now = Sitting(id=notice.thing, **{name: getattr(notice, name) for name in _TOLD})
    return before.replanned if before and before.takes_place_like(now) else notice.revision


def cantine_of(kept: Mapping[str, Any]) -> Cantine:
    """A cantine as it is kept beside its sitting; what was kept before it chose when to remind has the usual hour."""
    at = kept.get("reminder_at")
    return as_known(Cantine, {**kept, **({"reminder_at": time.fromisoformat(at)} if at else {})})


def keep_bookings(conn: Connection, notices: Sequence[BookingNotice], short_codes: Iterable[str]) -> None:
    """Write down how bookings stand. What a notice does not know of its guest stays as it was known."""
    told = ("sitting", "status", "news", "why", "offer_until", "origin", "by_team", "unanswered", "attended")
    rows = [
        {
            "id": notice.thing,
            "short_code": code,
            **asdict(notice.party),
            **{name: getattr(notice, name) for name in (*told, *_OF_THE_GUEST)},
            "name": notice.name,
            "email": notice.email,
            "phone": notice.phone,
        }
        for notice, code in zip(sorted(notices, key=lambda notice: notice.thing), short_codes, strict=False)
    ]
    keep_rows(conn, known_booking, rows, changes=(*told, "cooks", "eaters", "children"), computed=_as_known)


def _as_known(old: Any, new: Any) -> dict[str, Any]:
    """A booking found again after a restore comes without a name; its language and preferences are but the usual,
    and who booked it is not known."""
    nobody = sa.and_(new.name.is_(None), new.email.is_(None), new.phone.is_(None))
    return {name: sa.case((nobody, old[name]), else_=new[name]) for name in _OF_THE_GUEST} | {
        name: sa.func.coalesce(new[name], old[name]) for name in ("name", "email", "phone")
    }


def load_bookings(conn: Connection, ids: Collection[str]) -> dict[str, Booking]:
    """Bookings by id."""
    return _bookings(conn.execute(_BOOKINGS, {"ids": list(ids)}))


def bookings_with(conn: Connection, address: str, *, after: datetime | None = None) -> dict[str, Booking]:
    """All bookings of whoever has an address or a number, by id; only those at meals that begin `after` then."""
    query = sa.select(known_booking).where(with_address(known_booking, address))
    if after:
        query = query.join(known_sitting, known_sitting.c.id == known_booking.c.sitting)
        query = query.where(known_sitting.c.starts_at > after)
    return _bookings(conn.execute(query))


def with_address(table: sa.Table, address: str) -> sa.ColumnElement[bool]:
    """Which rows have an address, in whatever letters, or a number."""
    return sa.func.lower(table.c.email) == address.casefold() if "@" in address else table.c.phone == address


def bookings_of(conn: Connection, sittings: Collection[str]) -> dict[str, Booking]:
    """All bookings of some sittings, by id, in order."""
    query = sa.select(known_booking).where(known_booking.c.sitting.in_(sittings)).order_by(known_booking.c.id)
    return _bookings(conn.execute(query))


def link_behind(conn: Connection, short_code: str) -> str | None:
    """The address of the page, of a booking or of a call, for which a short link stands; None for an unknown code."""
    if not is_storable(short_code):
        return None
    links = (sa.select(table.c.link).where(table.c.short_code == short_code) for table in (known_booking, known_ask))
    return next((link for one in links if (link := conn.execute(one).scalar())), None)


def _sittings(rows: Sequence[Row[Any]]) -> dict[str, Sitting]:
    return {
        row.id: Sitting(
            id=row.id,
            cantine=cantine_of(row.cantine),
            date=row.date,
            cooking_starts=row.cooking_starts,
            meal_starts=row.meal_starts,
            starts_at=row.starts_at,
            status=SittingStatus(row.status),
            menu=row.menu,
            break_even_price=row.break_even_price,
            replanned=row.replanned,
        )
        for row in rows
        if row.starts_at is not None
    }


def _bookings(rows: Iterable[Row[Any]]) -> dict[str, Booking]:
    return {
        row.id: Booking(
            id=row.id,
            sitting=row.sitting,
            status=BookingStatus(row.status),
            party=Party(cooks=row.cooks, eaters=row.eaters, children=row.children),
            news=row.news,
            why=Why(row.why) if row.why else None,
            name=row.name,
            email=row.email,
            phone=row.phone,
            language=row.language,
            link=row.link,
            email_link=row.email_link,
            short_code=row.short_code,
            offer_until=row.offer_until,
            origin=Origin(row.origin),
            by_team=row.by_team,
            unanswered=row.unanswered,
            attended=Attended(row.attended) if row.attended else None,
            **{name: getattr(row, name) for name in (*_PREFERRED, *_BY_PROXY)},
        )
        for row in rows
    }
