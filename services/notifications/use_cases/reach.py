"""Which contacts letters may go to: known here by marks, and told to booking, which sees to it that somebody calls."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from services.notifications.domain.contacts import ContactRecord, as_one
from services.notifications.domain.facts import Booking
from services.notifications.domain.letter import Channel
from services.notifications.store import contacts, erasing, facts
from shared.contracts.reply import CONTACT, ContactState
from shared.links import Links
from shared.messaging.service import Service, UnitOfWork

PART = 200  # contacts in one transaction


def lost_among(conn: Connection, links: Links, addresses: Collection[str]) -> set[str]:
    """Those of these addresses and numbers to which no letter goes."""
    marks = {mark: address for address in addresses for mark in links.marks(CONTACT, address.casefold())}
    return {marks[mark] for mark in contacts.lost(conn, marks)}


def with_reach(conn: Connection, links: Links, bookings: Mapping[str, Booking]) -> dict[str, Booking]:
    """Bookings, with the ways by which no letter goes to their guests."""
    addresses = {one for booking in bookings.values() for one in (booking.email, booking.phone) if one}
    lost = lost_among(conn, links, addresses)
    return {id: replace(booking, lost=_ways(booking, lost)) for id, booking in bookings.items()}


def load_bookings(conn: Connection, links: Links, ids: Collection[str]) -> dict[str, Booking]:
    """Bookings by id, with the ways by which no letter goes to their guests."""
    return with_reach(conn, links, facts.load_bookings(conn, ids)) if ids else {}


def change_contact(
    work: UnitOfWork, links: Links, address: str, change: Callable[[ContactRecord], ContactRecord]
) -> bool:
    """Something became known of an address or a number: keep it, under the newest key too, and tell booking. Whether
    anything changed.
    """
    return change_marked(work, links.marks(CONTACT, address.casefold()), change)


def change_marked(
    work: UnitOfWork, marks: Sequence[str], change: Callable[[ContactRecord], ContactRecord], *, also: str = ""
) -> bool:
    """The same of whatever these marks, the newest first, stand for; it is kept under one of them `also`."""
    known = contacts.lock(work.conn, marks)
    for mark in {marks[0], also or marks[0]} - {one.mark for one in known}:
        known.append(as_one(mark, known))
    return bool(keep_changes(work, [(one, change(one)) for one in known]))


def mark_of(links: Links, address: str) -> str | None:
    """What stands for an address or a number, if it is one."""
    return links.mark(CONTACT, address.casefold()) if address else None


def carry_over(service: Service, links: Links) -> int:
    """Keep what is known of contacts under an older key under the newest too, as far as we know who has them: the older
    key may go then. Under the newest something else may have become known meanwhile. Returns how many were not.
    """
    with service.read() as conn:
        every = sorted(erasing.every_contact(conn))
        parts = (every[at : at + PART] for at in range(0, len(every), PART))
        lost = [address for part in parts for address in sorted(lost_among(conn, links, part))]
    count = 0
    for address in lost:
        with service.work() as work:
            marks = links.marks(CONTACT, address.casefold())
            known = contacts.lock(work.conn, marks)
            if not known:
                continue
            newest = next((one for one in known if one.mark == marks[0]), ContactRecord(mark=marks[0]))
            since = contacts.changed_at(work.conn, marks)
            count += len(keep_changes(work, [(newest, as_one(marks[0], known))], since))
    return count


def say_contacts_above(work: UnitOfWork, kept: Mapping[str, int]) -> None:
    """Booking keeps higher revisions of these contacts than we have: go above them and say them again."""
    known = contacts.lock(work.conn, list(kept))
    raised = [replace(one, revision=work.next_revision(max(one.revision, kept[one.mark]))) for one in known]
    contacts.keep(work.conn, raised, work.now)
    _say(work, raised)


def say_all_contacts(service: Service) -> int:
    """Say again of all contacts how they stand. Returns how many."""
    last, count = "", 0
    while True:
        with service.work() as work:
            known = contacts.every(work.conn, last, PART)
            _say(work, known)
        if not known:
            return count
        last, count = known[-1].mark, count + len(known)


def keep_changes(
    work: UnitOfWork, changes: Iterable[tuple[ContactRecord, ContactRecord]], since: datetime | None = None
) -> list[ContactRecord]:
    """Keep contacts, each as it was and as it is, and tell booking; `since` when it is so, if not now. Those that
    changed.
    """
    changed = [
        replace(after, revision=work.next_revision(before.revision)) for before, after in changes if after != before
    ]
    contacts.keep(work.conn, changed, since or work.now)
    _say(work, changed)
    return changed


def _say(work: UnitOfWork, records: list[ContactRecord]) -> None:
    for one in records:
        work.say(
            ContactState(
                thing=one.mark,
                revision=one.revision,
                opted_out=one.opted_out,
                comes_back=one.silent_until is not None,
                unread_since=one.unread_since,
            )
        )


def _ways(booking: Booking, lost: Collection[str]) -> frozenset[Channel]:
    ways = {Channel.EMAIL: booking.email, Channel.SMS: booking.phone}
    return frozenset(channel for channel, address in ways.items() if address in lost)
