"""Somebody asks for the link to their own page. Whether we know them is nobody's business but their mailbox's.

So whoever asks is answered before anybody looks: what is kept of a request, and how long that takes, is the same for
everybody. A timer looks, and sends a link to who is known here.
"""

import secrets
from collections.abc import Mapping

from services.booking.domain.contact import Contact
from services.booking.domain.errors import TooManyLinks
from services.booking.domain.guest_links import (
    DAY,
    VALID,
    WINDOW,
    GuestLink,
    may_be_sent,
    place_of,
)
from services.booking.domain.persons import address_of
from services.booking.store import bookings, guest_links, memberships, persons
from services.booking.use_cases.memberships import marks_of
from services.booking.use_cases.voice import Voice
from shared.contracts.reply import CONTACT
from shared.links import Links
from shared.logs import get_logger
from shared.messaging.service import Service, UnitOfWork

log = get_logger(__name__)

CLIENT = "client"  # the purpose of what stands for where a request came from
PART = 50  # requests in one transaction


def ask_for_link(service: Service, links: Links, way: Contact, remote: str | None, most: int | None = None) -> None:
    """Keep that somebody asked, from an address of the network. Raises TooManyLinks, whoever they are, if `most` were
    asked for from there.
    """
    client, address = links.mark(CLIENT, place_of(remote)), address_of(way)
    with service.work() as work:
        if most is not None and guest_links.count_from(work.conn, client, work.now - WINDOW) >= most:
            log.warning("Too many links were asked for from one place.")
            raise TooManyLinks
        request = GuestLink(
            id=secrets.token_urlsafe(9),
            address=address,
            contact=links.mark(CONTACT, address),
            language=way.language,
            asked_at=work.now,
            valid_until=None,
        )
        guest_links.add(work.conn, request, client)


def send_links(service: Service, links: Links, voice: Voice) -> int:
    """Send a link to each who waits for one and is known here, but not too often. Returns at how many was looked."""
    with service.read() as conn:
        if not guest_links.is_one_waiting(conn):
            return 0
    with service.work() as work:
        waiting = guest_links.lock_waiting(work.conn, PART)
        for one in waiting:
            _look_at(work, links, voice, one)
    return len(waiting)


def forget_links(service: Service) -> int:
    """Forget whose links are over, and after a day that they were asked for. Returns how many."""
    with service.work() as work:
        return guest_links.forget(work.conn, work.now, work.now - DAY)


def _look_at(work: UnitOfWork, links: Links, voice: Voice, one: GuestLink) -> None:
    way, valid_until = one.way, None
    if way and _is_known(work, links, way):
        before = guest_links.sent_to(work.conn, links.marks(CONTACT, address_of(way)), work.now - DAY)
        if may_be_sent(before, work.now):
            valid_until = work.now + VALID
            voice.say_link(work, one, way, valid_until)
        else:
            log.info("A link was sent to this contact a moment ago, or too often.")
    guest_links.note_looked_at(work.conn, one.id, work.now, valid_until=valid_until)


def _is_known(work: UnitOfWork, links: Links, way: Contact) -> bool:
    address = address_of(way)
    if bookings.has_any(work.conn, address) or persons.find(work.conn, way) is not None:
        return True
    return bool(memberships.with_marks(work.conn, marks_of(links, address)))


def leave_links(work: UnitOfWork, kept: Mapping[str, int]) -> None:
    """Notifications has heard of these links: each is sent once."""
