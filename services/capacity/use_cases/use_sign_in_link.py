"""A member of staff opens their link: once, and in time."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.capacity.domain.staff import LinkExpired, LinkUsed, Staff
from services.capacity.store import staff as staff_store
from services.capacity.use_cases.ask_to_sign_in import PURPOSE
from shared.links import ForgedLink, Links
from shared.messaging.service import Service, UnitOfWork

KEPT = timedelta(days=1)  # after it expired, so that a late click is answered with the reason


def check_sign_in_link(conn: Connection, token: str, links: Links, now: datetime) -> None:
    """Make sure that a link is still good, without using it. Raises ForgedLink, LinkUsed or LinkExpired."""
    fate = staff_store.link_fate(conn, links.read(PURPOSE, token))
    if fate is None:
        raise LinkExpired
    expires_at, used_at = fate
    if used_at is not None:
        raise LinkUsed
    if expires_at <= now:
        raise LinkExpired


def use_sign_in_link(work: UnitOfWork, token: str, links: Links) -> Staff:
    """The member of staff who opens the link. Raises ForgedLink, LinkUsed or LinkExpired."""
    owner = staff_store.use_link(work.conn, links.read(PURPOSE, token), work.now)
    if owner is None:
        check_sign_in_link(work.conn, token, links, work.now)
        raise LinkUsed
    person = staff_store.find(work.conn, owner)
    if person is None:
        raise ForgedLink
    return person


def forget_old_links(service: Service) -> int:
    """Forget links that expired long ago. Returns how many."""
    with service.read() as conn:
        before = service.clock.now(conn) - KEPT
        if not staff_store.has_links(conn, before):
            return 0
    with service.work() as work:
        return staff_store.forget_links(work.conn, before)
