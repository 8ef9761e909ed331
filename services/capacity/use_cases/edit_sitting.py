"""A coordinator changes a sitting: its day, its hours, its menu, its limits."""

from collections.abc import Sequence
from dataclasses import replace

from services.capacity.domain.changes import edit
from services.capacity.domain.claims import Claim
from services.capacity.domain.history import Author
from services.capacity.domain.kitchen import Kitchen
from services.capacity.domain.sittings import (
    NoSuchSitting,
    Plan,
    PlannedSitting,
    SittingIsOver,
    check,
    confirmed_only_from,
)
from services.capacity.store import cantines as cantine_store
from services.capacity.store import kitchens as kitchen_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.conclude import conclude
from services.capacity.use_cases.line import log_promotions, whole_line
from services.capacity.use_cases.quotas import Quotas
from shared.contracts.sitting import SittingStatus
from shared.messaging.service import UnitOfWork


def edit_sitting(work: UnitOfWork, sitting: str, plan: Plan, public_url: str, by: Author) -> PlannedSitting:
    """Change a sitting and tell whom it concerns. Raised limits seat those who wait; lowered ones take nothing back.

    Returns the sitting as it stands now. Raises NoSuchSitting, SittingIsOver or FlawedPlan.
    """
    planned = sitting_store.lock(work.conn, [sitting]).get(sitting)
    if planned is None:
        raise NoSuchSitting
    if planned.is_over(work.now):
        raise SittingIsOver
    zone = cantine_store.some(work.conn, [planned.cantine])[planned.cantine].zone
    usual = kitchen_store.usual(work.conn, planned.cantine)
    check(plan, usual, zone, work.now, before=planned.plan)
    if plan == planned.plan:
        return planned
    ((after, answers),) = replan(work, [(planned, plan)], usual, zone)
    return conclude(work, [(planned, after)], answers, public_url, by)[0]


def replan(
    work: UnitOfWork, plans: Sequence[tuple[PlannedSitting, Plan]], usual: Kitchen, zone: str
) -> list[tuple[PlannedSitting, tuple[Claim, ...]]]:
    """Sittings of a cantine under other plans, or with something else usual in the kitchen; and who is to be told."""
    anew = [_in_its_kitchen(planned, plan, usual) for planned, plan in plans]
    lines = [whole_line(work.conn, planned.seating) for planned, _plan in plans]
    quotas = Quotas(work.conn, [(one, [claim.kind for claim in line]) for one, line in zip(anew, lines, strict=True)])
    replanned = []
    for (planned, plan), one, line in zip(plans, anew, lines, strict=True):
        kitchen = one.seating.kitchen
        counts_from = confirmed_only_from(plan.date, kitchen, zone)
        decision = edit(
            replace(planned.seating, allowances=quotas.allowed(one).seating.allowances),
            line,
            kitchen=kitchen,
            confirmed_only=counts_from is not None and counts_from <= work.now,
            status=SittingStatus.OPEN if plan.open else SittingStatus.CLOSED,
            cutoff_at=plan.cutoff.instant(plan.date, zone),
            now=work.now,
        )
        log_promotions(decision)
        quotas.note(replace(one, seating=decision.sitting))
        replanned.append((planned.planned(plan, zone, decision.sitting), decision.answers))
    return replanned


def _in_its_kitchen(planned: PlannedSitting, plan: Plan, usual: Kitchen) -> PlannedSitting:
    """A sitting on the day and in the kitchen of another plan."""
    return replace(planned, date=plan.date, seating=replace(planned.seating, kitchen=plan.kitchen.within(usual)))
