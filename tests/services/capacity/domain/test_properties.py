"""What holds for every sequence of requests and changes, beside a plain second telling of the policy."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.capacity.domain.allotments import Partner
from services.capacity.domain.changes import count_confirmed_cooks, edit
from services.capacity.domain.claims import Claim
from services.capacity.domain.kitchen import Hands, Kitchen
from services.capacity.domain.places import Sitting
from services.capacity.domain.seating import decide, reach
from shared.contracts.party import Party
from shared.contracts.seats import SeatsRequest, Standing
from shared.contracts.sitting import SittingStatus, WaitlistPolicy
from tests.services.capacity.domain.table import CUTOFF, Room, minute, table_of

parties = st.one_of(
    st.builds(Party, cooks=st.integers(0, 2), eaters=st.integers(0, 3), children=st.integers(0, 1)),
    st.builds(Party, cooks=st.integers(0, 2)),
)
requests = st.builds(
    SeatsRequest,
    thing=st.sampled_from("abcdefgh"),
    revision=st.just(1),
    sitting=st.just("s"),
    party=parties,
    asked_at=st.integers(0, 60).map(minute),
    newcomer=st.sampled_from([False, False, True]),
    allotment=st.sampled_from([None, None, "quai", "gone"]),
)
batches = st.lists(requests, min_size=2, max_size=6, unique_by=lambda one: one.thing)
hands = st.builds(Hands, base=st.integers(0, 300), per_cook=st.sampled_from([0, 50, 100, 150, 333, 500]))
kitchens = st.builds(
    Kitchen,
    room=st.integers(0, 12),
    cook_places=st.integers(0, 5),
    planned_cooks=st.none() | st.integers(0, 4),
    hands=st.one_of(st.none(), hands, hands, hands),
    equipment=st.sampled_from([None, None, None, 0, 3, 8]),
    newcomer_seats=st.sampled_from([0, 0, 1, 3]),
    newcomer_hours=st.sampled_from([0, 24]),
    walk_in_seats=st.sampled_from([0, 0, 0, 2]),
    partners=st.sampled_from([(), ()])
    | st.builds(
        Partner,
        id=st.just("quai"),
        name=st.just("Les Amis du Quai"),
        seats=st.integers(0, 3),
        monthly=st.none() | st.integers(0, 6),
        hours=st.sampled_from([0, 48]),  # 48: released already
    ).map(lambda partner: (partner,)),
)
taking_place = st.sampled_from([SittingStatus.OPEN, SittingStatus.CLOSED])


@dataclass(frozen=True)
class Change:
    """A coordinator changes the kitchen; or the hour comes from which only confirmed cooks count."""

    kitchen: Kitchen
    confirmed_only: bool


changes = st.builds(Change, kitchens, st.booleans())
the_hour = st.just("the hour")
beginnings = st.builds(
    lambda change, policy: replace(table_of(change.kitchen, policy=policy), confirmed_only=change.confirmed_only),
    changes,
    st.sampled_from(WaitlistPolicy),
)
events = st.lists(
    st.integers(0, 9).flatmap(lambda number: {0: changes, 1: the_hour}.get(number, batches)), min_size=3, max_size=12
)


def admitted_by_the_policy(sitting: Sitting, line: Iterable[Claim]) -> list[str]:
    """Who could be seated now, told as plainly as can be: everybody who waits, waits for one thing, seats first.

    Parties of cooks who bring their own seats wait only for each other, and for a place to cook. Seats that are kept
    for one kind of booking are there for it whoever waits for the others; who waits for them waits for the others too.
    Who waits for meals of the month holds up only their own. Whatever they bring, nobody sits without a chair.
    """
    if sitting.policy is WaitlistPolicy.FILL:
        return [claim.booking for claim in line if not sitting.lacking(claim.held, claim.wished, claim.kind)]
    admitted = []
    cooks_held_up = False
    seats_held_up: set[str | None] = set()
    own_seats_held_up: set[str | None] = set()
    meals_held_up: set[str | None] = set()
    kept = sitting.still_kept
    for claim in sorted(line, key=lambda claim: claim.place):
        pool = sitting.pool(claim.kind)
        seats = claim.wished.seats - claim.held.seats
        cooks = claim.wished.cooks - claim.held.cooks
        meals = sitting.meals_left(claim.kind)
        brought = sitting.seats_with(sitting.cooks_held + cooks) - sitting.seats_with(sitting.cooks_held)
        own = kept.get(pool or "", 0)
        anybodys = sitting.limits.seats - sitting.held - sum(kept.values())
        if pool in seats_held_up:
            free = 0
        elif None in seats_held_up:
            free = own
        else:
            free = anybodys + own
        chairs = sitting.kitchen.ceiling - sitting.held
        fits = seats <= chairs and (brought >= seats or seats <= free + brought)
        if pool in meals_held_up or (seats > 0 and meals is not None and seats > meals):
            meals_held_up.add(pool)
        elif 0 < seats == cooks and (pool in own_seats_held_up or not fits):
            seats_held_up |= {pool, None}
            own_seats_held_up |= {pool, None}
        elif 0 < seats != cooks and (pool in seats_held_up or not fits):
            seats_held_up |= {pool, None}
        elif cooks > 0 and (cooks_held_up or cooks > sitting.limits.cook_places - sitting.cooks_held):
            cooks_held_up = True
        else:
            admitted.append(claim.booking)
    return admitted


def check(room: Room) -> None:
    sitting, claims = room.sitting, room.claims.values()
    assert sum(claim.held.seats for claim in claims) == sitting.held
    assert sum(claim.held.cooks for claim in claims) == sitting.cooks_held
    assert sitting.overhang == max(0, sitting.held - sitting.limits.seats)
    assert sitting.cook_overhang == max(0, sitting.cooks_held - sitting.limits.cook_places)
    line = [claim for claim in claims if claim.waits_for]
    assert sitting.waitlist_length == len(line)
    assert admitted_by_the_policy(sitting, line) == []
    kinds = {claim.kind for claim in claims if claim.kind}
    taken = {kind: sum(claim.held.seats for claim in claims if claim.kind == kind) for kind in kinds}
    assert sitting.taken_by == {kind: seats for kind, seats in taken.items() if seats}
    assert 0 <= sitting.seats_left <= sitting.free_seats
    for claim in claims:
        assert (claim.standing is Standing.WAITLISTED) <= bool(claim.waits_for)
        assert (claim.standing is Standing.HELD) == (claim.held.seats > 0)


def tell(room: Room, event: object) -> None:
    """One thing happens."""
    line = [claim for claim in room.claims.values() if claim.waits_for or claim.offer]
    if isinstance(event, Change):
        facts = {"kitchen": event.kitchen, "confirmed_only": event.confirmed_only, "status": SittingStatus.OPEN}
        room.keeps(edit(room.sitting, line, cutoff_at=CUTOFF, now=room.now, **facts))  # type: ignore[arg-type]
    elif event == "the hour":
        room.keeps(count_confirmed_cooks(room.sitting, line, room.now))
    else:
        room.hears(*event)  # type: ignore[misc]  # a batch


def beyond(sitting: Sitting, held: int = 0, cooks: int = 0) -> int:
    """How many more sit than can eat, if so many more came."""
    return sitting.held + held - sitting.seats_with(sitting.cooks_held + cooks)


@settings(deadline=None)
@given(beginnings, events)
def test_never_more_than_fits_and_nobody_waits_whom_the_policy_admits(first: Sitting, story: list[object]) -> None:
    room = Room(first)
    for event in story:
        for step in event if isinstance(event, list) else [event]:
            before, claims = room.sitting, dict(room.claims)
            tell(room, [step] if isinstance(step, SeatsRequest) else step)
            check(room)
            who = step.thing if isinstance(step, SeatsRequest) else None
            assert all(room.held(one) in {claim.held, claim.wished} for one, claim in claims.items() if one != who)
            if who:
                check_step(room, before, claims, who)


def check_step(room: Room, before: Sitting, claims: dict[str, Claim], who: str) -> None:
    """Only withdrawing cooks let more sit than can eat; nobody gets a seat while more sit, unless they bring it, and
    find a chair.
    """
    gained = {
        one: (claim.held.seats - (claims[one].held.seats if one in claims else 0),
              claim.held.cooks - (claims[one].held.cooks if one in claims else 0))
        for one, claim in room.claims.items()
    }  # fmt: skip
    withdrawn = beyond(before, *gained[who]) if gained[who][1] < 0 else 0
    assert beyond(room.sitting) <= max(0, beyond(before), withdrawn)
    assert room.sitting.held <= max(room.sitting.kitchen.ceiling, before.held)
    assert room.sitting.cooks_held <= max(room.sitting.limits.cook_places, before.cooks_held)
    if room.sitting.overhang:
        assert not any(seats > 0 for seats, cooks in gained.values() if cooks <= 0)
    if who not in claims or claims[who].kind == room.claims[who].kind:
        check_kept(room, before, gained, who)


def check_kept(room: Room, before: Sitting, gained: dict[str, tuple[int, int]], who: str) -> None:
    """Nobody is given seats that are kept for others, but cooks who may bring them; nor more meals than are left."""
    before, kind = before.as_of(room.now), room.claims[who].kind
    if gained[who][0] > 0 and gained[who][1] == 0 and not any(any(many) for one, many in gained.items() if one != who):
        assert gained[who][0] <= before.left_for(kind)
    partner = before.kitchen.partner("quai")
    if partner and partner.monthly is not None:
        assert room.sitting.taken_by.get("quai", 0) <= max(partner.monthly, before.taken_by.get("quai", 0))


@settings(deadline=None)
@given(beginnings, events)
def test_a_batch_is_decided_as_its_requests_one_by_one(first: Sitting, story: list[object]) -> None:
    batched, single = (Room(first) for _ in range(2))
    for event in story:
        tell(batched, event)
        for step in event if isinstance(event, list) else [event]:
            tell(single, [step] if isinstance(step, SeatsRequest) else step)
        assert batched.sitting == single.sitting
        assert batched.claims == single.claims


@settings(deadline=None)
@given(beginnings, st.lists(batches, max_size=6), taking_place, parties, st.sampled_from([minute(0), CUTOFF]))
def test_asking_for_no_more_is_refused_to_nobody_while_the_sitting_takes_place(
    first: Sitting, story: list[list[SeatsRequest]], status: SittingStatus, wish: Party, asked_at: datetime
) -> None:
    room = Room(first)
    for batch in story:
        room.hears(*batch)
    room.sitting, room.now = replace(room.sitting, status=status), CUTOFF
    for before in list(room.claims.values()):
        party = smaller(wish, before.wished)
        if before.standing in {Standing.HELD, Standing.WAITLISTED}:
            request = SeatsRequest(thing=before.booking, revision=2, sitting="s", party=party, asked_at=asked_at)
            (after, *_) = (one for one in room.hears(request).answers if one.booking == before.booking)
            assert (after.why, after.wished) == (None, party)


def smaller(wish: Party, than: Party) -> Party:
    """As much of a wish as takes no more seats and no more cook places than another."""
    cooks = min(wish.cooks, than.cooks)
    eaters = min(wish.eaters, than.seats - cooks)
    return Party(cooks=cooks, eaters=eaters, children=min(wish.children, than.seats - cooks - eaters))


@settings(max_examples=300, deadline=None)
@given(beginnings, events, st.booleans())
def test_a_decision_needs_no_more_of_the_line_than_its_reach(first: Sitting, story: list[object], near: bool) -> None:
    room = Room(replace(first, offers_hours=24 * near))
    room.now = CUTOFF - timedelta(hours=1)
    for event in story:
        if isinstance(event, Change):
            tell(room, event)
        elif event == "the hour":
            decision = count_confirmed_cooks(room.sitting, seen(room, [], confirmed_only=True), room.now)
            assert decision == count_confirmed_cooks(room.sitting, room.claims.values(), room.now)
            room.keeps(decision)
        else:
            batch: list[SeatsRequest] = event  # type: ignore[assignment]
            decision = decide(room.sitting, seen(room, batch), batch, room.now)
            assert decision == decide(room.sitting, room.claims.values(), batch, room.now)
            room.keeps(decision)


def seen(room: Room, batch: list[SeatsRequest], *, confirmed_only: bool = False) -> list[Claim]:
    """The claims that the use case loads: the requested ones, those with an offer, the line with a seat, the first of
    each other queue, or of each size, in each pool.
    """
    asked = {request.thing for request in batch}
    line = sorted((claim for claim in room.claims.values() if claim.waits_for), key=lambda claim: claim.place)
    known = {
        claim.booking: claim
        for claim in room.claims.values()
        if claim.booking in asked or claim.offer or (claim.waits_for and claim.standing is Standing.HELD)
    }
    confirmed_only = confirmed_only or room.sitting.confirmed_only
    depth = reach(replace(room.sitting, confirmed_only=confirmed_only), known.values(), room.now)
    waitlisted = [one for one in line if one.standing is Standing.WAITLISTED]
    fill = room.sitting.policy is WaitlistPolicy.FILL
    queues: dict[object, list[Claim]] = {}
    for one in waitlisted:
        pool = one.kind if one.kind in room.sitting.pools else None
        queues.setdefault((pool, one.size if fill else one.waits_for), []).append(one)
    for alike in queues.values():
        known |= {claim.booking: claim for claim in alike[:depth]}
    return list(known.values())
