"""Guests wished to be forgotten: what leads to them is taken away, and a journal of it is kept and said to booking."""

from collections.abc import Sequence
from datetime import datetime

from services.notifications.store import erasing
from shared.contracts.erasure import Erased, Erasure
from shared.contracts.reply import CONTACT
from shared.links import Links
from shared.messaging.service import Service, UnitOfWork


def hear_erasures(work: UnitOfWork, links: Links, heard: Sequence[Erasure]) -> None:
    """Look among all contacts for those that were meant: what stands for them leads to nobody."""
    before = {one.thing: one.erased_at for one in heard}
    meant: dict[str, datetime] = {}
    for address in sorted(erasing.every_contact(work.conn)):
        instants = [before[mark] for mark in links.marks(CONTACT, address.casefold()) if mark in before]
        if instants:
            meant[address] = max(instants)
    erasing.lock(work.conn, meant)  # all at once, so that whoever locks some of them in their order is not waited for
    for address, instant in meant.items():
        erasing.erase(work.conn, address, instant)
    _say(work, [Erased(thing=one.thing, revision=work.next_revision(), erased_at=one.erased_at) for one in heard])


def say_all_erased(service: Service) -> int:
    """Say again who was erased. Returns how many."""
    with service.work() as work:
        return erasing.JOURNAL.say_all(work)


def _say(work: UnitOfWork, done: Sequence[Erased]) -> None:
    erasing.JOURNAL.keep(work.conn, done)
    for one in done:
        work.say(one)
