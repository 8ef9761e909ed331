"""A coordinator chooses when guests are reminded of the meals of a cantine, and written to after them."""

from dataclasses import replace

from services.capacity.domain.hours import HourBefore
from services.capacity.domain.reminders import reminding
from services.capacity.domain.staff import UnknownCantine
from services.capacity.store import cantines
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.conclude import say_sittings
from shared.messaging.service import UnitOfWork


def choose_reminders(
    work: UnitOfWork, slug: str, when: HourBefore, *, morning_sms: bool = False, thanks: bool = False
) -> None:
    """Choose it for all meals to come. Raises FlawedReminders, UnknownCantine.

    Each is said anew, for its notice carries the hour: so whoever hears of a meal knows it, and reminders that wait are
    planned again.
    """
    cantine = cantines.lock(work.conn, slug)
    if cantine is None:
        raise UnknownCantine
    chosen = reminding(cantine, when, morning_sms=morning_sms, thanks=thanks)
    ids = sitting_store.ids_of_cantine_to_come(work.conn, slug, work.now)
    planned = sitting_store.lock(work.conn, ids).values()
    sittings = [replace(one, revision=work.next_revision(one.revision)) for one in planned]
    cantines.save(work.conn, chosen)
    sitting_store.save(work.conn, sittings)
    say_sittings(work, sittings)
