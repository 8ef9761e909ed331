"""Whether the three services of a house agree, as `python -m deploy.reconcile` would say."""

from contextlib import ExitStack

from deploy.reconcile.compare import Tally, compare
from deploy.reconcile.findings import Finding
from deploy.reconcile.report import in_words
from tests.stories.house import House


def look(house: House) -> tuple[list[Finding], Tally]:
    """What differs, and what was compared."""
    tally = Tally()
    with ExitStack() as stack:
        ledgers = [stack.enter_context(part.ledger()) for part in house.parts.values()]
        return list(compare(ledgers, tally)), tally


def differences(house: House) -> list[str]:
    """What differs, in words."""
    return [in_words(finding) for finding in look(house)[0]]
