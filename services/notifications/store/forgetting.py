"""Forgetting the guests of a sitting with their letters; and letters to staff and persons, by their age."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.notifications.domain.letter import WAITING, LetterKind, LetterState
from services.notifications.store import counting
from services.notifications.store.tables import (
    MESSAGING,
    choice,
    contact_state,
    delivery_receipt,
    digest_line,
    guest_reply,
    host_message,
    known_alert,
    known_ask,
    known_booking,
    known_sitting,
    letter,
    mailbox,
    text_in,
)
from shared.contracts.booking import BookingNotice
from shared.contracts.guest_link import GuestLink
from shared.contracts.host_message import HostMessage
from shared.contracts.sign_in import SignInLink
from shared.purge import KEPT

_heard = MESSAGING.heard


def due(conn: Connection, now: datetime, limit: int) -> list[str]:
    """The sittings whose guests are to be forgotten, those of longest ago first."""
    over = sa.and_(sa.not_(known_sitting.c.forgotten), known_sitting.c.starts_at <= now - KEPT)
    oldest = sa.select(known_sitting.c.id).where(over).order_by(known_sitting.c.starts_at, known_sitting.c.id)
    return list(conn.scalars(oldest.limit(limit)))


def forget(conn: Connection, sitting_id: str) -> int:
    """Forget the guests of a sitting, the letters to them, and its alerts. Returns how many bookings it had."""
    conn.execute(sa.select(known_sitting.c.id).where(known_sitting.c.id == sitting_id).with_for_update())
    here = sa.select(known_booking.c.id).where(known_booking.c.sitting == sitting_id)
    bookings = list(conn.scalars(here.order_by(known_booking.c.id).with_for_update()))
    counting.forget(conn, letter.c.booking.in_(here))
    conn.execute(sa.delete(_heard).where(_heard.c.kind == BookingNotice.kind, _heard.c.thing.in_(here)))
    conn.execute(sa.delete(known_booking).where(known_booking.c.sitting == sitting_id))
    messages = list(conn.scalars(sa.select(host_message.c.id).where(host_message.c.sitting == sitting_id)))
    conn.execute(sa.delete(_heard).where(_heard.c.kind == HostMessage.kind, _heard.c.thing.in_(messages)))
    conn.execute(sa.delete(host_message).where(host_message.c.sitting == sitting_id))
    alerts = sa.select(known_alert.c.thing).where(known_alert.c.sitting == sitting_id)
    conn.execute(sa.delete(digest_line).where(digest_line.c.thing.in_(alerts)))
    conn.execute(sa.delete(known_alert).where(known_alert.c.sitting == sitting_id))
    conn.execute(sa.delete(known_ask).where(known_ask.c.sitting == sitting_id))
    conn.execute(sa.delete(text_in).where(text_in.c.sitting == sitting_id, text_in.c.handled_at.is_not(None)))
    conn.execute(sa.delete(guest_reply).where(guest_reply.c.sitting == sitting_id))
    conn.execute(sa.update(known_sitting).where(known_sitting.c.id == sitting_id).values(forgotten=True))
    return len(bookings)


def forget_letters_to_staff(conn: Connection, due_before: datetime, limit: int) -> int:
    """Forget the letters to staff and persons that were due so long ago, and that they were asked for.

    Returns how many.
    """
    done = letter.c.state.not_in([LetterState.PLANNED, LetterState.DUE, LetterState.ATTEMPTING])
    old = sa.select(letter.c.key, letter.c.kind).where(letter.c.booking.is_(None), letter.c.due_at < due_before, done)
    rows = conn.execute(old.order_by(letter.c.key).limit(limit).with_for_update(skip_locked=True)).all()
    for kind, message in ((LetterKind.SIGN_IN, SignInLink), (LetterKind.GUEST_LINK, GuestLink)):
        things = [row.key.partition(":")[2] for row in rows if row.kind == kind]
        conn.execute(sa.delete(_heard).where(_heard.c.kind == message.kind, _heard.c.thing.in_(things)))
    return counting.forget(conn, letter.c.key.in_([row.key for row in rows])) if rows else 0


def forget_contents(conn: Connection, due_before: datetime, limit: int) -> int:
    """Forget what was written, and by which name providers know it, of letters that were due so long ago. Returns how
    many of them.
    """
    done = letter.c.state.in_(set(LetterState) - WAITING - {LetterState.ATTEMPTING})
    says = sa.or_(letter.c.provider_ref.is_not(None), sa.cast(letter.c.facts, sa.Text) != "{}")
    old = sa.select(letter.c.key).where(letter.c.due_at < due_before, done, says)
    keys = list(conn.scalars(old.order_by(letter.c.key).limit(limit).with_for_update(skip_locked=True)))
    conn.execute(sa.update(letter).where(letter.c.key.in_(keys)).values(facts={}, provider_ref=None, addressee=None))
    return len(keys)


def forget_words(conn: Connection, meal_before: datetime) -> int:
    """Forget what hosts wrote to the guests of meals of so long ago; that they wrote stays. Returns how many words."""
    over = sa.select(known_sitting.c.id).where(known_sitting.c.starts_at < meal_before)
    said = host_message.c.sitting.in_(over), host_message.c.words != ""
    return conn.execute(sa.update(host_message).where(*said).values(words="")).rowcount


def forget_texts(conn: Connection, before: datetime) -> int:
    """Forget the texts that came in so long ago, and what was answered then. Returns how many."""
    conn.execute(sa.delete(choice).where(choice.c.until < before))
    conn.execute(sa.delete(guest_reply).where(guest_reply.c.said_at < before))
    return conn.execute(sa.delete(text_in).where(text_in.c.received_at < before)).rowcount


def forget_contacts(conn: Connection, reached_before: datetime, lost_before: datetime) -> int:
    """Forget contacts to which letters may go again since so long ago, and those that were lost longer ago still.
    Returns how many.
    """
    known_again = sa.not_(contact_state.c.opted_out), contact_state.c.silent_until.is_(None)
    reached = *known_again, contact_state.c.changed_at < reached_before
    old = sa.or_(sa.and_(*reached), contact_state.c.changed_at < lost_before)
    return conn.execute(sa.delete(contact_state).where(old)).rowcount


def forget_receipts(conn: Connection, received_before: datetime) -> int:
    """Forget receipts that came so long ago and tell of no letter that we know. Returns how many."""
    return conn.execute(sa.delete(delivery_receipt).where(delivery_receipt.c.received_at < received_before)).rowcount


def forget_mail(conn: Connection, received_before: datetime) -> int:
    """Forget what the demo's mailbox received so long ago. Returns how many."""
    return conn.execute(sa.delete(mailbox).where(mailbox.c.received_at < received_before)).rowcount
