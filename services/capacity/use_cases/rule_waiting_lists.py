"""A coordinator chooses how the waiting lists of a cantine work."""

from dataclasses import replace

from services.capacity.domain.changes import under_policy
from services.capacity.domain.claims import Claim
from services.capacity.domain.sittings import PlannedSitting
from services.capacity.store import claims as claim_store
from services.capacity.store import sittings as sitting_store
from services.capacity.store import waiting_lists
from services.capacity.use_cases.conclude import conclude
from services.capacity.use_cases.line import log_promotions
from shared.contracts.sitting import WaitlistPolicy
from shared.messaging.service import UnitOfWork


def rule_waiting_lists(work: UnitOfWork, cantine: str, policy: WaitlistPolicy, public_url: str) -> None:
    """Choose the policy of a cantine (by slug): it holds at once, for all its sittings to come."""
    waiting_lists.save(work.conn, cantine, policy)
    ids = sitting_store.ids_of_cantine_to_come(work.conn, cantine, work.now)
    changed: list[PlannedSitting] = []
    answers: list[Claim] = []
    for planned in sitting_store.lock(work.conn, ids).values():
        if planned.seating.policy is policy:
            continue
        line = claim_store.waiting(work.conn, planned.id) if planned.seating.waitlist_length else []
        decision = under_policy(planned.seating, line, policy)
        log_promotions(decision)
        changed.append(replace(planned, seating=decision.sitting))
        answers += decision.answers
    conclude(work, changed, answers, public_url)
