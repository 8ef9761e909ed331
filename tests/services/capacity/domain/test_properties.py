"""What holds for every sequence of requests and changes, beside a plain second telling of the policy."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from services.capacity.domain.changes import edit
from services.capacity.domain.claims import Claim
from services.capacity.domain.places import Limits, Sitting
from services.capacity.domain.seating import decide, reach
from shared.contracts.party import Party
from shared.contracts.seats import SeatsRequest, Standing
from shared.contracts.sitting import SittingStatus, WaitlistPolicy
from tests.services.capacity.domain.table import CUTOFF, Room, minute, table

parties = st.builds(Party, cooks=st.integers(0, 2), eaters=st.integers(0, 3), children=st.integers(0, 1))
requests = st.builds(
    SeatsRequest,
    thing=st.sampled_from("abcdefghijkl"),
    revision=st.just(1),
    sitting=st.just("s"),
    party=parties,
    asked_at=st.integers(0, 60).map(minute),
)
batches = st.lists(requests, min_size=1, max_size=6, unique_by=lambda one: one.thing)
limits = st.builds(Limits, seats=st.integers(0, 9), cook_places=st.integers(0, 4))
taking_place = st.sampled_from([SittingStatus.OPEN, SittingStatus.CLOSED])
policies = st.sampled_from(WaitlistPolicy)
events = st.lists(st.one_of(batches, batches, batches, limits), max_size=12)


def admitted_by_the_policy(sitting: Sitting, line: Iterable[Claim]) -> list[str]:
    """Who could be seated now, told as plainly as can be: everybody who waits, waits for one thing, seats first."""
    if sitting.policy is WaitlistPolicy.FILL:
        return [claim.booking for claim in line if not sitting.lacking(claim.held, claim.wished)]
    admitted = []
    seats_held_up = cooks_held_up = False
    for claim in sorted(line, key=lambda claim: claim.place):
        seats = claim.wished.seats - claim.held.seats
        cooks = claim.wished.cooks - claim.held.cooks
        if seats > 0 and (seats_held_up or seats > sitting.limits.seats - sitting.held):
            seats_held_up = True
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
    for claim in claims:
        assert (claim.standing is Standing.WAITLISTED) <= bool(claim.waits_for)
        assert (claim.standing is Standing.HELD) == (claim.held.seats > 0)


def change_limits(room: Room, wanted: Limits) -> None:
    line = [claim for claim in room.claims.values() if claim.waits_for]
    room.keeps(edit(room.sitting, line, limits=wanted, status=SittingStatus.OPEN, cutoff_at=CUTOFF, now=room.now))


@given(limits, policies, events)
def test_never_more_than_fits_and_nobody_waits_whom_the_policy_admits(
    first: Limits, policy: WaitlistPolicy, story: list[object]
) -> None:
    room = Room(table(first.seats, first.cook_places, policy=policy))
    for event in story:
        before = room.sitting
        if isinstance(event, Limits):
            change_limits(room, event)
        else:
            room.hears(*event)  # type: ignore[misc]  # a batch
        assert room.sitting.held <= max(room.sitting.limits.seats, before.held)
        assert room.sitting.cooks_held <= max(room.sitting.limits.cook_places, before.cooks_held)
        check(room)


@given(limits, policies, events)
def test_a_batch_is_decided_as_its_requests_one_by_one(
    first: Limits, policy: WaitlistPolicy, story: list[object]
) -> None:
    batched, single = (Room(table(first.seats, first.cook_places, policy=policy)) for _ in range(2))
    for event in story:
        if isinstance(event, Limits):
            change_limits(batched, event)
            change_limits(single, event)
        else:
            batched.hears(*event)  # type: ignore[misc]  # a batch
            for request in event:  # type: ignore[attr-defined]
                single.hears(request)
        assert batched.sitting == single.sitting
        assert batched.claims == single.claims


@given(limits, st.lists(batches, max_size=6), taking_place, parties, st.sampled_from([minute(0), CUTOFF]))
def test_asking_for_no_more_is_refused_to_nobody_while_the_sitting_takes_place(
    first: Limits, story: list[list[SeatsRequest]], status: SittingStatus, wish: Party, asked_at: datetime
) -> None:
    room = Room(table(first.seats, first.cook_places))
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


@settings(max_examples=200)
@given(limits, policies, events)
def test_a_decision_needs_no_more_of_the_line_than_its_reach(
    first: Limits, policy: WaitlistPolicy, story: list[object]
) -> None:
    room = Room(table(first.seats, first.cook_places, policy=policy))
    for event in story:
        if isinstance(event, Limits):
            change_limits(room, event)
            continue
        batch: list[SeatsRequest] = event  # type: ignore[assignment]
        decision = decide(room.sitting, seen(room, batch), batch, room.now)
        assert decision == decide(room.sitting, room.claims.values(), batch, room.now)
        room.keeps(decision)


def seen(room: Room, batch: list[SeatsRequest]) -> list[Claim]:
    """The claims that the use case loads: the requested ones, the line with a seat, the first of each other queue, or
    of each size.
    """
    asked = {request.thing for request in batch}
    line = sorted((claim for claim in room.claims.values() if claim.waits_for), key=lambda claim: claim.place)
    known = {
        claim.booking: claim
        for claim in room.claims.values()
        if claim.booking in asked or (claim.waits_for and claim.standing is Standing.HELD)
    }
    depth = reach(room.sitting, known.values())
    waitlisted = [one for one in line if one.standing is Standing.WAITLISTED]
    fill = room.sitting.policy is WaitlistPolicy.FILL
    for queue in {one.size if fill else one.waits_for for one in waitlisted}:
        alike = [one for one in waitlisted if (one.size if fill else one.waits_for) == queue]
        known |= {claim.booking: claim for claim in alike[:depth]}
    return list(known.values())
