"""The waiting list and its policy.

The policy is *strict*: in order of asking, and nobody passes somebody who waits for the same scarce thing. Whoever must
wait for seats holds up all later ones who need seats; whoever has only cook places to wait for holds up those who need
cook places.
"""

import heapq
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import count

from services.capacity.domain.claims import Claim
from services.capacity.domain.places import Needs, Scarce


class Line:
    """Who waits, in order.

    Those who need the same things stand in one queue; if its first cannot be seated, none of that queue can. So looking
    at the line costs the same however long it is.
    """

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._waiting: dict[str, Claim] = {}
        self._queues: dict[Needs, list[tuple[datetime, str, int, Claim]]] = {}
        self._number = count()
        for claim in claims:
            self.join(claim)

    def join(self, claim: Claim) -> None:
        """Stand in line if there is something to wait for; in any case no longer with an earlier wish."""
        self._waiting.pop(claim.booking, None)
        if claim.waits_for:
            self._waiting[claim.booking] = claim
            queue = self._queues.setdefault(claim.waits_for, [])
            heapq.heappush(queue, (*claim.place, next(self._number), claim))

    def first(self, blocked: AbstractSet[Scarce]) -> Claim | None:
        """The first in line who needs nothing of what is blocked."""
        heads = [self._head(queue) for needed, queue in self._queues.items() if not needed & blocked]
        return min((head for head in heads if head), key=lambda claim: claim.place, default=None)

    def all(self) -> list[Claim]:
        """Everybody in line, in order."""
        return sorted(self._waiting.values(), key=lambda claim: claim.place)

    def _head(self, queue: list[tuple[datetime, str, int, Claim]]) -> Claim | None:
        while queue and self._waiting.get(queue[0][1]) is not queue[0][-1]:
            heapq.heappop(queue)
        return queue[0][-1] if queue else None
