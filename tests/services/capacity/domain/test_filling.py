"""The policy *fill*: the first for whom it is enough."""

from dataclasses import replace

from services.capacity.domain.changes import under_rules
from services.capacity.domain.places import Sitting
from services.capacity.domain.rules import WaitingRules
from shared.contracts.seats import Standing
from shared.contracts.sitting import WaitlistPolicy
from tests.services.capacity.domain.table import Room, asks, cancels, cooks, eaters, table

HELD, WAITLISTED = Standing.HELD, Standing.WAITLISTED


def filled(seats: int, cook_places: int = 4) -> Sitting:
    return table(seats, cook_places, policy=WaitlistPolicy.FILL)


def rules(policy: WaitlistPolicy) -> WaitingRules:
    return WaitingRules(policy=policy, offers_hours=0)


def test_a_small_party_passes_a_large_one_that_does_not_fit() -> None:
    room = Room(filled(seats=4))
    room.hears(asks("full", eaters(4)), asks("three", eaters(3), at=1), asks("one", eaters(1), at=2))
    room.hears(asks("full", eaters(2), revision=2))
    assert (room.standing("three"), room.standing("one")) == (WAITLISTED, HELD)


def test_among_those_who_fit_the_first_in_line_is_seated() -> None:
    room = Room(filled(seats=2))
    room.hears(asks("full", eaters(2)), asks("b", eaters(1), at=2), asks("a", eaters(2), at=1))
    room.hears(cancels("full"))
    assert (room.standing("a"), room.standing("b")) == (HELD, WAITLISTED)


def test_who_just_came_is_seated_if_it_is_enough_for_them() -> None:
    room = Room(filled(seats=4))
    room.hears(asks("a", eaters(3)), asks("large", eaters(2), at=1), asks("small", eaters(1), at=2))
    assert (room.standing("large"), room.standing("small")) == (WAITLISTED, HELD)


def test_a_party_that_must_wait_for_the_kitchen_is_passed_by_who_only_eats() -> None:
    room = Room(filled(seats=3, cook_places=1))
    room.hears(asks("cook", cooks(1)), asks("second cook", cooks(1), at=1), asks("guest", eaters(2), at=2))
    assert (room.standing("second cook"), room.standing("guest")) == (WAITLISTED, HELD)


def test_a_new_policy_seats_who_fits_now_and_says_who_was_promoted() -> None:
    room = Room(table(seats=4))
    room.hears(asks("a", eaters(3)), asks("two", eaters(2), at=1), asks("one", eaters(1), at=2))
    line = [claim for claim in room.claims.values() if claim.waits_for]
    decision = under_rules(room.sitting, line, rules(WaitlistPolicy.FILL), room.now)
    assert decision.promoted == ("one",)
    room.keeps(decision)
    assert (room.standing("one"), room.in_line) == (HELD, ["two"])
    again = under_rules(room.sitting, [room.claims["two"]], rules(WaitlistPolicy.STRICT), room.now)
    assert again.answers == () and again.sitting == replace(room.sitting, policy=WaitlistPolicy.STRICT)


def test_who_has_just_asked_is_not_promoted() -> None:
    room = Room(table(seats=2))
    assert room.hears(asks("a", eaters(2)), asks("b", eaters(1), at=1)).promoted == ()
    assert room.hears(cancels("a")).promoted == ("b",)
