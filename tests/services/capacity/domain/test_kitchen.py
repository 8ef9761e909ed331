"""Seats depend on hands."""

from dataclasses import replace
from datetime import time

import pytest

from services.capacity.domain.changes import count_confirmed_cooks, edit
from services.capacity.domain.flaws import Flaw
from services.capacity.domain.hours import HourBefore
from services.capacity.domain.kitchen import Bound, FlawedKitchen, Hands, Kitchen, OwnKitchen, check_kitchen, flaws_of
from services.capacity.domain.mending import Mending, mending
from shared.contracts.party import Party
from shared.contracts.seats import Standing, Why
from shared.contracts.sitting import SittingStatus
from tests.services.capacity.domain.table import (
    CUTOFF,
    GOLDEN,
    Room,
    asks,
    cancels,
    confirmed,
    cooks,
    eaters,
    table_of,
)

HELD, WAITLISTED = Standing.HELD, Standing.WAITLISTED
LARGE = Kitchen(room=500, cook_places=20, hands=GOLDEN)


@pytest.mark.parametrize(("cooking", "seats"), [(0, 23), (1, 25), (2, 26), (6, 32), (7, 34), (8, 35), (11, 40)])
def test_the_golden_example(cooking: int, seats: int) -> None:
    assert LARGE.seats(cooking) == seats


@pytest.mark.parametrize(("room", "equipment", "seats"), [(33, None, 33), (34, None, 34), (35, None, 34), (42, 33, 33)])
def test_never_above_the_room_or_the_equipment(room: int, equipment: int | None, seats: int) -> None:
    assert replace(LARGE, room=room, equipment=equipment).seats(7) == seats


def test_a_tenth_of_a_meal_ten_times_is_a_meal() -> None:
    tenths = Kitchen(hands=Hands(base=0, per_cook=10))
    assert [tenths.seats(cooking) for cooking in (0, 9, 10, 11)] == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("room", "equipment", "bounds"),
    [
        (60, None, (Bound.COOKS,)),  # more chairs change nothing
        (60, 38, (Bound.EQUIPMENT,)),
        (60, 40, (Bound.COOKS, Bound.EQUIPMENT)),
        (40, 40, ()),
        (30, None, ()),
    ],
)
def test_what_besides_the_chairs_bounds_who_can_eat(
    room: int, equipment: int | None, bounds: tuple[Bound, ...]
) -> None:
    kitchen = Kitchen(room=room, equipment=equipment, hands=Hands(base=2350, per_cook=150))
    assert kitchen.bounds(11) == bounds


def test_without_hands_it_does_not_matter_who_cooks() -> None:
    assert Kitchen(room=35).seats(0) == 35


def test_a_sitting_departs_from_its_kitchen_where_it_says_so() -> None:
    own = OwnKitchen(room=20, planned_cooks=0, hands=Hands(base=500, per_cook=200))
    kitchen = own.within(LARGE)
    assert (kitchen.room, kitchen.planned, kitchen.cook_places, kitchen.seats(1)) == (20, 0, 20, 7)
    assert OwnKitchen().within(LARGE) == LARGE


def test_a_small_sitting_has_no_more_cooks_than_seats_unless_it_says_so() -> None:
    usual = Kitchen(room=38, cook_places=11, planned_cooks=9)
    small = OwnKitchen(room=2).within(usual)
    assert (small.cook_places, small.planned) == (2, 2)
    assert flaws_of(OwnKitchen(room=2, cook_places=11).within(usual)) == {"cook_places": Flaw.MORE_COOKS_THAN_SEATS}
    few_pots = OwnKitchen(equipment=10).within(usual)
    assert (few_pots.cook_places, few_pots.planned) == (10, 9)


@pytest.mark.parametrize(
    ("change", "field", "flaw"),
    [
        ({"room": -1, "cook_places": 0}, "seats", Flaw.OUT_OF_RANGE),
        ({"room": 501}, "seats", Flaw.OUT_OF_RANGE),
        ({"cook_places": -1}, "cook_places", Flaw.OUT_OF_RANGE),
        ({"cook_places": 36}, "cook_places", Flaw.MORE_COOKS_THAN_SEATS),
        ({"equipment": 9}, "cook_places", Flaw.MORE_COOKS_THAN_SEATS),
        ({"equipment": -1, "cook_places": 0}, "equipment", Flaw.OUT_OF_RANGE),
        ({"largest_party": 0}, "largest_party", Flaw.NOBODY_MAY_COME),
        ({"group_cap": 501}, "group_cap", Flaw.NOBODY_MAY_COME),
        ({"planned_cooks": 11}, "planned_cooks", Flaw.MORE_COOKS_THAN_PLACES),
        ({"planned_cooks": -1}, "planned_cooks", Flaw.OUT_OF_RANGE),
        ({"hands": Hands(base=-1, per_cook=0)}, "base", Flaw.OUT_OF_RANGE),
        ({"hands": Hands(base=0, per_cook=-150)}, "per_cook", Flaw.OUT_OF_RANGE),
        ({"counts_from": HourBefore(days=15, at=time(20, 0))}, "counts_from_days", Flaw.OUT_OF_RANGE),
    ],
)
def test_a_flawed_kitchen_says_what_is_wrong_where(change: dict[str, object], field: str, flaw: Flaw) -> None:
    with pytest.raises(FlawedKitchen) as error:
        check_kitchen(replace(Kitchen(room=35, cook_places=10), **change))  # type: ignore[arg-type]
    assert error.value.flaws == {field: flaw}


