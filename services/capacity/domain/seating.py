"""The decision: who gets a seat.

A party is seated as a whole or not at all. Requests are applied in order of arrival, one after the other: each puts its
claim in line, and the line is walked at once, so a seat that comes free goes to the next in the same decision.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.capacity.domain.claims import Claim
from services.capacity.domain.places import Limits, Needs, Scarce, Sitting, needs, nowhere
from services.capacity.domain.waitlist import Line
from shared.contracts.party import NOBODY
from shared.contracts.seats import KeptAnswer, SeatsRequest, Standing, Why
from shared.contracts.sitting import SittingStatus, WaitlistPolicy

__all__ = ["Claim", "Decision", "Limits", "Needs", "Scarce", "Seating", "Sitting", "decide", "nowhere", "reach"]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """How the sitting stands now, and the claims to keep and to answer: each with a revision still to be raised.

    `promoted` are the bookings to which places went that had come free, as the policy wants it.
    """

    sitting: Sitting
    answers: tuple[Claim, ...]
    promoted: tuple[str, ...] = ()


def decide(sitting: Sitting, claims: Iterable[Claim], requests: Sequence[SeatsRequest], now: datetime) -> Decision:
    """Apply requests, in order of arrival.

    `claims` are those of the requests as far as they exist, and those that wait: at least all who also hold a seat, and
    the first `reach` of each other queue (under the policy *fill*: of each size of party).
    """
    seating = Seating(sitting, claims)
    for request in requests:
        seating.answer(request, now)
    return seating.decision()


def reach(sitting: Sitting, claims: Iterable[Claim]) -> int:
    """How many of each queue a decision may look at, if it starts from these claims (the requested ones, and those who
    wait and hold a seat): one for each seat that can come free, and those who may leave the queue. Where seats depend
    on cooks, more of them may free all that the room has; and cooks who bring their seats need only a cook place.
    """
    claims = list(claims)
    free = sitting.seats_left
    if sitting.confirmed_only:
        free = max(free, sitting.kitchen.ceiling - sitting.held) + sitting.cook_places_left
    return free + sum(claim.held.seats for claim in claims) + len(claims)


class Seating:
    """A decision in the making."""

    def __init__(self, sitting: Sitting, claims: Iterable[Claim]) -> None:
        self.sitting = sitting
        self._claims = {claim.booking: claim for claim in claims}
        self._line = Line(self._claims.values(), sitting.policy)
        self._answers: dict[str, Claim] = {}
        self._promoted: list[str] = []

    def decision(self) -> Decision:
        """What was decided."""
        return Decision(sitting=self.sitting, answers=tuple(self._answers.values()), promoted=tuple(self._promoted))

    def answer(self, request: SeatsRequest, now: datetime) -> None:
        """Apply one request."""
        asked_at = min(request.asked_at, now)
        claim = self._claims.get(request.thing) or Claim(
            booking=request.thing, sitting=self.sitting.id, asked_at=asked_at
        )
        if request.last_answer and request.last_answer.revision > claim.revision:
            claim = self._remember(claim, request.last_answer)
        claim = replace(claim, request_revision=request.revision, asked_at=asked_at, why=None)
        if not request.party.seats:
            self.put(claim.released())
        elif claim.held.seats and not needs(claim.held, request.party):
            self.put(claim.seated(request.party))
        else:
            waits_for_no_more = bool(claim.waits_for) and not needs(claim.wished, request.party)
            claim = claim.in_line(request.party)
            why = self._impossible() or (None if waits_for_no_more else self._refusal(claim))
            self.put(claim.refused(why) if why else claim)
        self.walk(present=request.thing)
        if self.sitting.waitlist_closed:
            self.close_line()

    def put(self, claim: Claim) -> None:
        """Keep this claim instead of what it was, and answer it."""
        before = self._claims.get(claim.booking)
        waited = bool(before and before.waits_for)
        self.sitting = replace(
            self.sitting.reseated(before.held if before else NOBODY, claim.held),
            waitlist_length=self.sitting.waitlist_length + bool(claim.waits_for) - waited,
        )
        self._claims[claim.booking] = self._answers[claim.booking] = claim
        self._line.join(claim)

    def walk(self, present: str | None = None) -> None:
        """Seat everybody in line whom the policy admits; `present` is the booking that has just asked."""
        if self.sitting.status is not SittingStatus.OPEN:
            return
        blocked: Needs = frozenset()

        def admits(claim: Claim) -> bool:
            if self.sitting.policy is WaitlistPolicy.FILL:
                return not self.sitting.lacking(claim.held, claim.wished)
            return not claim.waits_for & blocked

        while claim := self._line.first(admits):
            lacking = self.sitting.lacking(claim.held, claim.wished, held_up=blocked)
            if Scarce.SEATS in lacking:
                blocked |= {Scarce.SEATS} | (claim.waits_for & {Scarce.OWN_SEATS})
            elif lacking:
                blocked |= lacking
            else:
                self.put(claim.seated(claim.wished))
                if claim.booking != present:
                    self._promoted.append(claim.booking)
                blocked = frozenset()  # a party that takes fewer cook places but more seats frees some for others

    def close_line(self) -> None:
        """Nobody waits any longer."""
        for claim in self._line.all():
            self.put(claim.refused(Why.WAITLIST_CLOSED))

    def refuse_who_can_never_fit(self) -> None:
        """Nobody waits in vain, or holds up others, for more places than there are."""
        for claim in self._line.all():
            if self._can_never_fit(claim):
                self.put(claim.refused(Why.PARTY_TOO_LARGE))

    def _remember(self, claim: Claim, answer: KeptAnswer) -> Claim:
        """Honour an answer that capacity gave and forgot (its database was restored from an older copy)."""
        claim = replace(claim, revision=answer.revision)
        if not self.sitting.exists or self.sitting.status is SittingStatus.CANCELLED:
            return claim
        if answer.held.seats:
            claim = claim.seated(answer.held)
        elif claim.held.seats:
            claim = replace(claim, standing=Standing.WAITLISTED, held=NOBODY)
        self.put(claim)
        self.sitting = self.sitting.overhanging()
        return claim

    def _impossible(self) -> Why | None:
        """Why nobody can come, if so."""
        if not self.sitting.exists:
            return Why.UNKNOWN_SITTING
        return Why.SITTING_CANCELLED if self.sitting.status is SittingStatus.CANCELLED else None

    def _refusal(self, claim: Claim) -> Why | None:
        """Why a claim that asks for more may not even wait, if so. Who stands in line may go on waiting for no more."""
        if claim.asked_at >= self.sitting.cutoff_at:
            return Why.PAST_CUTOFF
        if self.sitting.status is SittingStatus.CLOSED:
            return Why.SITTING_CLOSED
        if self._can_never_fit(claim):
            return Why.PARTY_TOO_LARGE
        return None

    def _can_never_fit(self, claim: Claim) -> bool:
        return bool(self.sitting.too_few_for(claim.wished) & needs(claim.held, claim.wished))
