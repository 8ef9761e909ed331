"""The decision: who gets a seat.

A party is seated as a whole or not at all. Requests are applied in order of arrival, one after the other: each puts its
claim in line, and the line is walked at once, so a seat that comes free goes to the next in the same decision. Near the
cutoff it is kept for them, and they are asked: but not who has just asked, nor who comes in any case.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

from services.capacity.domain.allotments import NEWCOMERS
from services.capacity.domain.claims import Claim
from services.capacity.domain.groups import Groups
from services.capacity.domain.offers import AT_ONCE, asks_first, ends_at, is_over, is_shared
from services.capacity.domain.places import Limits, Needs, Scarce, Sitting, needs, nowhere
from services.capacity.domain.sharing import Asked, largest
from services.capacity.domain.waitlist import HeldUp, Line
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import Offer, OfferReply, SeatsRequest, Standing, Why
from shared.contracts.sitting import SittingStatus, WaitlistPolicy
from shared.copies import changed

__all__ = ["Claim", "Decision", "Limits", "Needs", "Scarce", "Seating", "Sitting", "decide", "nowhere", "reach"]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """How the sitting stands now, and the claims to keep and to answer: each with a revision still to be raised.

    `promoted` are the bookings to which places went that had come free, as the policy wants it. `passed` are the people
    for whom places were kept that nobody took: they never said that they would come.
    """

    sitting: Sitting
    answers: tuple[Claim, ...]
    promoted: tuple[str, ...] = ()
    passed: Party = NOBODY


def decide(
    sitting: Sitting,
    claims: Iterable[Claim],
    requests: Sequence[SeatsRequest],
    now: datetime,
    related: Iterable[Claim] = (),
) -> Decision:
    """Apply requests, in order of arrival.

    `claims` are those of the requests as far as they exist, those with an offer, and those that wait: at least all who
    also hold a seat, and the first `reach` of each other queue (under the policy *fill*: of each size of party) in each
    pool. `related` are those that share a contact or a partner with the requests, where the sitting has a cap for
    groups.
    """
    seating = Seating(sitting, claims, now, related)
    for request in requests:
        seating.answer(request)
    return seating.decision()


def reach(sitting: Sitting, claims: Iterable[Claim], now: datetime) -> int:
    """How many of each queue a decision may look at, if it starts from these claims (the requested ones, those with an
    offer, and those who wait and hold a seat): one for each seat that can come free, or several where a seat may be
    offered to several, and those who may leave the queue. Where seats depend on cooks, more of them may free all that
    the room has: whoever is seated needs a chair.
    """
    claims = list(claims)
    free = sitting.free_seats
    if sitting.confirmed_only:
        free = sitting.chairs_left
    free += sum(claim.taken.seats for claim in claims)
    return len(claims) + free * (AT_ONCE if is_shared(sitting, now) else 1)


class Seating:
    """A decision in the making."""

    def __init__(self, sitting: Sitting, claims: Iterable[Claim], now: datetime, related: Iterable[Claim] = ()) -> None:
        self.sitting = sitting.as_of(now)
        self._now = now
        self._claims = {claim.booking: claim for claim in claims}
        self._asked = Asked(self._claims, self.sitting.pool)
        self._groups = Groups([*related, *self._claims.values()], sitting.kitchen)
        self._line = Line(self._claims.values(), sitting.policy, self.sitting.pool)
        self._answers: dict[str, Claim] = {}
        self._promoted: list[str] = []
        self._passed = NOBODY  # for whom places were kept, and nobody said yes

    def decision(self) -> Decision:
        """What was decided."""
        untaken = min(self.sitting.untaken + self._passed.seats, self.sitting.seats_left)
        return Decision(
            sitting=changed(self.sitting, untaken=untaken),
            answers=tuple(self._answers.values()),
            promoted=tuple(self._promoted),
            passed=self._passed,
        )

    def answer(self, request: SeatsRequest) -> None:
        """Apply one request."""
        asked_at = min(request.asked_at, self._now)
        claim = self._claims.get(request.thing) or Claim(
            booking=request.thing, sitting=self.sitting.id, asked_at=asked_at
        )
        claim = changed(claim, group=request.group or claim.group, kind=_kind(request) or claim.kind)
        if request.last_answer and request.last_answer.revision > claim.revision:
            claim = self._remember(claim, request)
        told = claim.why if _says_the_same_again(claim, request) else None
        claim = changed(claim, request_revision=request.revision, asked_at=asked_at, why=None, meals_left=None)
        if told in _FOR_GOOD and claim.standing is Standing.REFUSED:
            self.put(claim.refused(told))
        elif not request.party.seats:
            self.put(claim.released())
        elif claim.held.seats and not needs(claim.held, request.party):
            self.put(changed(claim.seated(request.party), why=told))
        elif request.reply and not request.reply.accepted and not claim.held.seats:
            self.put(claim.refused(self._impossible() or Why.OFFER_DECLINED))
        elif claim.offer and not needs(claim.wished, request.party) and not self._says_too_late(claim.offer, request):
            self._answer_asked(claim, claim.offer, request)
        else:
            self._ask_for_more(claim, request, told)
        self.walk(present=request.thing)
        if self.sitting.waitlist_closed:
            self.close_line()

    def put(self, claim: Claim) -> None:
        """Keep this claim instead of what it was, and answer it."""
        before = self._claims.get(claim.booking)
        if before and before.offer and before.offer != claim.offer:
            self._note_untaken(before, claim)
            self._keep_places_for(before.offer, without=claim.booking)
        waited = bool(before and before.waits_for)
        was_asked = bool(before and before.offer)
        self.sitting = changed(
            self.sitting.reseated(before.taken if before else NOBODY, claim.taken),
            waitlist_length=self.sitting.waitlist_length + bool(claim.waits_for) - waited,
            offered=self.sitting.offered + bool(claim.offer) - was_asked,
            taken_by=_taken_by(self.sitting.taken_by, before, claim),
        )
        self._claims[claim.booking] = self._answers[claim.booking] = claim
        self._line.join(claim)
        self._asked.note(before, claim)
        self._groups.note(claim)

    def walk(self, present: str | None = None) -> None:
        """Seat everybody in line whom the policy admits, or ask them; `present` is the booking that has just asked."""
        if self.sitting.status is not SittingStatus.OPEN:
            return
        held_up = HeldUp()
        is_closed = self._now >= self.sitting.cutoff_at

        def admits(claim: Claim) -> bool:
            if is_closed and claim.booking != present and not self._makes_meals(claim):
                return False  # nobody is given a place for tomorrow unasked, nor asked any more
            if self.sitting.policy is WaitlistPolicy.FILL:
                return not self.sitting.lacking(claim.held, claim.wished, claim.kind)
            return not held_up.holds_up(claim, self.sitting.pool(claim.kind))

        while claim := self._line.first(admits):
            pool = self.sitting.pool(claim.kind)
            if lacking := self.sitting.lacking(claim.held, claim.wished, claim.kind, held_up.spares(pool)):
                held_up.wait(claim, pool, lacking)
            else:
                self._give(claim, present)
                held_up = HeldUp()  # a party that takes fewer cook places but more seats frees some for others
        self._ask_others_too()

    def close_line(self) -> None:
        """Nobody waits any longer."""
        for claim in self._line.all():
            self.put(claim.refused(Why.WAITLIST_CLOSED))

    def refuse_who_can_never_fit(self) -> None:
        """Nobody waits in vain, or holds up others, for more places than there are."""
        for claim in self._line.all():
            if self._can_never_fit(claim):
                self.put(claim.refused(Why.PARTY_TOO_LARGE))

    def _note_untaken(self, before: Claim, claim: Claim) -> None:
        """The last who had an offer leaves without a place: nobody took the seats that were kept."""
        leaves = not (claim.offer or claim.held.seats or claim.waits_for)
        if before.offer and leaves and len(self._asked.who_have(before.offer)) == 1:
            kept, others = before.kept, self._passed
            self._passed = Party(cooks=kept.cooks + others.cooks, eaters=kept.seats - kept.cooks + others.eaters)

    def seat_cooks_who_are_asked(self) -> None:
        """From the hour on only who cooks makes meals: a cook who has not said yes yet makes them by being seated, as
        those who come next are; who may share that offer stands in line again.
        """
        for one in sorted(self._claims.values(), key=lambda claim: claim.place):
            claim = self._claims[one.booking]
            if claim.offer and self._makes_meals(claim):
                self._take_from_others(claim, claim.offer)
                self.put(claim.seated(claim.wished))

    def _answer_asked(self, claim: Claim, offer: Offer, request: SeatsRequest) -> None:
        """Who has an offer says yes, in time; or something else for which it stands."""
        if _says_yes(offer, request.reply):
            self._take_from_others(claim, offer)
            self.put(claim.seated(request.party))
        else:
            self.put(changed(claim, wished=request.party))
            self._keep_places_for(offer)

    def _take_from_others(self, claim: Claim, offer: Offer) -> None:
        """The places of an offer go to this claim alone."""
        for other in self._asked.who_have(offer):
            if other.booking != claim.booking:
                self.put(self._in_line_again(other))

    def _in_line_again(self, claim: Claim) -> Claim:
        """Somebody else has taken the places that a claim was offered."""
        waits = claim.in_line(claim.wished, Why.OFFER_TAKEN)
        return claim.refused(Why.PARTY_TOO_LARGE) if self._can_never_fit(waits) else waits

    def _ask_for_more(self, claim: Claim, request: SeatsRequest, told: Why | None) -> None:
        """Stand in line, if that is possible; who says yes after another was faster is told why they wait."""
        waits_for_no_more = bool(claim.waits_for) and not needs(claim.wished, request.party)
        claim = claim.in_line(request.party, told if waits_for_no_more and told is Why.OFFER_TAKEN else None)
        why = self._impossible() or (None if waits_for_no_more else self._refusal(claim, request.reply))
        if why is Why.MEALS_USED_UP:
            claim = changed(claim, meals_left=self.sitting.meals_left(claim.kind))
        self.put(claim.refused(why) if why else claim)

    def _give(self, claim: Claim, present: str | None) -> None:
        """Places for who is next in line; they are only kept, if it is better to ask first."""
        if claim.booking == present or claim.held.seats or self._makes_meals(claim) or not self._asks_first:
            self.put(claim.seated(claim.wished))
        else:
            offer = Offer(
                id=uuid5(NAMESPACE_OID, f"{claim.booking} {self._now.isoformat()}").hex,
                until=ends_at(self.sitting, self._now),
            )
            self.put(claim.offered(offer, kept=largest([claim.wished])))
        if claim.booking != present:
            self._promoted.append(claim.booking)

    @property
    def _asks_first(self) -> bool:
        return asks_first(self.sitting, self._now)

    def _makes_meals(self, claim: Claim) -> bool:
        """Whether others can eat because they cook: who may yet say no makes no meals, and they are needed now."""
        return self.sitting.confirmed_only and claim.wished.cooks > 0

    def _ask_others_too(self) -> None:
        """Where there are no places for them alone, those who wait may share the offers of others."""
        if is_shared(self.sitting, self._now):
            while claim := self._line.first(self._can_share):
                offer = self._asked.with_room_for(claim, self._now)
                assert offer
                self.put(claim.offered(offer, kept=NOBODY))

    def _can_share(self, claim: Claim) -> bool:
        return (
            not (claim.held.seats or self._makes_meals(claim))
            and self._asked.with_room_for(claim, self._now) is not None
        )

    def _keep_places_for(self, offer: Offer, without: str | None = None) -> None:
        """The places of an offer are kept once, with the first who has it: as many as the largest party needs.

        They pass on before who kept them leaves (`without`): what was released would have shrunk the overhang.
        """
        asked = [claim for claim in self._asked.who_have(offer) if claim.booking != without]
        for number, claim in enumerate(asked):
            kept = NOBODY if number else largest(one.wished for one in asked)
            if claim.kept != kept:
                self.put(changed(claim, kept=kept))

    def _says_too_late(self, offer: Offer, request: SeatsRequest) -> bool:
        """Whether this is a yes after the end of the offer, of which nobody has taken note so far."""
        reply = request.reply
        return bool(reply and reply.accepted and reply.offer == offer.id and is_over(offer, reply.at))

    def _remember(self, claim: Claim, request: SeatsRequest) -> Claim:
        """Honour an answer that capacity gave and forgot (its database was restored from an older copy)."""
        answer = request.last_answer
        assert answer
        claim = changed(claim, revision=answer.revision)
        if self.sitting.status is SittingStatus.CANCELLED:
            return claim
        if answer.held.seats:  # also at a sitting that is lost: nobody confirmed hears that they have no place
            claim = changed(claim.seated(answer.held), why=answer.why)
        elif not self.sitting.exists:
            return claim
        elif answer.standing is Standing.REFUSED and answer.why in _FOR_GOOD:
            claim = changed(claim, held=NOBODY, wished=request.party, asked_at=request.asked_at).refused(answer.why)
        elif answer.offer and self._still_stands(answer.offer, request.reply):
            claim = changed(claim, held=NOBODY, wished=request.party).offered(answer.offer, largest([request.party]))
            claim = claim.seated(claim.wished) if self._makes_meals(claim) else claim
        elif claim.taken.seats:
            claim = changed(claim, held=NOBODY).in_line(claim.wished)
        self.put(claim)
        if claim.offer:
            self._keep_places_for(claim.offer)
        self.sitting = self.sitting.overhanging()
        return self._claims[claim.booking]

    def _still_stands(self, offer: Offer, reply: OfferReply | None) -> bool:
        return _says_yes(offer, reply) or not is_over(offer, self._now)

    def _impossible(self) -> Why | None:
        """Why nobody can come, if so."""
        if not self.sitting.exists:
            return Why.UNKNOWN_SITTING
        return Why.SITTING_CANCELLED if self.sitting.status is SittingStatus.CANCELLED else None

    def _refusal(self, claim: Claim, reply: OfferReply | None) -> Why | None:
        """Why a claim that asks for more may not even wait, if so. Who stands in line may go on waiting for no more."""
        asked_at = max(claim.asked_at, min(reply.at, self._now)) if reply else claim.asked_at
        if asked_at >= self.sitting.cutoff_at and not self._is_called_for(claim, asked_at):
            return Why.PAST_CUTOFF
        if self.sitting.status is SittingStatus.CLOSED:
            return Why.SITTING_CLOSED
        if self._can_never_fit(claim) or self._is_too_large(claim):
            return Why.PARTY_TOO_LARGE
        if claim.kind and Scarce.MEALS in self.sitting.lacking(claim.held, claim.wished, claim.kind):
            return Why.MEALS_USED_UP
        return Why.GROUP_TOO_LARGE if self._is_of_too_large_a_group(claim) else None

    def _is_called_for(self, claim: Claim, asked_at: datetime) -> bool:
        """Whether these are cooks, and cooks are called for: they are needed after the shopping too."""
        called_until, wished = self.sitting.called_until, claim.wished
        return called_until is not None and asked_at < called_until and wished.seats == wished.cooks

    def _is_too_large(self, claim: Claim) -> bool:
        """Whether the party grows beyond what one booking may be for."""
        most = self.sitting.kitchen.most_on_one_booking(claim.kind)
        return most is not None and claim.wished.seats > max(most, claim.held.seats)

    def _is_of_too_large_a_group(self, claim: Claim) -> bool:
        """Whether the party grows, and its group would have more people here than it may."""
        most = self.sitting.kitchen.cap_of_group(claim.kind)
        return most is not None and claim.wished.seats > claim.held.seats and self._groups.with_(claim) > most

    def _can_never_fit(self, claim: Claim) -> bool:
        return bool(self.sitting.too_few_for(claim.wished, claim.kind) & needs(claim.held, claim.wished))


def _kind(request: SeatsRequest) -> str | None:
    """Of which kind a booking is: who comes with a partner is that partner's, also for the first time."""
    return request.allotment or (NEWCOMERS if request.newcomer else None)


