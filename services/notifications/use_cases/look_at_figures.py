"""How many letters there were, for administrators: by kind and by day, also of those that are forgotten."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.notifications.domain.letter import TO_PHONE, Channel, LetterState
from services.notifications.store import counting
from services.notifications.store.counting import Count
from shared.messaging.service import Service

_LEFT = frozenset({LetterState.SENT, LetterState.DELIVERED, LetterState.RETURNED, LetterState.COMPLAINED})


@dataclass(frozen=True, kw_only=True)
class Sum:
    """How many letters left, by channel; how many of them were told to have been delivered, to have come back, or to
    have been called spam; how many could only be spoken (`to_phone`), how many failed, and were given up. The SMS were
    paid as so many `parts`, and cost so many `cents` (rounded up), as far as a price was set.
    """

    by_email: int
    by_sms: int
    parts: int
    cents: int
    delivered: int
    returned: int
    complained: int
    to_phone: int
    failed: int
    dropped: int


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The letters since a day: all of them, by kind (most first), and by day (latest first)."""

    first: date
    all: Sum
    kinds: Sequence[tuple[str, Sum]]
    days: Sequence[tuple[date, Sum]]


def look_at_figures(service: Service, days: int) -> Figures:
    """Those of so many days, with today."""
    with service.read() as conn:
        today = service.clock.now(conn).date()
        first = today - timedelta(days=days - 1)
        counts = [
            one
            for one in counting.since(conn, first)
            if one.state is not LetterState.PLANNED and one.day <= today  # given up before their day: not yet
        ]
    kinds: dict[str, list[Count]] = {}
    by_day: dict[date, list[Count]] = {}
    for one in counts:
        kinds.setdefault(one.kind, []).append(one)
        by_day.setdefault(one.day, []).append(one)
    by_size = sorted(kinds.items(), key=lambda kind: (-sum(one.count for one in kind[1]), str(kind[0])))
    return Figures(
        first=first,
        all=_sum(counts),
        kinds=[(kind, _sum(theirs)) for kind, theirs in by_size],
        days=[(day, _sum(theirs)) for day, theirs in sorted(by_day.items(), reverse=True)],
    )


def _sum(counts: Iterable[Count]) -> Sum:
    found: Counter[str] = Counter()
    for one in counts:
        found[one.state] += one.count
        found["parts"] += one.parts
        found["cost"] += one.cost
        if one.state in _LEFT:
            found[one.channel] += one.count
    return Sum(
        by_email=found[Channel.EMAIL],
        by_sms=found[Channel.SMS],
        parts=found["parts"],
        cents=-(-found["cost"] // 100),
        delivered=found[LetterState.DELIVERED] + found[LetterState.COMPLAINED],
        returned=found[LetterState.RETURNED],
        complained=found[LetterState.COMPLAINED],
        to_phone=found[TO_PHONE],
        failed=found[LetterState.FAILED],
        dropped=found[LetterState.DROPPED],
    )
