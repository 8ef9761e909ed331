"""Whether the three services agree at the end of a campaign: what `python -m deploy.reconcile` finds."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from deploy.reconcile.compare import Tally, compare
from deploy.reconcile.ledgers import from_databases
from deploy.reconcile.report import in_words


@dataclass(frozen=True)
class Reconciled:
    """What differs, in words; how many rows were compared; what was still on its way; which letters were given up."""

    differences: tuple[str, ...]
    rows: int
    on_its_way: Mapping[str, int]
    given_up: Mapping[str, int]

    @property
    def at_rest(self) -> bool:
        """Whether nothing differs and nothing is on its way."""
        return not self.differences and not self.on_its_way


def reconciled(env: Mapping[str, str], *, within: float = 0.0) -> Reconciled:
    """Compare the services of this environment, again and again until they are at rest, for so many seconds."""
    until = time.monotonic() + within
    while not (found := _look(env)).at_rest and time.monotonic() < until:
        time.sleep(0.5)
    return found


def _look(env: Mapping[str, str]) -> Reconciled:
    tally = Tally()
    with from_databases(env) as ledgers:
        differences = tuple(in_words(finding) for finding in compare(ledgers, tally))
    return Reconciled(differences, tally.rows.total(), tally.on_its_way, tally.not_sent)
