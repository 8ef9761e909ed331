"""The waiting list and its policy.

*strict*: in order of asking, and nobody passes somebody who waits for the same scarce thing. Whoever must wait for
seats holds up all later ones who need seats; whoever has only cook places to wait for holds up those who need cook
places.

*fill*: the first for whom it is enough. A small party may pass a large one, which may wait longer.

Seats that are kept for one kind of booking are a scarce thing of its own. So who waits for a seat does not hold up a
newcomer for whom one is kept; but a newcomer who finds none there waits for those of all others too, in their turn.
"""

import heapq
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from itertools import count

from services.capacity.domain.claims import Claim
from services.capacity.domain.places import Needs, Scarce, Spare
from shared.contracts.sitting import WaitlistPolicy


class Line:
    """Who waits, in order.

    Those who are alike to the policy stand in one queue: who need the same things (strict), or as much of them (fill).
    If its first cannot be seated, none of that queue can. So looking at the line costs the same however long it is.
    Who has another `pool` of seats stands in another queue.
    """

    def __init__(
        self, claims: Iterable[Claim], policy: WaitlistPolicy, pool: Callable[[str | None], str | None]
    ) -> None:
        self._alike: Callable[[Claim], Hashable] = _needs if policy is WaitlistPolicy.STRICT else _size
        self._pool = pool
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
            queue = self._queues.setdefault((self._pool(claim.kind), self._alike(claim)), [])
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


class HeldUp:
    """Under *strict*: what is held up, while the line is walked, for those who could not be seated."""

    def __init__(self) -> None:
        self._things: set[tuple[Scarce, str | None]] = set()

    def holds_up(self, claim: Claim, pool: str | None) -> bool:
        """Whether somebody waits before this claim for the same thing."""
        if (Scarce.MEALS, pool) in self._things:
            return True
        return any((thing, _whose(thing, pool)) in self._things for thing in claim.waits_for)

    def spares(self, pool: str | None) -> Spare:
        """Which free seats are held up for nobody who waits before."""
        if (Scarce.SEATS, pool) in self._things:
            return Spare.NONE
        return Spare.KEPT if (Scarce.SEATS, None) in self._things else Spare.ALL

    def wait(self, claim: Claim, pool: str | None, lacking: Needs) -> None:
        """This claim waits now, for what it lacks first."""
        if Scarce.MEALS in lacking:
            self._things.add((Scarce.MEALS, pool))
        elif Scarce.SEATS in lacking:
            things = {Scarce.SEATS} | (claim.waits_for & {Scarce.OWN_SEATS})
            self._things |= {(thing, whose) for thing in things for whose in (pool, None)}
        else:
            self._things |= {(thing, _whose(thing, pool)) for thing in lacking}


def _whose(thing: Scarce, pool: str | None) -> str | None:
    return None if thing is Scarce.COOK_PLACES else pool


def _needs(claim: Claim) -> Hashable:
    return claim.waits_for


def _size(claim: Claim) -> Hashable:
    held, wished = claim.held, claim.wished
    return bool(held.seats), wished.seats - held.seats, wished.cooks - held.cooks
