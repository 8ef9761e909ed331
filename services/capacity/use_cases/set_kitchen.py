"""A coordinator describes the kitchen of a cantine: its meals to come follow, but for what each has otherwise."""

from services.capacity.domain.claims import Claim
from services.capacity.domain.history import Author, Cause
from services.capacity.domain.kitchen import Kitchen, check_kitchen
from services.capacity.domain.staff import UnknownCantine
from services.capacity.store import cantines as cantine_store
from services.capacity.store import kitchens as kitchen_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.conclude import Changed, conclude
from services.capacity.use_cases.edit_sitting import replan
from shared.messaging.service import UnitOfWork


def set_kitchen(work: UnitOfWork, cantine: str, kitchen: Kitchen, public_url: str, by: Author) -> int:
    """Change what is usual in the kitchen of a cantine (by slug). Nobody loses a place; more seats go to who waits.

    Returns how many sittings to come follow. Raises UnknownCantine or FlawedKitchen.
    """
    check_kitchen(kitchen)
    found = cantine_store.lock(work.conn, cantine)
    if found is None:
        raise UnknownCantine
    kitchen_store.save(work.conn, cantine, kitchen)
    to_come = sitting_store.lock(work.conn, sitting_store.ids_of_cantine_to_come(work.conn, cantine, work.now)).values()
    changed: list[Changed] = []
    answers: list[Claim] = []
    followers = [planned for planned in to_come if not planned.is_over(work.now)]
    replanned = replan(work, [(planned, planned.plan) for planned in followers], kitchen, found.zone)
    for planned, (after, told) in zip(followers, replanned, strict=True):
        if after != planned:
            changed.append((planned, after))
            answers += told
    conclude(work, changed, answers, public_url, by.through(Cause.KITCHEN))
    return len(changed)
