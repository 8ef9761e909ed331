"""A coordinator chooses how the waiting lists of a cantine work."""

from dataclasses import replace

from services.capacity.domain.changes import under_rules
from services.capacity.domain.claims import Claim
from services.capacity.domain.history import Author, Cause
from services.capacity.domain.rules import WaitingRules
from services.capacity.store import cantines as cantine_store
from services.capacity.store import sittings as sitting_store
from services.capacity.store import waiting_lists
from services.capacity.use_cases.conclude import Changed, conclude
from services.capacity.use_cases.line import log_promotions, whole_line
from services.capacity.use_cases.quotas import Quotas
from shared.messaging.service import UnitOfWork


def rule_waiting_lists(work: UnitOfWork, cantine: str, rules: WaitingRules, public_url: str, by: Author) -> None:
    """Choose the rules of a cantine (by slug): they hold at once, for all its sittings to come."""
    cantine_store.lock(work.conn, cantine)  # a meal that is being made under the old rules is there before we look
    waiting_lists.save(work.conn, cantine, rules)
    ids = sitting_store.ids_of_cantine_to_come(work.conn, cantine, work.now)
    followers = [one for one in sitting_store.lock(work.conn, ids).values() if one.seating.ruled(rules) != one.seating]
    lines = {one.id: whole_line(work.conn, one.seating) for one in followers}
    quotas = Quotas(work.conn, [(one, [claim.kind for claim in lines[one.id]]) for one in followers])
    changed: list[Changed] = []
    answers: list[Claim] = []
    for planned in followers:
        decision = under_rules(quotas.allowed(planned).seating, lines[planned.id], rules, work.now)
        log_promotions(decision)
        after = replace(planned, seating=decision.sitting)
        quotas.note(after)
        changed.append((planned, after))
        answers += decision.answers
    conclude(work, changed, answers, public_url, by.through(Cause.WAITING_LISTS))