def test_as_many_cooks_as_seats_and_places_will_do() -> None:
    check_kitchen(Kitchen(room=10, cook_places=10, planned_cooks=10, equipment=10))


def full_house(cooking: int = 7) -> Room:
    """A sitting of which every seat is taken: 7 cooks, 34 seats."""
    room = Room(confirmed())
    room.hears(*[asks(f"cook {number}", cooks(1)) for number in range(cooking)])
    room.hears(asks("guests", eaters(room.sitting.seats_left)))
    return room


def test_until_the_hour_the_plan_counts() -> None:
    kitchen = Kitchen(room=42, cook_places=11, planned_cooks=7, hands=GOLDEN)
    room = Room(table_of(kitchen))
    assert room.sitting.seats_left == 34
    room.hears(*[asks(f"cook {number}", cooks(1)) for number in range(8)])
    assert room.sitting.limits.seats == 34
    room.keeps(count_confirmed_cooks(room.sitting, [], room.now))
    assert (room.sitting.limits.seats, room.sitting.seats_left) == (35, 27)


def test_from_the_hour_on_a_plan_that_did_not_come_about_puts_the_sitting_at_risk() -> None:
    room = Room(table_of(Kitchen(room=42, cook_places=11, planned_cooks=7, hands=GOLDEN)))
    room.hears(asks("a", cooks(2)), asks("b", eaters(32)), asks("waits", eaters(2), at=1))
    decision = count_confirmed_cooks(room.sitting, room.claims.values(), room.now)
    assert decision.answers == ()
    room.keeps(decision)
    assert (room.sitting.limits.seats, room.sitting.overhang, room.sitting.at_risk) == (26, 8, True)
    assert room.held("b") == eaters(32)


def test_the_hour_may_seat_who_waits() -> None:
    room = Room(table_of(Kitchen(room=42, cook_places=11, planned_cooks=0, hands=GOLDEN)))
    room.hears(asks("a", cooks(2)), asks("b", eaters(21)), asks("waits", eaters(3), at=1))
    room.keeps(count_confirmed_cooks(room.sitting, room.claims.values(), room.now))
    assert (room.standing("waits"), room.sitting.held, room.sitting.limits.seats) == (HELD, 26, 26)


def test_seven_cooks_make_thirty_four_seats_and_not_one_more() -> None:
    room = full_house()
    assert (room.sitting.held, room.sitting.limits.seats, room.sitting.seats_left) == (34, 34, 0)
    room.hears(asks("one more", eaters(1)))
    assert room.standing("one more") is WAITLISTED


def test_a_cook_who_withdraws_takes_nobody_else_s_place_along() -> None:
    room = full_house()
    room.hears(asks("waits", eaters(1), at=1))
    decision = room.hears(cancels("cook 0"))
    assert [claim.booking for claim in decision.answers] == ["cook 0"]
    assert (room.sitting.held, room.sitting.limits.seats, room.sitting.overhang) == (33, 32, 1)
    assert room.sitting.at_risk
    room.hears(asks("another", eaters(1), at=2))
    assert room.in_line == ["waits", "another"]


def test_a_cook_who_would_rather_eat_may_and_the_limit_falls() -> None:
    room = full_house()
    room.hears(asks("cook 0", eaters(1), revision=2))
    assert (room.held("cook 0"), room.sitting.limits.seats, room.sitting.overhang) == (eaters(1), 32, 2)


def test_a_cook_brings_a_seat_though_none_is_left_and_others_wait_for_one() -> None:
    room = full_house()
    room.hears(asks("waits", eaters(1), at=1), asks("eighth", cooks(1), at=2))
    assert (room.standing("eighth"), room.in_line) == (HELD, ["waits"])
    room.hears(asks("ninth", cooks(1), at=3))  # 9 cooks make 37 seats: one more than the cook takes
    assert (room.sitting.held, room.sitting.limits.seats, room.in_line) == (37, 37, [])


def test_no_seat_is_brought_above_the_room() -> None:
    room = Room(confirmed(room=34))
    room.hears(*[asks(f"cook {number}", cooks(1)) for number in range(7)], asks("guests", eaters(27)))
    room.hears(asks("eighth", cooks(1), at=1))
    assert room.standing("eighth") is WAITLISTED


def test_who_brings_meals_still_needs_a_chair() -> None:
    room = Room(confirmed(Hands(base=100, per_cook=150), room=4, cook_places=2))  # 2 cooks: 4 meals, 1 cook: 2
    room.hears(asks("anna", cooks(1)), asks("bela", cooks(1)), asks("guests", eaters(2)), asks("carl", cooks(1), at=1))
    room.hears(asks("anna", eaters(1), revision=2))
    assert (room.sitting.held, room.sitting.overhang, room.in_line) == (4, 2, ["carl"])
    room.hears(asks("guests", eaters(1), revision=2))
    assert room.standing("carl") is HELD
    assert (room.sitting.held, room.sitting.overhang) == (4, 0)


