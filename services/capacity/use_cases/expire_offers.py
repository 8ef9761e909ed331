"""The time to answer an offer is over: its places go on to the next in line."""

from dataclasses import replace

from services.capacity.domain.changes import expire_offers as expired
from services.capacity.domain.history import THE_CLOCK
from services.capacity.domain.offers import GRACE
from services.capacity.store import claims as claim_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.conclude import conclude
from services.capacity.use_cases.line import log_promotions, with_the_line
from services.capacity.use_cases.quotas import allowed
from shared.contracts.seats import Why
from shared.logs import get_logger
from shared.messaging.service import Service
from shared.one_by_one import one_by_one

log = get_logger(__name__)
AT_ONCE = 100  # sittings looked for together; each is decided in a transaction of its own


def expire_offers(service: Service, public_url: str) -> int:
    """End the offers that nobody answered in time. Returns how many."""
    return one_by_one(lambda: _due(service), lambda sitting: _expire(service, sitting, public_url))


def _due(service: Service) -> list[str]:
    with service.read() as conn:
        return claim_store.sittings_with_offers_over(conn, service.clock.now(conn) - GRACE, AT_ONCE)


def _expire(service: Service, sitting: str, public_url: str) -> int:
    with service.work() as work:
        planned = sitting_store.lock(work.conn, [sitting]).get(sitting)
        if planned is None:
            return 0
        line = with_the_line(work.conn, planned.seating, [], work.now)
        decision = expired(allowed(work.conn, planned, line).seating, line, work.now)
        log_promotions(decision)
        if decision.answers:
            after = replace(planned, seating=decision.sitting, watch=planned.watch.without(decision.passed))
            conclude(work, [(planned, after)], decision.answers, public_url, THE_CLOCK)
        over = sum(claim.why in {Why.OFFER_EXPIRED, Why.PAST_CUTOFF} for claim in decision.answers)
        log.info("Offers ended without an answer.", sitting=sitting, offers=over)
        return over
