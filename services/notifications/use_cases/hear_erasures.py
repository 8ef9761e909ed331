"""Guests wished to be forgotten: what leads to them is taken away, and a journal of it is kept and said to booking."""

from collections.abc import Mapping, Sequence

from services.notifications.store import erasing
from shared.contracts.erasure import Erased, Erasure
from shared.contracts.reply import CONTACT
from shared.links import Links
from shared.messaging.service import Service, UnitOfWork
from shared.purge import KEPT

JOURNAL_KEPT = 2 * KEPT  # no copy of a database should be kept longer than KEPT


def hear_erasures(work: UnitOfWork, links: Links, heard: Sequence[Erasure]) -> None:
    """Look among all contacts for those that were meant: what stands for them leads to nobody."""
    before = {one.thing: one.erased_at for one in heard}
    for address in sorted(erasing.every_contact(work.conn)):
        instants = [before[mark] for mark in links.marks(CONTACT, address.casefold()) if mark in before]
        if instants:
            erasing.erase(work.conn, address, max(instants))
    _say(work, [Erased(thing=one.thing, revision=work.next_revision(), erased_at=one.erased_at) for one in heard])


def say_all_erased(service: Service) -> int:
    """Say again who was erased. Returns how many."""
    with service.work() as work:
        done = erasing.journal(work.conn)
        for one in done.values():
            work.say(one)
        return len(done)


def leave_erased(work: UnitOfWork, kept: Mapping[str, int]) -> None:
    """Booking has heard of later erasures than we keep: it says so itself, when it says all again."""


def forget_journal(service: Service) -> int:
    """Forget who was erased, once no copy knows them any more. Returns how many."""
    with service.work() as work:
        return erasing.forget_journal(work.conn, work.now - JOURNAL_KEPT)


def _say(work: UnitOfWork, done: Sequence[Erased]) -> None:
    erasing.keep_journal(work.conn, done)
    for one in done:
        work.say(one)
