"""A waiting list around a decision: as much of it as can matter, and what came of it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from services.capacity.domain.claims import Claim
from services.capacity.domain.places import Sitting
from services.capacity.domain.seating import Decision, reach
from services.capacity.store import claims as claim_store
from shared.contracts.sitting import WaitlistPolicy
from shared.logs import get_logger

log = get_logger(__name__)


def with_the_line(conn: Connection, sitting: Sitting, claims: Iterable[Claim], now: datetime) -> list[Claim]:
    """These claims of a sitting, those with an offer, and those in line who can be seated because of what becomes of
    them.
    """
    known = {claim.booking: claim for claim in claims}
    if sitting.offered:
        for claim in claim_store.offered(conn, sitting.id):
            known.setdefault(claim.booking, claim)
    if sitting.waitlist_length:
        first = claim_store.first_waiting_without_a_seat
        if sitting.policy is WaitlistPolicy.FILL:
            first = claim_store.first_waiting_of_each_size
        for claim in claim_store.waiting_with_a_seat(conn, sitting.id):
            known.setdefault(claim.booking, claim)
        for claim in first(conn, sitting.id, limit=reach(sitting, known.values(), now), pools=sitting.pools):
            known.setdefault(claim.booking, claim)
    return list(known.values())


def whole_line(conn: Connection, sitting: Sitting) -> list[Claim]:
    """All who wait, and all who have an offer."""
    waiting = claim_store.waiting(conn, sitting.id) if sitting.waitlist_length else []
    return waiting + (claim_store.offered(conn, sitting.id) if sitting.offered else [])


def log_promotions(decision: Decision) -> None:
    """Note to whom places went that came free, or were offered, and by which policy."""
    for claim in decision.answers:
        if claim.booking in decision.promoted:
            log.info(
                "Places that came free went to who waited.",
                sitting=decision.sitting.id,
                booking=claim.booking,
                policy=decision.sitting.policy,
                standing=claim.standing,
            )
