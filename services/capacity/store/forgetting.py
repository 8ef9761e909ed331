"""Forgetting the claims on a sitting, and the alerts about it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.capacity.store.tables import MESSAGING, alert, claim, sitting
from shared.contracts.alert import AlertKind, CapacityAlert
from shared.contracts.seats import SeatsAnswer, SeatsRequest
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


def _has_something_on_its_way(conn: Connection, sitting_id: str, here: sa.Select[tuple[str]]) -> bool:
    outbox = MESSAGING.outbox
    of_a_claim = sa.and_(outbox.c.kind == SeatsAnswer.kind, outbox.c.thing.in_(here))
    of_the_sitting = sa.and_(outbox.c.kind == SittingNotice.kind, outbox.c.thing == sitting_id)
    of_an_alert = sa.and_(
        outbox.c.kind == CapacityAlert.kind, outbox.c.thing.in_([f"{kind}-{sitting_id}" for kind in AlertKind])
    )
    anything = sa.select(1).where(sa.or_(of_a_claim, of_the_sitting, of_an_alert)).limit(1)
    return conn.execute(anything).first() is not None
