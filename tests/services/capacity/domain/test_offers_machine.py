"""Whatever residents, coordinators and the clock do to a waiting list: what must be true after each step."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.capacity.domain.allotments import NEWCOMERS, WALK_INS, Partner
from services.capacity.domain.changes import (
    cancel,
    close_waitlist,
    count_confirmed_cooks,
    edit,
    expire_offers,
    release,
    under_rules,
    without_meals,
)
from services.capacity.domain.claims import Claim
from services.capacity.domain.kitchen import Hands, Kitchen
from services.capacity.domain.offers import AT_ONCE, is_over
from services.capacity.domain.places import Sitting
from services.capacity.domain.rules import WaitingRules
from services.capacity.domain.seating import Decision, decide
from services.capacity.domain.sharing import largest
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import Offer, OfferReply, SeatsRequest, Standing, Why
from shared.contracts.sitting import SittingStatus, WaitlistPolicy
from tests.services.capacity.domain.table import CUTOFF, NOW, table_of
from tests.services.capacity.domain.test_properties import admitted_by_the_policy

STRICT, FILL = WaitlistPolicy.STRICT, WaitlistPolicy.FILL
parties = st.builds(Party, cooks=st.integers(0, 1), eaters=st.integers(0, 2), children=st.integers(0, 1)).filter(
    lambda party: party.seats > 0
)
rules = st.builds(
    WaitingRules, policy=st.sampled_from([STRICT, FILL, FILL]), offers_hours=st.sampled_from([0, 24, 24, 24])
)
names = st.sampled_from("abcdefghijkl")
NEW, OF_THE_PARTNER = set("bfj"), set("cgk")  # who comes for the first time, and with whom the partner comes
GROUPS = {"d": "rey", "h": "rey", "l": "rey", "g": "rey"}  # who share a contact; g comes with the partner too
QUAI = Partner(id="quai", name="Les Amis du Quai", seats=1, monthly=4, hours=1)
kept: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    newcomer_seats=st.sampled_from([0, 1, 2]),
    newcomer_hours=st.sampled_from([1, 2]),
    walk_in_seats=st.sampled_from([0, 0, 1]),
    partners=st.sampled_from([(), (QUAI,)]),
    group_cap=st.sampled_from([None, 3, 5]),
    hands=st.sampled_from([None, None, Hands(base=100, per_cook=150)]),
)


class Line(RuleBasedStateMachine):
    """A sitting, its claims, and what each resident was told last."""

    @initialize(
        seats=st.integers(1, 5),
        cook_places=st.integers(0, 2),
        wanted=rules,
        hours=st.sampled_from([1.5, 1.5, 1.9, 3, 20, 26]),
        first=st.lists(parties, min_size=6, max_size=10),
        keeps=kept,
    )
    def open(
        self,
        seats: int,
        cook_places: int,
        wanted: WaitingRules,
        hours: float,
        first: list[Party],
        keeps: dict[str, Any],
    ) -> None:
        self.now = CUTOFF - timedelta(hours=hours)
        self.kept = keeps
        kitchen = Kitchen(room=seats, cook_places=min(cook_places, seats), **keeps)
        self.sitting = replace(table_of(kitchen).ruled(wanted), zone="Europe/Paris")
        self.latest = CUTOFF
        self.claims: dict[str, Claim] = {}
        self.offers_made: defaultdict[str, int] = defaultdict(int)
        self.revision = 0
        for name, party in zip("abcdefghij", first, strict=False):
            self.hear(name, party, anew=True)

    @rule(name=names, party=parties)
    def ask(self, name: str, party: Party) -> None:
        known = self.claims.get(name)
        grows = known is None or party.seats > known.wished.seats or party.cooks > known.wished.cooks
        if known and known.standing is Standing.REFUSED:
            grows = True
        self.hear(name, party, anew=grows)

    @precondition(lambda self: self.of(Standing.HELD))
    @rule(pick=st.integers(0, 9))
    def cancel_who_comes(self, pick: int) -> None:
        self.hear(self.of(Standing.HELD, pick)[0].booking, NOBODY)

    @rule(name=names)
    def cancel_anybody(self, name: str) -> None:
        self.hear(name, NOBODY)

    @precondition(lambda self: self.of(Standing.OFFERED))
    @rule(pick=st.integers(0, 9), accepted=st.booleans(), minutes_ago=st.integers(0, 3))
    def reply(self, pick: int, accepted: bool, minutes_ago: int) -> None:
        claim = self.of(Standing.OFFERED, pick)[0]
        assert claim.offer
        at = max(self.now - timedelta(minutes=minutes_ago), NOW)
        self.hear(claim.booking, claim.wished, reply=OfferReply(offer=claim.offer.id, accepted=accepted, at=at))

    @rule(name=names)
    def say_yes_too_late(self, name: str) -> None:
        claim = self.claims.get(name)
        if claim and claim.why is Why.OFFER_EXPIRED:
            self.hear(name, claim.wished, reply=OfferReply(offer="", accepted=True, at=self.now))

    @rule(minutes=st.sampled_from([1, 1, 9, 25, 25, 130]))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def end_offers(self) -> None:
        decision = expire_offers(self.sitting, self.line_and_asked(), self.now)
        self.keep(decision)
        assert not any(claim.offer and is_over(claim.offer, self.now) for claim in self.claims.values())

    @rule(seats=st.sampled_from([0, 2, 4, 6, 8]))
    def limit(self, seats: int) -> None:
        kitchen = Kitchen(room=seats, cook_places=min(2, seats), **self.kept)
        self.edit(kitchen, self.sitting.cutoff_at)

    @rule(hours=st.sampled_from([1.5, 3, 26]))
    def move(self, hours: float) -> None:
        self.latest = max(self.latest, self.now + timedelta(hours=hours))
        self.edit(self.sitting.kitchen, self.now + timedelta(hours=hours))

    def edit(self, kitchen: Kitchen, cutoff_at: datetime) -> None:
        before = self.sitting
        if before.status is not SittingStatus.CANCELLED:
            plan = {"kitchen": kitchen, "confirmed_only": before.confirmed_only, "status": before.status}
            line = self.line_and_asked()
            self.keep(edit(before, line, cutoff_at=cutoff_at, now=self.now, **plan), lowered=True)  # type: ignore[arg-type]

    @precondition(lambda self: self.sitting.kitchen.hands and self.sitting.may_take_place)
    @rule()
    def count_only_cooks_who_have_a_place(self) -> None:
        """From here on a cook who cancels withdraws seats."""
        self.keep(count_confirmed_cooks(self.sitting, self.line_and_asked(), self.now), lowered=True)

    @rule()
    def look_at_the_clock(self) -> None:
        self.keep(release(self.sitting, self.line_and_asked(), self.now))

    @rule(left=st.integers(0, 3))
    def use_up_meals_elsewhere(self, left: int) -> None:
        self.keep(without_meals(self.sitting, self.line_and_asked(), self.now, left={"quai": left}))
        theirs = (claim for claim in self.claims.values() if claim.kind == "quai" and claim.waits_for)
        assert all(claim.more <= left for claim in theirs)

    @rule(kinds=st.sets(st.sampled_from([NEWCOMERS, "quai", WALK_INS]), min_size=1))
    def release_now(self, kinds: set[str]) -> None:
        self.keep(release(self.sitting, self.line_and_asked(), self.now, kinds=kinds))
        assert not kinds & set(self.sitting.still_kept)

    @rule(keeps=kept)
    def keep_otherwise(self, keeps: dict[str, Any]) -> None:
        self.kept = keeps
        self.limit(self.sitting.kitchen.room)

    @rule(wanted=rules)
    def choose_rules(self, wanted: WaitingRules) -> None:
        self.keep(under_rules(self.sitting, self.line_and_asked(), wanted, self.now))

    @precondition(lambda self: self.now >= self.sitting.cutoff_at)
    @rule()
    def close(self) -> None:
        waiting = [claim for claim in self.claims.values() if claim.waits_for]
        self.keep(close_waitlist(self.sitting, waiting, self.now, all_of_them=True))
        assert self.sitting.waitlist_length == 0

    @precondition(lambda self: len(self.claims) > 5)
    @rule(really=st.integers(0, 9))
    def cancel_the_sitting(self, really: int) -> None:
        if not really:
            self.keep(cancel(self.sitting, list(self.claims.values()), self.now))
            assert (self.sitting.held, self.sitting.offered, self.sitting.waitlist_length) == (0, 0, 0)

    @invariant()
    def what_residents_were_told_is_the_ledger(self) -> None:
        sitting, told = self.sitting, list(self.claims.values())
        asked: defaultdict[Offer, list[Claim]] = defaultdict(list)
        for claim in told:
            if claim.offer:
                asked[claim.offer].append(claim)
        kept = [largest(one.wished for one in claims) for claims in asked.values()]
        people = [*(claim.held for claim in told), *kept]
        assert sitting.held == sum(party.seats for party in people)
        assert sitting.cooks_held == sum(party.cooks for party in people)
        assert sitting.offered == sum(map(len, asked.values()))
        assert sitting.waitlist_length == sum(bool(claim.waits_for) for claim in told)
        assert sitting.held <= sitting.limits.seats + sitting.overhang
        for kind in {claim.kind for claim in told if claim.kind}:
            assert sitting.taken_by.get(kind, 0) == sum(one.taken.seats for one in told if one.kind == kind)
        assert 0 <= sitting.seats_left <= sitting.left_for(NEWCOMERS) <= sitting.free_seats
        for claim in told:
            assert (claim.standing is Standing.HELD) == (claim.held.seats > 0)
            assert (claim.standing is Standing.OFFERED) == (claim.offer is not None)
            assert not claim.offer or (claim.held == NOBODY and claim.offer.until <= self.latest)
        assert all(len(claims) <= AT_ONCE for claims in asked.values())

    @invariant()
    def nobody_waits_whom_the_policy_admits(self) -> None:
        if self.sitting.status is SittingStatus.OPEN and self.now < self.sitting.cutoff_at:
            line = [claim for claim in self.claims.values() if claim.waits_for]
            assert admitted_by_the_policy(self.sitting, line) == []

    def teardown(self) -> None:
        """Nobody starves under strict: if enough places come free while there is time, all who wait have their turn."""
        if (
            not hasattr(self, "claims")
            or self.sitting.status is not SittingStatus.OPEN
            or self.now >= self.sitting.cutoff_at
        ):
            return
        self.kept |= {"hands": None}  # else who leaves may take the others' meals along
        self.limit(self.sitting.kitchen.room)
        self.release_now({NEWCOMERS, "quai", WALK_INS})
        self.choose_rules(WaitingRules(policy=STRICT, offers_hours=self.sitting.offers_hours))
        waited = {claim.booking for claim in self.of(Standing.WAITLISTED)}
        turns = set()
        while served := self.of(Standing.HELD) + self.of(Standing.OFFERED):
            turns.add(served[0].booking)
            self.hear(served[0].booking, NOBODY)
        assert waited <= turns

    def hear(self, name: str, party: Party, *, anew: bool = False, reply: OfferReply | None = None) -> None:
        known = self.claims.get(name)
        asked_at = self.now if anew or known is None else known.asked_at
        self.revision += 1
        request = SeatsRequest(
            thing=name,
            revision=self.revision,
            sitting="s",
            party=party,
            asked_at=asked_at,
            reply=reply,
            group=GROUPS.get(name),
            newcomer=name in NEW,
            allotment="quai" if name in OF_THE_PARTNER else None,
        )
        before = self.sitting.as_of(self.now)
        self.keep(decide(self.sitting, list(self.claims.values()), [request], self.now), present=name)
        self.check_group_and_month(name, known, before)
        answer = self.claims[name]
        assert answer.request_revision == self.revision
        if known and known.standing is Standing.HELD and party.seats:
            assert answer.held.seats >= min(known.held.seats, party.seats)  # a seat is never taken back

    def check_group_and_month(self, name: str, known: Claim | None, before: Sitting) -> None:
        """Nobody who grows lets their group, or the partner's month, grow beyond what was agreed."""
        claim, kitchen = self.claims[name], self.sitting.kitchen
        partner = kitchen.partner(claim.kind)
        if claim.held.seats > (known.held.seats if known else 0) and kitchen.group_cap and (claim.group or partner):
            waited = known is not None and known.people >= claim.held.seats
            alike = (
                one
                for one in self.claims.values()
                if (claim.group and one.group == claim.group) or (partner and one.kind == partner.id)
            )
            assert waited or sum(one.people for one in alike) <= kitchen.group_cap
        if kitchen.partners:
            taken = self.sitting.taken_by.get("quai", 0)
            assert taken <= max(QUAI.monthly or 0, before.taken_by.get("quai", 0))

    def keep(self, decision: Decision, *, present: str = "", lowered: bool = False) -> None:
        before: Sitting = self.sitting
        after = decision.sitting
        for claim in decision.answers if after.overhang else ():
            known = self.claims.get(claim.booking)
            had, cooked = (known.taken.seats, known.taken.cooks) if known else (0, 0)
            kept = known is not None and known.offer is not None
            assert kept or claim.taken.seats <= had or claim.taken.cooks > cooked  # no new seats but by new hands
        assert decision.sitting.cooks_held <= max(decision.sitting.limits.cook_places, before.cooks_held)
        assert after.held <= max(after.kitchen.ceiling, before.held)  # whoever comes finds a chair
        assert lowered or after.overhang <= max(before.overhang, self.withdrawn(decision, present))
        self.sitting = decision.sitting
        self.claims |= {claim.booking: claim for claim in decision.answers}

    def withdrawn(self, decision: Decision, present: str) -> int:
        """By how many too many sit when whoever has just asked cooks no more, before anybody else comes instead."""
        known = self.claims.get(present)
        claim = next((one for one in decision.answers if one.booking == present), None)
        if known is None or claim is None or claim.taken.cooks >= known.taken.cooks:
            return 0
        cooks = self.sitting.cooks_held + claim.taken.cooks - known.taken.cooks
        return self.sitting.held + claim.taken.seats - known.taken.seats - self.sitting.seats_with(cooks)

    def of(self, standing: Standing, first: int = 0) -> list[Claim]:
        """The claims that stand so, beginning with one of them."""
        found = [claim for claim in self.claims.values() if claim.standing is standing]
        begin = first % len(found) if found else 0
        return found[begin:] + found[:begin]

    def line_and_asked(self) -> list[Claim]:
        return [claim for claim in self.claims.values() if claim.waits_for or claim.offer]


TestTheLine = Line.TestCase
TestTheLine.settings = settings(max_examples=50, stateful_step_count=25, deadline=None)
