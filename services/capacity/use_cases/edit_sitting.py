"""A coordinator changes a sitting: its day, its hours, its menu, its limits."""

from services.capacity.domain.changes import edit
from services.capacity.domain.sittings import (
    NoSuchSitting,
    Plan,
    PlannedSitting,
    SittingIsOver,
    check,
)
from services.capacity.store import cantines as cantine_store
from services.capacity.store import claims as claim_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.conclude import conclude
from services.capacity.use_cases.line import log_promotions
from shared.contracts.sitting import SittingStatus
from shared.messaging.service import UnitOfWork


def edit_sitting(work: UnitOfWork, sitting: str, plan: Plan, public_url: str) -> PlannedSitting:
    """Change a sitting and tell whom it concerns. Raised limits seat those who wait; lowered ones take nothing back.

    Returns the sitting as it stands now. Raises NoSuchSitting, SittingIsOver or FlawedPlan.
    """
    planned = sitting_store.lock(work.conn, [sitting]).get(sitting)
    if planned is None:
        raise NoSuchSitting
    if planned.is_over(work.now):
        raise SittingIsOver
    zone = cantine_store.some(work.conn, [planned.cantine])[planned.cantine].zone
    check(plan, zone, work.now, before=planned.plan)
    if plan == planned.plan:
        return planned
    decision = edit(
        planned.seating,
        claim_store.waiting(work.conn, sitting),
        limits=plan.limits,
        status=SittingStatus.OPEN if plan.open else SittingStatus.CLOSED,
        cutoff_at=plan.cutoff.instant(plan.date, zone),
        now=work.now,
    )
    log_promotions(decision)
    return conclude(work, [planned.planned(plan, zone, decision.sitting)], decision.answers, public_url)[0]
