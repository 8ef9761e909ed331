"""Sittings were heard of: keep how they stand, and plan anew where the day, the time or the fate of one changed."""

from collections.abc import Sequence

from services.notifications.store import facts
from services.notifications.use_cases.replan import replan
from shared.contracts.sitting import SittingNotice
from shared.links import Links
from shared.messaging.service import UnitOfWork


def hear_sittings(work: UnitOfWork, links: Links, notices: Sequence[SittingNotice]) -> None:
    """Two statements when only seats changed, as they do at each booking; six when letters must be planned anew."""
    ids = {notice.thing for notice in notices}
    before = facts.lock_sittings(work.conn, ids)
    facts.keep_sittings(work.conn, notices, before)
    after = facts.load_sittings(work.conn, ids)
    changed = {id: sitting for id, sitting in after.items() if id not in before or not sitting.plans_like(before[id])}
    if not changed:
        return
    bookings = facts.bookings_of(work.conn, set(changed))
    replan(work, links, bookings.values(), changed, because=lambda booking: work.correlation_of(booking.sitting))
