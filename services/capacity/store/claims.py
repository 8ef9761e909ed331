"""Claims in the database."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from services.capacity.domain.allotments import NEWCOMERS
from services.capacity.domain.claims import Claim
from services.capacity.store.tables import claim, sitting
from shared.contracts.party import Party
from shared.contracts.seats import Offer, Standing, Why
from shared.keeping import OneOf, keep_rows

_LOCKED = sa.select(claim).where(OneOf(claim.c.booking, "bookings")).order_by(claim.c.booking).with_for_update()
_IN_LINE = claim.c.waits_for.is_not(None)


def lock(conn: Connection, bookings: Iterable[str]) -> list[Claim]:
    """The claims of these bookings, locked in ascending order; their sittings are to be locked before."""
    return [read(row) for row in conn.execute(_LOCKED, {"bookings": list(bookings)})]


def of_sitting(conn: Connection, sitting_id: str) -> list[Claim]:
    """All claims on a sitting."""
    return _all(conn, sa.select(claim).where(claim.c.sitting == sitting_id).order_by(claim.c.booking))


def of_unknown_sittings(conn: Connection, since: datetime) -> list[Claim]:
    """Claims made since then on sittings that do not exist."""
    known = sa.exists().where(sitting.c.id == claim.c.sitting)
    return _all(conn, sa.select(claim).where(~known, claim.c.asked_at >= since).order_by(claim.c.booking))


@dataclass(frozen=True, kw_only=True)
class Group:
    """What the bookings of a group at a sitting share: the mark of a contact, a partner (by id), or both."""

    sitting: str
    contact: str | None
    partner: str | None


def of_groups(conn: Connection, groups: Collection[Group]) -> list[Claim]:
    """The claims of these groups. The sittings are to be locked before."""
    if not groups:
        return []
    some = claim.c.sitting.in_({one.sitting for one in groups})
    share_contact = claim.c.group_key.in_({one.contact for one in groups if one.contact})
    share_partner = claim.c.kind.in_({one.partner for one in groups if one.partner})
    return _all(conn, sa.select(claim).where(some, sa.or_(share_contact, share_partner)).order_by(claim.c.booking))


def waiting(conn: Connection, sitting_id: str, limit: int | None = None) -> list[Claim]:
    """The claims in line, in order."""
    return _all(conn, _line(sitting_id).limit(limit))


def holding(conn: Connection, sitting_id: str) -> int:
    """How many bookings have a seat at a sitting."""
    held = claim.c.sitting == sitting_id, claim.c.standing == Standing.HELD
    return conn.execute(sa.select(sa.func.count()).select_from(claim).where(*held)).scalar_one()


def offered(conn: Connection, sitting_id: str) -> list[Claim]:
    """The claims with an offer. Never more than a few for each seat."""
    found = sa.select(claim).where(claim.c.sitting == sitting_id, claim.c.offer_until.is_not(None))
    return _all(conn, found.order_by(claim.c.booking))


def sittings_with_offers_over(conn: Connection, before: datetime, limit: int) -> list[str]:
    """The ids of sittings, ascending, with offers that ended before this instant."""
    over = sa.select(claim.c.sitting).where(claim.c.offer_until < before)
    return list(conn.scalars(over.distinct().order_by(claim.c.sitting).limit(limit)))


def waiting_with_a_seat(conn: Connection, sitting_id: str) -> list[Claim]:
    """The claims that hold a seat and wait for a larger party, or for a cook place. Never more than there are seats."""
    return _all(conn, _line(sitting_id).where(claim.c.standing == Standing.HELD))


_QUEUES = ("seats", "cook_places+seats", "cook_places+own_seats")


def first_waiting_without_a_seat(conn: Connection, sitting_id: str, limit: int, pools: Sequence[str]) -> list[Claim]:
    """The first of those in line who hold nothing yet: `limit` of each queue, of each of these kinds of booking, and of
    all others together.
    """
    standing = claim.c.standing == Standing.WAITLISTED
    queues = [
        _line(sitting_id).where(standing, claim.c.waits_for == queue, of_kind).limit(limit)
        for of_kind in _of_kinds(pools)
        for queue in _QUEUES
    ]
    return [found for queue in queues for found in _all(conn, queue)] if len(queues) < 4 else _together(conn, queues)


def first_waiting_of_each_size(conn: Connection, sitting_id: str, limit: int, pools: Sequence[str]) -> list[Claim]:
    """The first of those in line who hold nothing yet: `limit` of each size of party, of each of these kinds of
    booking, and of all others together.
    """
    sizes = _sizes(conn, sitting_id)
    if not sizes:
        return []
    standing = claim.c.standing == Standing.WAITLISTED  # as every claim that has a size: it finds the index
    return _together(
        conn,
        [
            _line(sitting_id).where(standing, claim.c.size == size, of_kind).limit(limit)
            for of_kind in _of_kinds(pools)
            for size in sizes
        ],
    )


def _of_kinds(pools: Sequence[str]) -> list[ColumnElement[bool]]:
    """Which claims are of each of these kinds, and which of none of them."""
    if not pools:
        return [sa.true()]
    none_of_them = sa.or_(claim.c.kind.is_(None), claim.c.kind.not_in(pools))
    return [*(claim.c.kind == pool for pool in pools), none_of_them]


def _together(conn: Connection, queues: Iterable[Any]) -> list[Claim]:
    """What several queries find, asked for at once."""
    parts = [queue.subquery() for queue in queues]
    return _all(conn, sa.union_all(*(sa.select(part) for part in parts)))


def _sizes(conn: Connection, sitting_id: str) -> list[int]:
    """Which sizes of party wait without a seat: found by leaps through the index, however many wait."""
    of_sitting = (claim.c.sitting == sitting_id, claim.c.size.is_not(None))
    found = sa.select(sa.func.min(claim.c.size).label("size")).where(*of_sitting).cte("found", recursive=True)
    larger = sa.select(sa.func.min(claim.c.size)).where(*of_sitting, claim.c.size > found.c.size).scalar_subquery()
    found = found.union_all(sa.select(larger).where(found.c.size.is_not(None)))
    return list(conn.scalars(sa.select(found.c.size).where(found.c.size.is_not(None))))


def hopes_of_partners(conn: Connection) -> list[tuple[str, str, int]]:
    """At which sitting which partner (by id) waits for how many more people on one booking, at most."""
    more = _people("wished") - _people("held")
    query = sa.select(claim.c.sitting, claim.c.kind, sa.func.max(more).label("more"))
    waits = _IN_LINE, claim.c.kind.is_not(None), claim.c.kind != NEWCOMERS
    rows = conn.execute(query.where(*waits).group_by(claim.c.sitting, claim.c.kind).order_by(claim.c.sitting))
    return [(row.sitting, row.kind, row.more) for row in rows]


def held_by(conn: Connection, partner: str, cantine: str, first: date, before: date) -> int:
    """How many people have seats with a partner (by id), at the sittings of a cantine between two local days (`before`
    excluded).
    """
    theirs = sa.select(sa.func.coalesce(sa.func.sum(_people("held")), 0)).join(sitting, sitting.c.id == claim.c.sitting)
    days = sitting.c.cantine == cantine, sitting.c.date >= first, sitting.c.date < before
    return int(conn.execute(theirs.where(claim.c.kind == partner, *days)).scalar_one())


def _people(which: str) -> ColumnElement[int]:
    cooks, eaters, children = (claim.c[f"{which}_{one}"] for one in ("cooks", "eaters", "children"))
    return cooks + eaters + children


def save(conn: Connection, claims: Sequence[Claim]) -> None:
    """Keep these claims instead of what was known of them, in ascending order."""
    keep_rows(
        conn,
        claim,
        [_row(one) for one in sorted(claims, key=lambda one: one.booking)],
        changes=[column.name for column in claim.c if not column.primary_key],
    )


def _line(sitting_id: str) -> Any:
    in_line = sa.select(claim).where(claim.c.sitting == sitting_id, _IN_LINE)
    return in_line.order_by(claim.c.asked_at, claim.c.booking)


def _all(conn: Connection, query: Any) -> list[Claim]:
    return [read(row) for row in conn.execute(query)]


def read(row: Any) -> Claim:
    """The claim in a row."""
    return Claim(
        booking=row.booking,
        sitting=row.sitting,
        request_revision=row.request_revision,
        revision=row.revision,
        standing=Standing(row.standing),
        held=Party(cooks=row.held_cooks, eaters=row.held_eaters, children=row.held_children),
        wished=Party(cooks=row.wished_cooks, eaters=row.wished_eaters, children=row.wished_children),
        asked_at=row.asked_at,
        why=Why(row.why) if row.why else None,
        offer=Offer(id=row.offer_id, until=row.offer_until) if row.offer_id else None,
        kept=Party(cooks=row.kept_cooks, eaters=row.kept_eaters),
        group=row.group_key,
        kind=row.kind,
        meals_left=row.meals_left,
    )


def _row(one: Claim) -> dict[str, Any]:
    return {
        "booking": one.booking,
        "sitting": one.sitting,
        "request_revision": one.request_revision,
        "revision": one.revision,
        "standing": one.standing,
        "held_cooks": one.held.cooks,
        "held_eaters": one.held.eaters,
        "held_children": one.held.children,
        "wished_cooks": one.wished.cooks,
        "wished_eaters": one.wished.eaters,
        "wished_children": one.wished.children,
        "asked_at": one.asked_at,
        "why": one.why,
        "waits_for": "+".join(sorted(one.waits_for)) or None,
        "size": one.size,
        "offer_id": one.offer and one.offer.id,
        "offer_until": one.offer and one.offer.until,
        "kept_cooks": one.kept.cooks,
        "kept_eaters": one.kept.eaters,
        "group_key": one.group,
        "kind": one.kind,
        "meals_left": one.meals_left,
    }
