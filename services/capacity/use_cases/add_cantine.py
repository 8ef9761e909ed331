"""The network gains a cantine."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from services.capacity.domain.cantines import checked
from services.capacity.store import cantines as cantine_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.conclude import say_sittings
from shared.contracts.sitting import Cantine
from shared.messaging.service import UnitOfWork


def add_cantine(work: UnitOfWork, cantine: Cantine) -> None:
    """Add a cantine, or change what is known of it: its sittings are said anew then.

    Raises FlawedCantine, and ZoneInfoNotFoundError for a zone that does not exist.
    """
    ZoneInfo(cantine.zone)
    known, now = cantine_store.some(work.conn, [cantine.slug]).get(cantine.slug), checked(cantine)
    if now == known:
        return
    ids = sitting_store.ids_of_cantine(work.conn, cantine.slug)
    sittings = [
        replace(one, revision=work.next_revision(one.revision)) for one in sitting_store.lock(work.conn, ids).values()
    ]
    cantine_store.save(work.conn, now)
    sitting_store.save(work.conn, sittings)
    say_sittings(work, sittings)