def test_who_has_a_chair_may_cook_at_a_meal_with_no_other() -> None:
    room = Room(confirmed(Hands(base=100, per_cook=150), room=4, cook_places=2))
    room.hears(asks("anna", cooks(1)), asks("bela", cooks(1)), asks("guests", eaters(2)))
    room.hears(asks("anna", eaters(1), revision=2))
    room.hears(asks("guests", cooks(1, eaters=1), revision=2))
    assert (room.sitting.held, room.sitting.overhang, room.in_line) == (4, 0, [])


def test_a_party_of_cooks_is_seated_as_a_whole_or_not_at_all() -> None:
    room = Room(confirmed(cook_places=8))
    room.hears(*[asks(f"cook {number}", cooks(1)) for number in range(7)], asks("guests", eaters(27)))
    room.hears(asks("two", cooks(2), at=1), asks("one", cooks(1), at=2))
    assert room.in_line == ["two", "one"]
    room.hears(cancels("two"))
    assert room.standing("one") is HELD


def test_a_cook_with_a_family_waits_for_the_seats_that_the_cook_does_not_bring() -> None:
    room = full_house()
    room.hears(asks("family", cooks(1, eaters=2), at=1), asks("cook", cooks(1), at=2))
    assert (room.in_line, room.standing("cook")) == (["family"], HELD)


def test_cooks_mend_one_by_one_what_is_at_risk() -> None:
    room = full_house()
    room.hears(cancels("cook 0"), cancels("cook 1"), cancels("cook 2"))
    assert (room.sitting.held, room.sitting.limits.seats) == (31, 29)
    assert mending(room.sitting) == Mending(cooks=3, people=2)
    overhangs = []
    for number in (1, 2, 3):
        room.hears(asks(f"helper {number}", cooks(1), at=number))
        assert room.standing(f"helper {number}") is HELD
        overhangs.append(room.sitting.overhang)
    assert overhangs == [1, 1, 0]


def test_a_guest_who_lends_a_hand_mends_it_too() -> None:
    room = full_house()
    room.hears(cancels("cook 0"))
    room.hears(asks("guests", cooks(1, eaters=26), revision=2))
    assert (room.sitting.limits.seats, room.sitting.overhang, room.sitting.seats_left) == (34, 0, 1)


def test_two_more_cooks_or_eight_fewer_meals() -> None:
    room = Room(confirmed(Hands(base=0, per_cook=500)))
    room.hears(asks("cooks", cooks(6)), asks("guests", eaters(24)))
    room.hears(asks("cooks", cooks(4), revision=2), asks("guests", eaters(24), revision=2))
    assert mending(room.sitting) == Mending(cooks=2, people=8)


@pytest.mark.parametrize(
    ("kitchen", "cooks_needed"),
    [
        (Kitchen(room=42, cook_places=7, hands=GOLDEN), 2),
        (Kitchen(room=42, cook_places=6, hands=GOLDEN), None),
        (Kitchen(room=32, cook_places=11, hands=GOLDEN), None),
        (Kitchen(room=42, cook_places=11, hands=GOLDEN, equipment=32), None),
    ],
)
def test_cooks_mend_only_what_places_room_and_equipment_allow(kitchen: Kitchen, cooks_needed: int | None) -> None:
    room = full_house()
    room.hears(cancels("cook 0"), cancels("cook 1"))
    assert mending(room.sitting.under(kitchen, confirmed_only=True)) == Mending(cooks=cooks_needed, people=1)


def test_what_is_not_at_risk_needs_no_mending() -> None:
    assert mending(full_house().sitting) is None


def test_a_party_may_wait_for_as_many_seats_as_all_cooks_would_make_but_for_no_more() -> None:
    room = Room(confirmed(Hands(base=0, per_cook=300), room=30, cook_places=3))
    room.hears(asks("nine", eaters(9)), asks("ten", eaters(10)))
    assert (room.standing("nine"), room.claims["ten"].why) == (WAITLISTED, Why.PARTY_TOO_LARGE)
    room.hears(asks("cooks", cooks(3), at=1))
    assert (room.standing("cooks"), room.in_line) == (HELD, ["nine"])


def test_cooks_beyond_their_places_are_no_new_cooks() -> None:
    room = full_house()
    room.keeps(
        edit(
            room.sitting,
            [],
            kitchen=replace(room.sitting.kitchen, cook_places=5),
            confirmed_only=True,
            status=SittingStatus.OPEN,
            cutoff_at=CUTOFF,
            now=room.now,
        )
    )
    assert (room.sitting.overhang, room.sitting.cook_overhang, room.sitting.limits.seats) == (0, 2, 34)
    room.hears(asks("cook", Party(cooks=1)))
    assert room.standing("cook") is WAITLISTED
