"""Bookings were heard of: keep how they stand, and plan their letters anew."""

import secrets
from collections.abc import Sequence

from services.notifications.store import erasing, facts
from services.notifications.use_cases.replan import replan
from shared.contracts.booking import BookingNotice
from shared.links import Links
from shared.messaging.service import UnitOfWork
from shared.purge import is_forgotten


def hear_bookings(work: UnitOfWork, links: Links, notices: Sequence[BookingNotice]) -> None:
    """Seven statements, however many bookings. The letters of a booking wait until its sitting is known too.

    A booking at a meal of long ago is ignored: its guest is forgotten.
    """
    sittings = facts.share_sittings(work.conn, {notice.sitting for notice in notices})
    forgotten = {id for id, sitting in sittings.items() if is_forgotten(sitting.starts_at, work.now)}
    notices = [notice for notice in notices if notice.sitting not in forgotten]
    facts.keep_bookings(work.conn, notices, (secrets.token_urlsafe(9) for _ in notices))
    erasing.erase_bookings(work.conn, sorted(one.thing for one in notices if one.erased))
    bookings = facts.load_bookings(work.conn, {notice.thing for notice in notices})
    replan(work, links, bookings.values(), sittings, because=lambda booking: work.correlation_of(booking.id))
