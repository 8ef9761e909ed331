"""A partner's meals of a month are used up: who waits for more of them hears so now, not when the line closes."""

from dataclasses import replace

from services.capacity.domain.changes import without_meals
from services.capacity.domain.history import THE_CLOCK
from services.capacity.store import claims as claim_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.conclude import conclude
from services.capacity.use_cases.line import log_promotions, whole_line
from services.capacity.use_cases.quotas import allowed, left_for_good
from shared.messaging.service import Service
from shared.one_by_one import one_by_one


def use_up_meals(service: Service, public_url: str) -> int:
    """Tell those who wait for more meals than their partner can still have in the month, one transaction for each
    sitting. Returns how many.
    """
    return one_by_one(lambda: _due(service), lambda sitting: _tell(service, sitting, public_url))


def _due(service: Service) -> list[str]:
    """The sittings at which somebody waits in vain. Mostly no partner waits: then this is one question."""
    with service.read() as conn:
        hopes = claim_store.hopes_of_partners(conn)
        sittings = sitting_store.some(conn, {sitting for sitting, _partner, _more in hopes}) if hopes else {}
        return sorted(
            {
                sitting
                for sitting, partner, more in hopes
                if sitting in sittings and more > left_for_good(conn, sittings[sitting], [partner]).get(partner, more)
            }
        )


def _tell(service: Service, sitting: str, public_url: str) -> int:
    with service.work() as work:
        planned = sitting_store.lock(work.conn, [sitting]).get(sitting)
        if planned is None:
            return 0
        line = whole_line(work.conn, planned.seating)
        seating = allowed(work.conn, planned, line).seating
        left = left_for_good(work.conn, planned, (claim.kind for claim in line))
        decision = without_meals(seating, line, work.now, left=left)
        log_promotions(decision)
        if decision.answers:
            after = replace(planned, seating=decision.sitting)
            conclude(work, [(planned, after)], decision.answers, public_url, THE_CLOCK)
        return len(decision.answers)
