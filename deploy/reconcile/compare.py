"""The comparison: three ledgers are read side by side, in order, and each thing is judged by all that is said of it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby

from deploy.reconcile.bookings import compare_booking
from deploy.reconcile.findings import Facts, Finding, Group
from deploy.reconcile.letters import GIVEN_UP, NOT_WANTED, ON_THEIR_WAY, compare_letters
from deploy.reconcile.sittings import compare_sitting
from shared.contracts.routes import NOTIFICATIONS
from shared.ledger.ledger import Ledger
from shared.ledger.lines import BOOKING, SITTING, Line
from shared.ledger.pending import ON_ITS_WAY

_RULES = {BOOKING: (compare_booking, compare_letters), SITTING: (compare_sitting,)}


@dataclass
class Tally:
    """How many rows were compared, by service and what they are; in words, what is on its way and what was not sent."""

    rows: Counter[tuple[str, str]] = field(default_factory=Counter)
    on_its_way: Counter[str] = field(default_factory=Counter)
    not_sent: Counter[str] = field(default_factory=Counter)

    def count(self, service: str, line: Line) -> None:
        """Note one line."""
        facts = line.facts
        if line.what != ON_ITS_WAY:
            self.rows[service, line.what] += 1
            if line.what == "letter":
                self._count_letter(facts)
        elif facts["state"] == "parked":
            self.on_its_way[f"{facts['kind']} from {facts['sender']}, parked in {service}"] += 1
        else:
            self.on_its_way[f"{facts['kind']} from {service} to {facts['to']}, {facts['state']}"] += 1

    def _count_letter(self, facts: Facts) -> None:
        if facts["state"] in ON_THEIR_WAY:
            self.on_its_way["letter, due"] += 1
        elif facts["state"] in GIVEN_UP and facts["reason"] != NOT_WANTED:
            self.not_sent[f"{facts['state']}: {facts['reason']}"] += 1


def compare(ledgers: Iterable[Ledger], tally: Tally) -> Iterator[Finding]:
    """What differs, thing by thing. The ledgers are read once; only one thing is in memory at a time."""
    ledgers = list(ledgers)
    at = next(ledger.at for ledger in ledgers if ledger.service == NOTIFICATIONS)
    told = merge(*(_signed(ledger) for ledger in ledgers), key=lambda one: one[1].place)
    for (about, thing), lines in groupby(told, key=lambda one: one[1].place):
        group = Group(about, thing, at, list(lines))
        for service, line in group.lines:
            tally.count(service, line)
        for rule in _RULES.get(about, ()):
            yield from rule(group)


def _signed(ledger: Ledger) -> Iterator[tuple[str, Line]]:
    return ((ledger.service, line) for line in ledger.lines)
