"""The network gains a cantine."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from services.capacity.domain.cantines import FlawedCantine, checked
from services.capacity.domain.reminders import like_in_reminders
from services.capacity.store import cantines as cantine_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.conclude import say_sittings
from shared.contracts.sitting import Cantine
from shared.messaging.service import UnitOfWork


def add_cantine(work: UnitOfWork, cantine: Cantine) -> None:
    """Add a cantine, or change what is known of it: its meals to come are said anew then.

    When it reminds stays as it was chosen. Raises FlawedCantine, and ZoneInfoNotFoundError for a zone that is unknown.
    """
    ZoneInfo(cantine.zone)
    now = checked(cantine)
    known = cantine_store.lock(work.conn, cantine.slug)
    if known:
        now = like_in_reminders(now, known)
    if now == known:
        return
    to_come = sitting_store.lock(work.conn, sitting_store.ids_of_cantine_to_come(work.conn, cantine.slug, work.now))
    if known and known.zone != now.zone and to_come:
        raise FlawedCantine("zone", "The time zone cannot change while meals are to come: each would move.")
    sittings = [replace(one, revision=work.next_revision(one.revision)) for one in to_come.values()]
    cantine_store.save(work.conn, now)
    sitting_store.save(work.conn, sittings)
    say_sittings(work, sittings)
