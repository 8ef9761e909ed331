"""Delivery receipts: kept as they come in, and taken once it is known of which letter they tell."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.domain.letter import Letter
from services.notifications.domain.receipts import Delivery, DeliveryReceipt
from services.notifications.store.letters import all_columns, read_letter
from services.notifications.store.tables import delivery_receipt, letter


def add(
    conn: Connection, *, provider: str, ref: str, name: str, delivery: Delivery, detail: str, now: datetime
) -> None:
    """Keep what a provider told."""
    values = {"provider": provider, "ref": ref, "name": name, "delivery": delivery.value, "detail": detail}
    conn.execute(sa.insert(delivery_receipt).values(**values, received_at=now, look_at=now))


def take(conn: Connection, now: datetime) -> DeliveryReceipt | None:
    """Lock the first receipt whose letter should be looked for."""
    known = delivery_receipt.c.delivery.in_(list(Delivery))  # a newer version may know more
    due = sa.select(delivery_receipt).where(delivery_receipt.c.look_at <= now, known)
    first = due.order_by(delivery_receipt.c.look_at, delivery_receipt.c.number).limit(1)
    row: Any = conn.execute(first.with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    return DeliveryReceipt(
        number=row.number,
        provider=row.provider,
        ref=row.ref,
        name=row.name,
        delivery=Delivery(row.delivery),
        detail=row.detail,
        received_at=row.received_at,
    )


def look_again(conn: Connection, number: int, at: datetime) -> None:
    """Its letter is not known, or not yet."""
    conn.execute(sa.update(delivery_receipt).where(delivery_receipt.c.number == number).values(look_at=at))


def forget(conn: Connection, number: int) -> None:
    """It has told what it had to tell."""
    conn.execute(sa.delete(delivery_receipt).where(delivery_receipt.c.number == number))


def lock_letter(conn: Connection, receipt: DeliveryReceipt) -> tuple[Letter, str | None] | None:
    """Lock the letter of which a receipt tells, with what stands for where it went; None if we know of none."""
    theirs = sa.and_(letter.c.provider_ref == receipt.ref, letter.c.provider == receipt.provider)
    names = [one for one in (receipt.ref, receipt.name) if one]
    query = all_columns().add_columns(letter.c.addressee).where(letter.c.provider_ref.in_(names))
    query = query.where(sa.or_(theirs, letter.c.provider_ref == receipt.name)).order_by(letter.c.key).limit(1)
    row = conn.execute(query.with_for_update(of=letter)).first()
    return (read_letter(row), row.addressee) if row else None


def keep_fate(conn: Connection, one: Letter) -> None:
    """How a letter that is locked stands now; it has left when it was last taken, if nobody knew before."""
    left = sa.func.coalesce(letter.c.sent_at, letter.c.called_at, letter.c.taken_at)
    fate = {"state": one.state, "reason": one.reason and one.reason[:200], "sent_at": left}
    conn.execute(sa.update(letter).where(letter.c.key == one.key).values(fate))
