"""Forgetting the claims on a sitting, and the alerts about it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.store.tables import MESSAGING, alert, claim, sitting
from shared.contracts.alert import AlertKind, CapacityAlert
from shared.contracts.seats import SeatsAnswer, SeatsRequest, Standing
from shared.contracts.sitting import SittingNotice
from shared.purge import KEPT


def due(conn: Connection, now: datetime, limit: int) -> list[str]:
    """The sittings whose claims are to be forgotten, those of longest ago first."""
    of_long_ago = sa.select(sitting.c.id).where(sa.not_(sitting.c.forgotten), sitting.c.starts_at <= now - KEPT)
    return list(conn.scalars(of_long_ago.order_by(sitting.c.starts_at, sitting.c.id).limit(limit)))


def forget(conn: Connection, sitting_id: str) -> int | None:
    """Forget the claims on a sitting. Returns how many it had; None, if it cannot be yet: something about it has no
    receipt. What the claims came to stays in the sitting.
    """
    conn.execute(sa.select(sitting.c.id).where(sitting.c.id == sitting_id).with_for_update())
    here = sa.select(claim.c.booking).where(claim.c.sitting == sitting_id)
    bookings = list(conn.scalars(here.order_by(claim.c.booking).with_for_update()))
    if _has_something_on_its_way(conn, sitting_id, here):
        return None
    heard = MESSAGING.heard
    conn.execute(sa.delete(heard).where(heard.c.kind == SeatsRequest.kind, heard.c.thing.in_(here)))
    conn.execute(sa.delete(claim).where(claim.c.sitting == sitting_id))
    conn.execute(sa.delete(alert).where(alert.c.about == sitting_id))
    conn.execute(sa.update(sitting).where(sitting.c.id == sitting_id).values(forgotten=True))
    return len(bookings)


def forget_of_unknown_sittings(conn: Connection, refused_before: datetime, asked_before: datetime, limit: int) -> int:
    """Forget claims on sittings that capacity does not know: those that hold nothing, asked so long ago, and all that
    were asked longer ago than any meal is planned ahead. None whose answer has no receipt. Returns how many.
    """
    known = sa.exists().where(sitting.c.id == claim.c.sitting)
    outbox, heard = MESSAGING.outbox, MESSAGING.heard
    on_its_way = sa.exists().where(outbox.c.kind == SeatsAnswer.kind, outbox.c.thing == claim.c.booking)
    holds_nothing = claim.c.standing.in_([Standing.REFUSED, Standing.RELEASED])
    old = sa.or_(sa.and_(holds_nothing, claim.c.asked_at <= refused_before), claim.c.asked_at <= asked_before)
    query = sa.select(claim.c.booking).where(old, ~known, ~on_its_way).order_by(claim.c.booking).limit(limit)
    bookings = list(conn.scalars(query.with_for_update()))
    conn.execute(sa.delete(heard).where(heard.c.kind == SeatsRequest.kind, heard.c.thing.in_(bookings)))
    return conn.execute(sa.delete(claim).where(claim.c.booking.in_(bookings))).rowcount


def _has_something_on_its_way(conn: Connection, sitting_id: str, here: sa.Select[tuple[str]]) -> bool:
    outbox = MESSAGING.outbox
    of_a_claim = sa.and_(outbox.c.kind == SeatsAnswer.kind, outbox.c.thing.in_(here))
    of_the_sitting = sa.and_(outbox.c.kind == SittingNotice.kind, outbox.c.thing == sitting_id)
    of_an_alert = sa.and_(
        outbox.c.kind == CapacityAlert.kind, outbox.c.thing.in_([f"{kind}-{sitting_id}" for kind in AlertKind])
    )
    anything = sa.select(1).where(sa.or_(of_a_claim, of_the_sitting, of_an_alert)).limit(1)
    return conn.execute(anything).first() is not None
