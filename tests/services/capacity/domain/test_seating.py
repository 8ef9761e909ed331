"""Who gets a seat: the boundaries, and what other systems learnt the hard way."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.capacity.domain.kitchen import Kitchen
from services.capacity.domain.places import nowhere
from services.capacity.domain.seating import decide
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import KeptAnswer, Standing, Why
from shared.contracts.sitting import SittingStatus
from tests.services.capacity.domain.table import (
    CUTOFF,
    NOW,
    Room,
    asks,
    cancels,
    cooks,
    eaters,
    minute,
    table,
    table_of,
)

HELD, WAITLISTED, REFUSED, RELEASED = Standing.HELD, Standing.WAITLISTED, Standing.REFUSED, Standing.RELEASED


@pytest.mark.parametrize(
    ("seats", "party", "standing", "left"),
    [
        (0, 1, REFUSED, 0),
        (1, 1, HELD, 0),
        (5, 4, HELD, 1),
        (5, 5, HELD, 0),
        (5, 6, REFUSED, 5),
    ],
)
def test_a_first_party_at_the_boundaries(seats: int, party: int, standing: Standing, left: int) -> None:
    room = Room(table(seats=seats))
    room.hears(asks("a", eaters(party)))
    assert (room.standing("a"), room.sitting.seats_left) == (standing, left)
    assert (room.claims["a"].why is Why.PARTY_TOO_LARGE) is (standing is REFUSED)


@pytest.mark.parametrize(("party", "standing"), [(1, HELD), (2, HELD), (3, WAITLISTED)])
def test_a_later_party_at_the_boundaries_of_what_is_left(party: int, standing: Standing) -> None:
    room = Room(table(seats=10))
    room.hears(asks("first", eaters(8)), asks("a", eaters(party), at=1))
    assert room.standing("a") is standing


@pytest.mark.parametrize(("party", "standing"), [(5, HELD), (6, HELD), (7, REFUSED)])
def test_a_party_at_the_boundary_of_the_largest(party: int, standing: Standing) -> None:
    room = Room(table_of(Kitchen(room=10, largest_party=6)))
    room.hears(asks("a", eaters(party)))
    assert room.standing("a") is standing
    assert (room.claims["a"].why is Why.PARTY_TOO_LARGE) is (standing is REFUSED)


def test_a_lower_largest_party_takes_nothing_back_and_lets_nobody_grow() -> None:
    room = Room(table_of(Kitchen(room=10)))
    room.hears(asks("a", eaters(7)), asks("b", eaters(5), at=1))
    room.sitting = room.sitting.under(Kitchen(room=10, largest_party=4), confirmed_only=False)
    room.hears(asks("a", eaters(8), at=2, revision=2))
    assert (room.held("a"), room.claims["a"].why) == (eaters(7), Why.PARTY_TOO_LARGE)
    assert room.standing("b") is WAITLISTED, "who waits goes on waiting"
    room.hears(asks("a", cooks(1, eaters=6), at=3, revision=3))
    assert (room.held("a"), room.claims["a"].why) == (cooks(1, eaters=6), None)
    room.hears(asks("a", eaters(5), at=3, revision=4))
    assert (room.held("a"), room.held("b")) == (eaters(5), eaters(5))


def test_everybody_takes_a_seat_and_only_cooks_take_a_cook_place() -> None:
    room = Room(table(seats=10, cook_places=4))
    room.hears(asks("family", Party(cooks=1, eaters=1, children=2)))
    assert (room.sitting.seats_left, room.sitting.cook_places_left) == (6, 3)


def test_a_party_is_seated_as_a_whole_or_not_at_all() -> None:
    room = Room(table(seats=3))
    room.hears(asks("a", eaters(2)), asks("b", eaters(2), at=1))
    assert room.standing("b") is WAITLISTED
    assert room.held("b") == NOBODY
    assert room.sitting.held == 2


def test_cook_places_run_out_before_seats() -> None:
    room = Room(table(seats=10, cook_places=1))
    room.hears(asks("a", cooks(1)), asks("b", cooks(1), at=1), asks("c", eaters(1), at=2))
    assert [room.standing(one) for one in "abc"] == [HELD, WAITLISTED, HELD]


def test_a_freed_seat_goes_to_the_next_in_the_same_decision() -> None:
    room = Room(table(seats=2))
    room.hears(asks("a", eaters(2)), asks("b", eaters(1), at=1), asks("c", eaters(1), at=2))
    decision = room.hears(cancels("a"))
    assert {claim.booking: claim.standing for claim in decision.answers} == {"a": RELEASED, "b": HELD, "c": HELD}
    assert room.sitting.held == 2
    assert room.sitting.waitlist_length == 0


def test_nobody_passes_a_larger_party_that_waits_before_them() -> None:
    room = Room(table(seats=4))
    room.hears(asks("full", eaters(4)), asks("three", eaters(3), at=1), asks("one", eaters(1), at=2))
    room.hears(asks("full", eaters(3), revision=2))
    assert room.in_line == ["three", "one"]
    room.hears(asks("full", eaters(1), revision=3))
    assert room.standing("three") is HELD
    assert room.in_line == ["one"]


def test_who_waits_for_a_cook_place_holds_up_no_one_who_only_eats() -> None:
    room = Room(table(seats=4, cook_places=1))
    room.hears(asks("cook", cooks(1)), asks("second cook", cooks(1), at=1), asks("guest", eaters(2), at=2))
    room.hears(asks("third cook", cooks(1), at=3))
    assert room.standing("guest") is HELD
    assert room.in_line == ["second cook", "third cook"]
    room.hears(cancels("cook"))
    assert room.in_line == ["third cook"]


def test_the_line_is_in_order_of_asking_then_of_id() -> None:
    room = Room(table(seats=1))
    room.hears(
        asks("x", eaters(1)), asks("late", eaters(1), at=9), asks("b", eaters(1), at=3), asks("a", eaters(1), at=3)
    )
    assert room.in_line == ["a", "b", "late"]


def test_asking_before_one_arrived_is_no_way_to_the_front() -> None:
    room = Room(table(seats=1))
    room.hears(asks("x", eaters(1)))
    room.now = minute(30)
    decision = room.hears(asks("from the future", eaters(1), at=500))
    assert decision.answers[0].asked_at == minute(30)


def test_a_growing_party_keeps_what_it_has_until_all_fit() -> None:
    room = Room(table(seats=4))
    room.hears(asks("a", eaters(2)), asks("b", eaters(2), at=1))
    room.hears(asks("a", eaters(3), at=5, revision=2))
    assert (room.standing("a"), room.held("a"), room.in_line) == (HELD, eaters(2), ["a"])
    room.hears(asks("b", eaters(1), revision=2))
    assert (room.held("a"), room.in_line) == (eaters(3), [])


def test_an_eater_who_waits_for_a_cook_place_keeps_the_seat() -> None:
    room = Room(table(seats=2, cook_places=1))
    room.hears(asks("cook", cooks(1)), asks("a", eaters(1), at=1))
    room.hears(asks("a", cooks(1), at=2, revision=2))
    assert (room.held("a"), room.in_line) == (eaters(1), ["a"])
    room.hears(cancels("cook"))
    assert room.held("a") == cooks(1)


def test_a_cook_who_would_rather_eat_leaves_the_cook_place_to_who_waits_for_it() -> None:
    room = Room(table(seats=4, cook_places=1))
    room.hears(asks("a", cooks(1, eaters=1)), asks("b", eaters(2), at=1), asks("c", cooks(1), at=2))
    room.hears(asks("a", eaters(3), at=3, revision=2))
    assert room.in_line == ["c", "a"]
    room.hears(cancels("b"))
    assert (room.held("a"), room.held("c")) == (eaters(3), cooks(1))


def test_a_mixed_change_that_is_admitted_seats_who_waited_for_what_it_frees() -> None:
    room = Room(table(seats=3, cook_places=1))
    room.hears(asks("a", cooks(1)), asks("b", cooks(1), at=1))
    assert room.in_line == ["b"]
    room.hears(asks("a", eaters(2), at=2, revision=2))
    assert room.held("a") == eaters(2)
    assert room.held("b") == cooks(1)


def test_withdrawing_a_larger_wish_leaves_the_line() -> None:
    room = Room(table(seats=2))
    room.hears(asks("a", eaters(1)), asks("b", eaters(1), at=1))
    room.hears(asks("a", eaters(2), at=2, revision=2))
    room.hears(asks("a", eaters(1), at=2, revision=3))
    assert room.sitting.waitlist_length == 0
    assert (room.standing("a"), room.held("a")) == (HELD, eaters(1))


def test_every_request_is_answered_even_if_nothing_changed() -> None:
    room = Room(table())
    room.hears(asks("a", eaters(2)))
    decision = room.hears(asks("a", eaters(2), revision=2))
    assert [(claim.booking, claim.request_revision) for claim in decision.answers] == [("a", 2)]


def test_a_release_of_an_unknown_booking_is_kept_as_an_empty_claim() -> None:
    room = Room(table())
    room.hears(cancels("a", revision=2))
    assert (room.standing("a"), room.held("a"), room.sitting.held) == (RELEASED, NOBODY, 0)


class TestTheCutoff:
    def test_is_judged_on_the_time_of_asking(self) -> None:
        room = Room(table())
        room.now = CUTOFF + timedelta(hours=1)
        room.hears(replace(asks("in time", eaters(1)), asked_at=CUTOFF - timedelta(microseconds=1)))
        room.hears(replace(asks("too late", eaters(1)), asked_at=CUTOFF))
        assert room.standing("in time") is HELD
        assert (room.standing("too late"), room.claims["too late"].why) == (REFUSED, Why.PAST_CUTOFF)

    def test_refuses_to_grow_but_takes_nothing_away(self) -> None:
        room = Room(table())
        room.hears(asks("a", eaters(1)))
        room.now = CUTOFF + timedelta(hours=1)
        room.hears(replace(asks("a", eaters(2), revision=2), asked_at=room.now))
        claim = room.claims["a"]
        assert (claim.standing, claim.held, claim.wished, claim.why) == (HELD, eaters(1), eaters(1), Why.PAST_CUTOFF)

    def test_never_refuses_to_shrink_or_to_cancel(self) -> None:
        room = Room(table())
        room.hears(asks("a", cooks(1, eaters=2)), asks("b", eaters(1)))
        room.now = CUTOFF + timedelta(hours=20)
        room.hears(
            replace(asks("a", eaters(2), revision=2), asked_at=room.now), replace(cancels("b"), asked_at=room.now)
        )
        assert (room.held("a"), room.claims["a"].why, room.standing("b")) == (eaters(2), None, RELEASED)

    def test_lets_who_waits_shrink_until_the_list_is_closed(self) -> None:
        room = Room(table(seats=2))
        room.hears(asks("full", eaters(1)), asks("a", eaters(2), at=1))
        room.now = CUTOFF + timedelta(minutes=1)
        room.hears(replace(asks("a", eaters(1), revision=2), asked_at=room.now))
        assert (room.standing("a"), room.held("a")) == (HELD, eaters(1))

    def test_lets_nobody_join_a_list_that_is_closed(self) -> None:
        room = Room(replace(table(seats=1), waitlist_closed=True))
        room.hears(asks("a", eaters(1)), asks("b", eaters(1)))
        assert (room.standing("a"), room.standing("b")) == (HELD, REFUSED)
        assert room.claims["b"].why is Why.WAITLIST_CLOSED


def test_a_closed_sitting_takes_nobody_new_and_keeps_who_is_there() -> None:
    room = Room(table())
    room.hears(asks("a", eaters(2)))
    room.sitting = replace(room.sitting, status=SittingStatus.CLOSED)
    room.hears(asks("b", eaters(1)), asks("a", eaters(3), revision=2))
    assert (room.standing("b"), room.claims["b"].why) == (REFUSED, Why.SITTING_CLOSED)
    assert (room.held("a"), room.claims["a"].why) == (eaters(2), Why.SITTING_CLOSED)
    room.hears(asks("a", eaters(1), revision=3))
    assert room.held("a") == eaters(1)


@pytest.mark.parametrize("party", [2, 1])
def test_who_waits_at_a_closed_sitting_keeps_the_place_with_the_same_wish_or_a_smaller_one(party: int) -> None:
    room = Room(table(seats=2))
    room.hears(asks("full", eaters(2)), asks("a", eaters(2), at=1), asks("b", eaters(1), at=2))
    room.sitting = replace(room.sitting, status=SittingStatus.CLOSED)
    room.hears(asks("a", eaters(party), at=1, revision=2))
    assert (room.standing("a"), room.claims["a"].why, room.in_line) == (WAITLISTED, None, ["a", "b"])
    assert room.claims["a"].wished == eaters(party)


def test_who_has_a_seat_and_waits_for_more_may_wait_for_less_at_a_closed_sitting() -> None:
    room = Room(table(seats=4))
    room.hears(asks("a", eaters(1)), asks("full", eaters(3)), asks("a", eaters(3), at=1, revision=2))
    room.sitting = replace(room.sitting, status=SittingStatus.CLOSED)
    room.hears(asks("a", eaters(2), at=1, revision=3))
    assert (room.held("a"), room.claims["a"].wished, room.in_line) == (eaters(1), eaters(2), ["a"])
    room.hears(asks("a", cooks(1, eaters=1), at=2, revision=4))
    assert (room.claims["a"].why, room.in_line) == (Why.SITTING_CLOSED, [])


def test_a_cancelled_sitting_seats_nobody() -> None:
    room = Room(table(status=SittingStatus.CANCELLED))
    room.hears(asks("a", eaters(1)), cancels("b"))
    assert (room.standing("a"), room.claims["a"].why) == (REFUSED, Why.SITTING_CANCELLED)
    assert room.standing("b") is RELEASED


def test_an_unknown_sitting_is_refused_by_name() -> None:
    decision = decide(nowhere("s", NOW), [], [asks("a", eaters(1)), cancels("b")], NOW)
    assert [(claim.standing, claim.why) for claim in decision.answers] == [
        (REFUSED, Why.UNKNOWN_SITTING),
        (RELEASED, None),
    ]


class TestAfterCapacityLostItsMemory:
    """Its database was restored from an older copy; booking's last answer says what was given."""

    def test_a_seat_that_was_given_is_honoured_even_above_the_limit(self) -> None:
        room = Room(table(seats=2))
        room.hears(asks("stranger", eaters(2)))
        kept = KeptAnswer(revision=50, standing=HELD, held=eaters(2))
        room.hears(asks("a", eaters(2), revision=2, last_answer=kept))
        assert (room.standing("a"), room.held("a")) == (HELD, eaters(2))
        assert (room.sitting.held, room.sitting.overhang, room.sitting.at_risk) == (4, 2, True)
        assert room.claims["a"].revision == 50

    def test_the_new_wish_is_applied_after_it(self) -> None:
        room = Room(table(seats=4))
        room.hears(asks("stranger", eaters(3)))
        kept = KeptAnswer(revision=50, standing=HELD, held=eaters(2))
        room.hears(asks("a", eaters(1), revision=2, last_answer=kept))
        assert (room.held("a"), room.sitting.held, room.sitting.overhang) == (eaters(1), 4, 0)

    def test_a_place_in_line_comes_back_with_its_time(self) -> None:
        room = Room(table(seats=1))
        room.hears(asks("x", eaters(1), at=0), asks("later", eaters(1), at=20))
        kept = KeptAnswer(revision=50, standing=WAITLISTED, held=NOBODY)
        room.hears(asks("earlier", eaters(1), at=10, last_answer=kept))
        assert room.in_line == ["earlier", "later"]

    def test_a_seat_that_was_given_back_is_free_again(self) -> None:
        room = Room(table(seats=1))
        room.hears(asks("a", eaters(1)), asks("b", eaters(1), at=1))
        kept = KeptAnswer(revision=50, standing=RELEASED, held=NOBODY)
        room.hears(asks("a", eaters(1), at=2, revision=2, last_answer=kept))
        assert (room.standing("b"), room.standing("a")) == (HELD, WAITLISTED)

    def test_nothing_comes_back_at_a_cancelled_sitting(self) -> None:
        room = Room(table(status=SittingStatus.CANCELLED))
        kept = KeptAnswer(revision=50, standing=HELD, held=eaters(2))
        room.hears(asks("a", eaters(2), last_answer=kept))
        assert (room.standing("a"), room.sitting.held, room.claims["a"].revision) == (REFUSED, 0, 50)

    def test_an_answer_that_is_remembered_changes_nothing(self) -> None:
        room = Room(table(seats=2))
        room.hears(asks("a", eaters(2)))
        room.claims["a"] = replace(room.claims["a"], revision=70)
        kept = KeptAnswer(revision=70, standing=HELD, held=eaters(1))
        room.hears(asks("a", eaters(2), revision=2, last_answer=kept))
        assert (room.held("a"), room.sitting.held) == (eaters(2), 2)