def _taken_by(before: Mapping[str, int], was: Claim | None, now: Claim) -> Mapping[str, int]:
    """How many seats each kind of booking has taken, when a claim becomes another."""
    if now.kind is None and (was is None or was.kind is None):
        return before
    taken = dict(before)
    for claim, sign in ((was, -1), (now, 1)):
        if claim and claim.kind:
            taken[claim.kind] = taken.get(claim.kind, 0) + sign * claim.taken.seats
    return {kind: seats for kind, seats in taken.items() if seats}


_FOR_GOOD = {Why.OFFER_EXPIRED, Why.OFFER_DECLINED, Why.WAITLIST_CLOSED, Why.PAST_CUTOFF}
"""Why a booking stays refused until its guest asks anew."""


def _says_the_same_again(claim: Claim, request: SeatsRequest) -> bool:
    """Whether booking repeats a wish that was answered before, as after a restore: what its guest heard stays so."""
    anew = request.asked_at > claim.asked_at
    known = claim.held if claim.standing is Standing.HELD and claim.why else claim.wished
    says_yes = bool(request.reply and request.reply.accepted) and claim.why is not Why.OFFER_TAKEN
    return claim.revision > 0 and request.party == known and not anew and not says_yes


def _says_yes(offer: Offer, reply: OfferReply | None) -> bool:
    """Whether this is a yes to this offer, in time."""
    return bool(reply and reply.accepted and reply.offer == offer.id and not is_over(offer, reply.at))
