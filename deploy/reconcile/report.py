"""What the comparison says to the operator."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from deploy.reconcile.compare import Tally
from deploy.reconcile.findings import Finding


def in_words(finding: Finding) -> str:
    """One difference, on one line."""
    says = "; ".join(f"{who}: {_value(value)}" for who, value in finding.says)
    hint = " (a message about it is on its way)" if finding.on_its_way else ""
    return f"{finding.about} {finding.thing}: {finding.what}: {says}{hint}"


def summary(tally: Tally, differences: int) -> Iterator[str]:
    """What was compared, what is on its way, and how many differences there are."""
    rows = ", ".join(f"{count} × {service}'s {what}" for (service, what), count in sorted(tally.rows.items()))
    yield f"Compared {tally.rows.total()} rows: {rows or 'none'}."
    if tally.not_sent:
        yield f"Letters given up: {_counted(tally.not_sent)}."
    if tally.on_its_way:
        yield f"On its way: {_counted(tally.on_its_way)}. A difference may be gone in a moment: look again."
    yield {0: "Nothing differs.", 1: "1 difference."}.get(differences, f"{differences} differences.")


def _counted(counter: Counter[str]) -> str:
    return ", ".join(f"{count} × {name}" for name, count in sorted(counter.items()))


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
