"""What a coordinator and the clock do to a sitting."""

from dataclasses import replace
from datetime import timedelta

from services.capacity.domain.changes import cancel, close_waitlist, edit
from services.capacity.domain.kitchen import Kitchen
from services.capacity.domain.seating import Decision
from shared.contracts.party import NOBODY
from shared.contracts.seats import Standing, Why
from shared.contracts.sitting import SittingStatus
from tests.services.capacity.domain.table import CUTOFF, Room, asks, cancels, cooks, eaters, table


def edited(room: Room, seats: int, cook_places: int = 4, status: SittingStatus = SittingStatus.OPEN) -> Decision:
    waiting = [claim for claim in room.claims.values() if claim.waits_for]
    kitchen = Kitchen(room=seats, cook_places=cook_places)
    decision = edit(room.sitting, waiting, kitchen=kitchen, status=status, cutoff_at=CUTOFF, now=room.now)
    room.keeps(decision)
    return decision


def test_raising_the_limit_seats_who_waits() -> None:
    room = Room(table(seats=2))
    room.hears(asks("a", eaters(2)), asks("b", eaters(2), at=1), asks("c", eaters(1), at=2))
    decision = edited(room, seats=4)
    assert [claim.booking for claim in decision.answers] == ["b"]
    assert room.in_line == ["c"]


def test_lowering_the_limit_takes_no_seat_back_and_is_at_risk() -> None:
    room = Room(table(seats=6, cook_places=3))
    room.hears(asks("a", cooks(3)), asks("b", eaters(3)))
    decision = edited(room, seats=4, cook_places=2)
    assert decision.answers == ()
    assert (room.sitting.held, room.sitting.overhang, room.sitting.cook_overhang) == (6, 2, 1)
    assert room.sitting.at_risk
    assert room.sitting.seats_left == 0


def test_what_is_released_shrinks_the_overhang_first() -> None:
    room = Room(table(seats=6))
    room.hears(asks("a", eaters(4)), asks("b", eaters(2)), asks("c", eaters(1), at=3))
    edited(room, seats=4)
    room.hears(cancels("b"))
    assert (room.sitting.held, room.sitting.overhang, room.in_line) == (4, 0, ["c"])
    room.hears(asks("a", eaters(3), revision=2))
    assert room.standing("c") is Standing.HELD


def test_raising_the_limit_again_ends_the_overhang() -> None:
    room = Room(table(seats=6))
    room.hears(asks("a", eaters(6)))
    edited(room, seats=4)
    edited(room, seats=8)
    assert (room.sitting.overhang, room.sitting.seats_left) == (0, 2)


def test_nobody_waits_for_more_places_than_there_are() -> None:
    room = Room(table(seats=8))
    room.hears(asks("a", eaters(4)), asks("large", eaters(6), at=1), asks("small", eaters(1), at=2))
    assert room.in_line == ["large", "small"]
    edited(room, seats=5)
    assert (room.standing("large"), room.claims["large"].why) == (Standing.REFUSED, Why.PARTY_TOO_LARGE)
    assert room.standing("small") is Standing.HELD


def test_a_closed_sitting_lets_people_wait_until_it_opens_again() -> None:
    room = Room(table(seats=1))
    room.hears(asks("a", eaters(1)), asks("b", eaters(1), at=1))
    edited(room, seats=1, cook_places=1, status=SittingStatus.CLOSED)
    room.hears(cancels("a"))
    assert room.in_line == ["b"]
    edited(room, seats=1, cook_places=1)
    assert room.standing("b") is Standing.HELD


def test_cancelling_tells_everybody_who_came_or_waited() -> None:
    room = Room(table(seats=2))
    room.hears(asks("a", eaters(2)), asks("b", eaters(1), at=1), cancels("gone"))
    decision = cancel(room.sitting, room.claims.values(), room.now)
    room.keeps(decision)
    assert {claim.booking for claim in decision.answers} == {"a", "b"}
    assert {claim.why for claim in decision.answers} == {Why.SITTING_CANCELLED}
    assert room.held("a") == NOBODY
    assert (room.sitting.held, room.sitting.waitlist_length) == (0, 0)
    assert room.sitting.status is SittingStatus.CANCELLED


def test_at_the_cutoff_nobody_waits_any_longer() -> None:
    room = Room(table(seats=3))
    room.hears(asks("a", eaters(2)), asks("b", eaters(2), at=1), asks("a", eaters(3), at=2, revision=2))
    decision = close_waitlist(room.sitting, room.claims.values(), room.now, all_of_them=True)
    room.keeps(decision)
    assert (room.standing("b"), room.claims["b"].why) == (Standing.REFUSED, Why.WAITLIST_CLOSED)
    claim = room.claims["a"]
    assert (claim.standing, claim.held, claim.wished) == (Standing.HELD, eaters(2), eaters(2))
    assert claim.why is Why.WAITLIST_CLOSED
    assert (room.sitting.waitlist_length, room.sitting.waitlist_closed) == (0, True)


def test_a_sitting_moved_to_a_later_day_has_a_waiting_list_again() -> None:
    room = Room(replace(table(), waitlist_closed=True))
    decision = edit(
        room.sitting,
        [],
        kitchen=room.sitting.kitchen,
        status=SittingStatus.OPEN,
        cutoff_at=room.now + timedelta(days=3),
        now=room.now,
    )
    assert not decision.sitting.waitlist_closed
