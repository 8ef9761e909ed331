"""The waiting list and its policy.

*strict*: in order of asking, and nobody passes somebody who waits for the same scarce thing. Whoever must wait for
seats holds up all later ones who need seats; whoever has only cook places to wait for holds up those who need cook
places.

*fill*: the first for whom it is enough. A small party may pass a large one, which may wait longer.
"""

import heapq
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from itertools import count

from services.capacity.domain.claims import Claim
from shared.contracts.sitting import WaitlistPolicy


class Line:
    """Who waits, in order.

    Those who are alike to the policy stand in one queue: who need the same things (strict), or as much of them (fill).
    If its first cannot be seated, none of that queue can. So looking at the line costs the same however long it is.
    """

    def __init__(self, claims: Iterable[Claim], policy: WaitlistPolicy) -> None:
        self._queue_of: Callable[[Claim], Hashable] = _needs if policy is WaitlistPolicy.STRICT else _size
        self._waiting: dict[str, Claim] = {}
        self._queues: dict[Hashable, list[tuple[datetime, str, int, Claim]]] = {}
        self._number = count()
        for claim in claims:
            self.join(claim)

    def join(self, claim: Claim) -> None:
        """Stand in line if there is something to wait for; in any case no longer with an earlier wish."""
        self._waiting.pop(claim.booking, None)
        if claim.waits_for:
            self._waiting[claim.booking] = claim
            queue = self._queues.setdefault(self._queue_of(claim), [])
            heapq.heappush(queue, (*claim.place, next(self._number), claim))

    def first(self, admits: Callable[[Claim], bool]) -> Claim | None:
        """The first in line who is admitted; who are alike to the policy are admitted alike."""
        heads = map(self._head, self._queues.values())
        return min((head for head in heads if head and admits(head)), key=lambda claim: claim.place, default=None)

    def all(self) -> list[Claim]:
        """Everybody in line, in order."""
        return sorted(self._waiting.values(), key=lambda claim: claim.place)

    def _head(self, queue: list[tuple[datetime, str, int, Claim]]) -> Claim | None:
        while queue and self._waiting.get(queue[0][1]) is not queue[0][-1]:
            heapq.heappop(queue)
        return queue[0][-1] if queue else None


def _needs(claim: Claim) -> Hashable:
    return claim.waits_for


def _size(claim: Claim) -> Hashable:
    held, wished = claim.held, claim.wished
    return bool(held.seats), wished.seats - held.seats, wished.cooks - held.cooks
