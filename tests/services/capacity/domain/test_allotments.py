"""Seats that are kept for newcomers, partners and walk-ins, until they are released."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.capacity.domain.allotments import NEWCOMERS, WALK_INS, Partner
from services.capacity.domain.changes import edit, found_again, release, without_meals
from services.capacity.domain.claims import Claim
from services.capacity.domain.flaws import Flaw
from services.capacity.domain.kitchen import Hands, Kitchen, OwnKitchen, flaws_of
from services.capacity.domain.places import Scarce, Sitting
from shared.contracts.party import NOBODY
from shared.contracts.seats import SeatsRequest, Standing, Why
from shared.contracts.sitting import SittingStatus, WaitlistPolicy
from tests.services.capacity.domain.table import CUTOFF, NOW, Room, asks, cancels, cooks, eaters, table_of
from tests.services.capacity.domain.test_properties import check, check_step, tell

HELD, WAITLISTED, OFFERED, REFUSED = Standing.HELD, Standing.WAITLISTED, Standing.OFFERED, Standing.REFUSED
QUAI = Partner(id="quai", name="Les Amis du Quai", seats=3, monthly=15, hours=1)


def keeping(
    room: int = 10,
    newcomers: int = 0,
    walk_ins: int = 0,
    partner: Partner | None = None,
    policy: WaitlistPolicy = WaitlistPolicy.STRICT,
    hours: int = 1,
) -> Room:
    kitchen = Kitchen(
        room=room,
        newcomer_seats=newcomers,
        newcomer_hours=hours,
        walk_in_seats=walk_ins,
        partners=(partner,) if partner else (),
    )
    return Room(table_of(kitchen, policy=policy))


class TestKept:
    @pytest.mark.parametrize(("people", "standing"), [(6, HELD), (7, HELD), (8, WAITLISTED)])
    def test_others_get_all_but_what_is_kept(self, people: int, standing: Standing) -> None:
        room = keeping(10, newcomers=3)
        room.hears(asks("a", eaters(people)))
        assert room.standing("a") is standing

    def test_a_newcomer_takes_what_is_kept_first_and_then_what_all_may_have(self) -> None:
        room = keeping(10, newcomers=3)
        room.hears(asks("new", eaters(2), newcomer=True))
        assert (room.sitting.seats_left, room.sitting.left_for(NEWCOMERS)) == (7, 8)
        room.hears(asks("more", eaters(8), at=1, newcomer=True))
        assert (room.standing("more"), room.sitting.seats_left, room.sitting.held) == (HELD, 0, 10)

    @pytest.mark.parametrize(("people", "standing"), [(1, HELD), (2, HELD), (3, WAITLISTED)])
    def test_all_of_a_party_or_none(self, people: int, standing: Standing) -> None:
        """One seat is kept and one is anybody's: a party takes of both, but never a part of itself."""
        room = keeping(10, newcomers=1)
        room.hears(asks("full", eaters(8)), asks("new", eaters(people), at=1, newcomer=True))
        assert room.standing("new") is standing

    def test_who_cancels_gives_back_to_their_own_kind(self) -> None:
        room = keeping(10, newcomers=2)
        room.hears(asks("new", eaters(2), newcomer=True), asks("full", eaters(8), at=1), asks("waits", eaters(1), at=2))
        room.hears(cancels("new", at=3))
        assert (room.standing("waits"), room.sitting.still_kept) == (WAITLISTED, {NEWCOMERS: 2})
        room.hears(asks("a", eaters(3), at=4, newcomer=True), cancels("full", at=5))
        assert room.sitting.still_kept == {NEWCOMERS: 0}

    def test_walk_ins_are_nobodys_booking(self) -> None:
        room = keeping(10, walk_ins=4)
        room.hears(asks("a", eaters(6)), asks("b", eaters(1), at=1), asks("c", eaters(1), at=2, newcomer=True))
        assert [room.standing(one) for one in "abc"] == [HELD, WAITLISTED, WAITLISTED]
        assert (room.sitting.free_seats, room.sitting.seats_left) == (4, 0)

    def test_a_partner_of_which_the_kitchen_does_not_know_books_as_anybody(self) -> None:
        room = keeping(10, partner=QUAI)
        room.hears(asks("a", eaters(8), partner="gone"), asks("b", eaters(7), at=1, partner="gone"))
        assert [room.standing(one) for one in "ab"] == [WAITLISTED, WAITLISTED]

    def test_a_booking_stays_of_its_kind_when_a_request_does_not_say_it(self) -> None:
        room = keeping(10, newcomers=2)
        room.hears(asks("new", eaters(2), newcomer=True))
        room.hears(asks("new", eaters(1), revision=2))
        assert (room.claims["new"].kind, room.sitting.taken_by) == (NEWCOMERS, {NEWCOMERS: 1})

    def test_for_anybody_a_meal_is_full_while_a_first_visit_is_possible(self) -> None:
        room = keeping(10, newcomers=2)
        room.hears(asks("full", eaters(8)))
        assert (room.sitting.seats_left, room.sitting.left_for(NEWCOMERS)) == (0, 2)

    def test_who_could_never_sit_beside_what_is_kept_to_the_end_is_too_many(self) -> None:
        room = keeping(10, walk_ins=4)
        room.hears(asks("a", eaters(7)), asks("b", eaters(6), at=1))
        assert (room.claims["a"].why, room.standing("b")) == (Why.PARTY_TOO_LARGE, HELD)


class TestInLine:
    def test_who_waits_for_any_seat_holds_up_no_newcomer_for_whom_one_is_kept(self) -> None:
        room = keeping(10, newcomers=2)
        room.hears(asks("full", eaters(8)), asks("waits", eaters(2), at=1), asks("new", eaters(2), at=2, newcomer=True))
        assert (room.standing("waits"), room.standing("new")) == (WAITLISTED, HELD)

    def test_a_newcomer_passes_nobody_for_a_seat_that_all_may_have(self) -> None:
        room = keeping(10, newcomers=1)
        room.hears(asks("full", eaters(8)), asks("waits", eaters(2), at=1), asks("new", eaters(2), at=2, newcomer=True))
        assert (room.standing("waits"), room.standing("new"), room.sitting.free_seats) == (WAITLISTED, WAITLISTED, 2)

    def test_a_newcomer_in_line_is_passed_by_nobody_either(self) -> None:
        room = keeping(10, newcomers=1)
        room.hears(asks("full", eaters(8)), asks("new", eaters(3), at=1, newcomer=True), asks("waits", eaters(1), at=2))
        assert [room.standing(one) for one in ("new", "waits")] == [WAITLISTED, WAITLISTED]
        room.hears(asks("other", eaters(1), at=3, newcomer=True))
        assert room.standing("other") is WAITLISTED

    def test_a_newcomer_who_cooks_takes_no_seat_for_which_another_newcomer_waits(self) -> None:
        """Two are kept: too few for who asked first, and so for nobody who brings none."""
        room = keeping(10, newcomers=2)
        room.hears(asks("full", eaters(8)), asks("new", eaters(3), at=1, newcomer=True))
        room.hears(asks("cook", cooks(1), at=2, newcomer=True))
        assert [room.standing(one) for one in ("new", "cook")] == [WAITLISTED, WAITLISTED]

    def test_nor_holds_up_a_partner(self) -> None:
        room = keeping(10, newcomers=1, partner=QUAI)
        room.hears(asks("full", eaters(6)), asks("new", eaters(4), at=1, newcomer=True))
        room.hears(asks("quai", eaters(3), at=2, partner="quai"))
        assert (room.standing("new"), room.standing("quai")) == (WAITLISTED, HELD)

    def test_under_fill_each_kind_sees_its_own(self) -> None:
        room = keeping(10, newcomers=2, policy=WaitlistPolicy.FILL)
        room.hears(asks("full", eaters(8)), asks("a", eaters(1), at=1), asks("b", eaters(3), at=2, newcomer=True))
        room.hears(asks("c", eaters(2), at=3, newcomer=True))
        assert [room.standing(one) for one in "abc"] == [WAITLISTED, WAITLISTED, HELD]

    def test_a_cook_who_brings_a_seat_is_let_in_beside_what_is_kept(self) -> None:
        kitchen = Kitchen(
            room=20, cook_places=5, hands=Hands(base=300, per_cook=100), newcomer_seats=3, newcomer_hours=1
        )
        room = Room(replace(table_of(kitchen), confirmed_only=True))
        room.hears(asks("eats", eaters(1)), asks("cook", cooks(1), at=1))
        assert [room.standing(one) for one in ("eats", "cook")] == [WAITLISTED, HELD]
        assert room.sitting.left_for(NEWCOMERS) == 3


class TestWhenLimitsFall:
    def test_seats_that_anybody_may_have_go_before_those_that_are_kept(self) -> None:
        room = keeping(10, newcomers=3, walk_ins=2)
        room.hears(asks("a", eaters(3)))
        room.sitting = room.sitting.under(replace(room.sitting.kitchen, room=9), confirmed_only=False)
        assert (room.sitting.seats_left, room.sitting.still_kept) == (1, {NEWCOMERS: 3, WALK_INS: 2})
        room.hears(asks("b", eaters(2), at=1), asks("new", eaters(3), at=2, newcomer=True))
        assert (room.standing("b"), room.standing("new")) == (WAITLISTED, HELD)

    def test_what_is_kept_yields_before_anybody_is_too_many(self) -> None:
        room = keeping(10, newcomers=3, walk_ins=2)
        room.hears(asks("a", eaters(5)))
        room.sitting = room.sitting.under(replace(room.sitting.kitchen, room=8), confirmed_only=False)
        assert (room.sitting.overhang, room.sitting.still_kept) == (0, {NEWCOMERS: 3, WALK_INS: 0})
        room.sitting = room.sitting.under(replace(room.sitting.kitchen, room=6), confirmed_only=False)
        assert (room.sitting.overhang, room.sitting.still_kept) == (0, {NEWCOMERS: 1, WALK_INS: 0})
        room.sitting = room.sitting.under(replace(room.sitting.kitchen, room=4), confirmed_only=False)
        assert (room.sitting.overhang, room.sitting.still_kept, room.sitting.seats_left) == (
            1,
            {NEWCOMERS: 0, WALK_INS: 0},
            0,
        )

    def test_a_newcomer_keeps_a_place_that_was_kept(self) -> None:
        room = keeping(10, newcomers=3)
        room.hears(asks("new", eaters(3), newcomer=True), asks("full", eaters(7), at=1))
        room.sitting = room.sitting.under(replace(room.sitting.kitchen, room=8), confirmed_only=False)
        room.hears(asks("b", eaters(1), at=2))
        assert (room.held("new"), room.sitting.overhang, room.standing("b")) == (eaters(3), 2, WAITLISTED)


class TestReleased:
    def test_by_the_clock_it_goes_to_who_waits(self) -> None:
        room = keeping(10, newcomers=3, hours=2)
        room.hears(asks("full", eaters(7)), asks("a", eaters(2), at=1), asks("b", eaters(2), at=2))
        assert room.sitting.next_release == CUTOFF - timedelta(hours=2)
        room.now = CUTOFF - timedelta(hours=2, seconds=1)
        room.keeps(release(room.sitting, room.claims.values(), room.now))
        assert room.standing("a") is WAITLISTED
        room.now += timedelta(seconds=1)
        room.keeps(release(room.sitting, room.claims.values(), room.now))
        assert (room.standing("a"), room.standing("b"), room.sitting.seats_left) == (HELD, WAITLISTED, 1)
        assert room.sitting.released == {NEWCOMERS}
        assert room.sitting.next_release is None  # type: ignore[comparison-overlap]

    def test_also_when_the_clock_is_not_looked_at_in_time(self) -> None:
        room = keeping(10, newcomers=3, hours=2)
        room.hears(asks("full", eaters(7)), asks("waits", eaters(1), at=1))
        room.now = CUTOFF - timedelta(hours=1)
        room.hears(asks("late", eaters(2), at=22 * 60))
        assert (room.standing("waits"), room.standing("late"), room.sitting.seats_left) == (HELD, HELD, 0)

    def test_near_the_cutoff_it_is_offered(self) -> None:
        room = keeping(10, newcomers=3, hours=20)
        room.sitting = replace(room.sitting, offers_hours=24)
        room.hears(asks("full", eaters(7)), asks("waits", eaters(2), at=1))
        room.now = CUTOFF - timedelta(hours=20)
        room.keeps(release(room.sitting, room.claims.values(), room.now))
        assert (room.standing("waits"), room.sitting.held) == (OFFERED, 9)

    def test_by_a_person_before_its_hour(self) -> None:
        room = keeping(10, newcomers=3, walk_ins=2)
        room.hears(asks("full", eaters(5)), asks("waits", eaters(3), at=1))
        room.keeps(release(room.sitting, room.claims.values(), NOW, kinds=[NEWCOMERS]))
        assert (room.standing("waits"), room.sitting.still_kept) == (HELD, {WALK_INS: 2})

    def test_what_a_person_released_stays_so_when_the_meal_moves_and_what_the_clock_did_is_kept_again(self) -> None:
        room = keeping(10, newcomers=3, partner=replace(QUAI, hours=20))
        room.keeps(release(room.sitting, [], NOW, kinds=[NEWCOMERS]))
        room.now = CUTOFF - timedelta(hours=20)
        room.keeps(release(room.sitting, [], room.now))
        assert room.sitting.seats_left == 10
        moved = edit(
            room.sitting,
            [],
            kitchen=room.sitting.kitchen,
            status=SittingStatus.OPEN,
            cutoff_at=CUTOFF + timedelta(days=7),
            now=room.now,
        ).sitting
        assert (moved.still_kept, moved.seats_left) == ({"quai": 3}, 7)
        otherwise = edit(
            moved,
            [],
            kitchen=replace(moved.kitchen, newcomer_seats=4),
            status=SittingStatus.OPEN,
            cutoff_at=moved.cutoff_at,
            now=room.now,
        ).sitting
        assert otherwise.still_kept == {NEWCOMERS: 4, "quai": 3}

    def test_what_was_offered_to_a_newcomer_stays_theirs(self) -> None:
        room = keeping(10, newcomers=2, hours=1)
        room.sitting = replace(room.sitting, offers_hours=24)
        room.hears(asks("new", eaters(2), newcomer=True), asks("full", eaters(8), at=1))
        room.hears(asks("waits", eaters(1), at=2), asks("next", eaters(2), at=3, newcomer=True))
        room.hears(cancels("new", at=4))
        assert (room.standing("next"), room.standing("waits")) == (OFFERED, WAITLISTED)
        assert room.sitting.taken_by == {NEWCOMERS: 2}


class TestMealsOfTheMonth:
    @pytest.mark.parametrize(("people", "standing"), [(14, HELD), (15, HELD), (16, REFUSED)])
    def test_are_as_many_as_were_agreed(self, people: int, standing: Standing) -> None:
        room = keeping(40, partner=QUAI)
        room.hears(asks("a", eaters(people), partner="quai"))
        assert room.standing("a") is standing

    @pytest.mark.parametrize(("elsewhere", "standing"), [(12, HELD), (13, HELD), (14, REFUSED), (15, REFUSED)])
    def test_are_counted_over_all_sittings(self, elsewhere: int, standing: Standing) -> None:
        room = keeping(40, partner=QUAI)
        room.sitting = replace(room.sitting, allowances={"quai": 15 - elsewhere})
        room.hears(asks("a", eaters(2), partner="quai"))
        claim = room.claims["a"]
        assert claim.standing is standing
        if standing is REFUSED:
            assert (claim.why, claim.meals_left) == (Why.MEALS_USED_UP, 15 - elsewhere)

    def test_a_larger_party_is_refused_and_what_is_held_stays_held(self) -> None:
        room = keeping(40, partner=QUAI)
        room.hears(asks("a", eaters(10), partner="quai"), asks("a", eaters(16), revision=2, partner="quai"))
        assert (room.held("a"), room.claims["a"].why, room.claims["a"].meals_left) == (eaters(10), Why.MEALS_USED_UP, 5)
        room.hears(asks("a", eaters(4), revision=3, partner="quai"))
        assert (room.held("a"), room.claims["a"].why, room.claims["a"].meals_left) == (eaters(4), None, None)

    def test_who_waits_for_meals_holds_up_nobody_else(self) -> None:
        room = keeping(10, partner=replace(QUAI, seats=0))
        room.hears(asks("full", eaters(10)), asks("quai", eaters(3), at=1, partner="quai"), asks("b", eaters(1), at=2))
        room.sitting = replace(room.sitting, allowances={"quai": 2})
        room.hears(cancels("full", at=3))
        assert (room.standing("quai"), room.standing("b")) == (WAITLISTED, HELD)

    def test_that_are_used_up_are_told_to_who_waits_for_them_and_the_next_move_up(self) -> None:
        room = keeping(10, partner=replace(QUAI, seats=2))
        room.hears(asks("full", eaters(8)), asks("many", eaters(3), at=1, partner="quai"))
        room.hears(asks("few", eaters(2), at=2, partner="quai"), asks("waits", eaters(1), at=3))
        room.keeps(without_meals(room.sitting, room.claims.values(), room.now, left={"quai": 2}))
        many = room.claims["many"]
        assert (many.standing, many.why, many.meals_left) == (REFUSED, Why.MEALS_USED_UP, 2)
        assert [room.standing(one) for one in ("few", "waits")] == [HELD, WAITLISTED]

    def test_that_are_used_up_leave_what_is_held_and_who_wishes_no_more_people(self) -> None:
        room = keeping(10, partner=replace(QUAI, seats=0))
        room.hears(asks("full", cooks(8)), asks("a", eaters(2), at=1, partner="quai"))
        room.hears(asks("a", eaters(4), at=2, revision=2, partner="quai"))
        room.sitting = room.sitting.under(replace(room.sitting.kitchen, cook_places=8), confirmed_only=False)
        room.keeps(without_meals(room.sitting, room.claims.values(), room.now, left={"quai": 1}))
        claim = room.claims["a"]
        assert (claim.held, claim.wished, claim.why, claim.meals_left) == (eaters(2), eaters(2), Why.MEALS_USED_UP, 1)
        room.hears(asks("a", cooks(1, eaters=1), at=3, revision=3, partner="quai"))
        assert not without_meals(room.sitting, room.claims.values(), room.now, left={"quai": 0}).answers

    def test_bind_also_after_its_seats_are_released(self) -> None:
        room = keeping(40, partner=replace(QUAI, hours=23))
        room.now = CUTOFF - timedelta(hours=1)
        room.hears(asks("a", eaters(16), partner="quai"))
        assert room.claims["a"].why is Why.MEALS_USED_UP


def test_a_lost_sitting_finds_again_who_has_taken_what() -> None:
    room = keeping(10, newcomers=3)
    room.hears(asks("new", eaters(2), newcomer=True), asks("a", eaters(1)))
    blank = keeping(10, newcomers=3).sitting
    assert found_again(blank, room.claims.values()) == room.sitting


class TestKitchens:
    def test_more_kept_than_there_are_seats_is_a_flaw(self) -> None:
        kitchen = Kitchen(room=10, newcomer_seats=4, walk_in_seats=3, partners=(QUAI,))
        assert flaws_of(kitchen) == {}
        assert flaws_of(replace(kitchen, walk_in_seats=4)) == {"newcomer_seats": Flaw.MORE_KEPT_THAN_SEATS}
        assert flaws_of(Kitchen(room=2, cook_places=1, partners=(QUAI,))) == {
            "partner_0_seats": Flaw.MORE_KEPT_THAN_SEATS
        }

    def test_partners_have_different_names_and_sensible_numbers(self) -> None:
        twice = (QUAI, replace(QUAI, id="b", name="LES AMIS DU QUAI", monthly=-1))
        assert flaws_of(Kitchen(partners=twice)) == {
            "partner_0_name": Flaw.SAME_NAME,
            "partner_1_name": Flaw.SAME_NAME,
            "partner_1_monthly": Flaw.OUT_OF_RANGE,
        }
        assert flaws_of(Kitchen(newcomer_seats=-1, walk_in_hours=999)) == {
            "newcomer_seats": Flaw.OUT_OF_RANGE,
            "walk_in_hours": Flaw.OUT_OF_RANGE,
        }

    def test_a_meal_keeps_otherwise_what_it_says_and_the_rest_as_usual(self) -> None:
        usual = Kitchen(newcomer_seats=2, partners=(QUAI, replace(QUAI, id="b", name="Autre")))
        own = OwnKitchen(newcomer_seats=0, partner_seats=(("b", 1), ("gone", 9))).within(usual)
        assert (own.newcomer_seats, [one.seats for one in own.partners]) == (0, [3, 1])


@st.composite
def wishes(draw: st.DrawFn) -> SeatsRequest:
    """Each of a dozen bookings has its kind for good."""
    name = draw(st.sampled_from("abcdefghijkl"))
    kinds: dict[int, dict[str, object]] = {1: {"newcomer": True}, 2: {"partner": "quai"}}
    kind = kinds.get(ord(name) % 4, {})
    party = draw(st.sampled_from([NOBODY, NOBODY, eaters(1), eaters(2), eaters(3), cooks(1), cooks(1, eaters=1)]))
    return asks(name, party, at=draw(st.integers(0, 60)), **kind)  # type: ignore[arg-type]


small_kitchens = st.builds(
    Kitchen,
    room=st.integers(2, 7),
    cook_places=st.integers(1, 2),
    hands=st.sampled_from([None, None, Hands(base=200, per_cook=150)]),
    newcomer_seats=st.integers(0, 2),
    newcomer_hours=st.just(1),
    walk_in_seats=st.sampled_from([0, 0, 1]),
    partners=st.builds(
        Partner,
        id=st.just("quai"),
        name=st.just("Quai"),
        seats=st.integers(0, 2),
        monthly=st.sampled_from([None, 3, 5]),
        hours=st.just(1),
    ).map(lambda one: (one,)),
)


@settings(max_examples=400, deadline=None)
@given(small_kitchens, st.booleans(), st.sampled_from(WaitlistPolicy), st.lists(wishes(), min_size=8, max_size=40))
def test_whoever_comes_and_goes_what_is_kept_is_there_for_whom_it_is_kept(
    kitchen: Kitchen, confirmed_only: bool, policy: WaitlistPolicy, story: list[SeatsRequest]
) -> None:
    room = Room(replace(table_of(kitchen, policy=policy), confirmed_only=confirmed_only))
    for wish in story:
        before, claims = room.sitting, dict(room.claims)
        tell(room, [wish])
        check(room)
        check_step(room, before, claims, wish.thing)
        if policy is WaitlistPolicy.STRICT:
            check_passed_nobody(room, before, claims, wish.thing)


def check_passed_nobody(room: Room, before: Sitting, claims: dict[str, Claim], who: str) -> None:
    """Under *strict* who was seated took no seat for which somebody waits before them."""
    gained = {one: room.held(one).seats - (claims[one].held.seats if one in claims else 0) for one in room.claims}
    me, others = room.claims[who], (many for one, many in gained.items() if one != who)
    if gained[who] <= 0 or me.held.cooks > 0 or any(others):
        return
    pool = before.pool(me.kind)
    for waits in (room.claims[one] for one in room.in_line):
        pure = waits.waits_for & {Scarce.SEATS, Scarce.OWN_SEATS} and Scarce.COOK_PLACES not in waits.waits_for
        meals = room.sitting.meals_left(waits.kind)
        if not pure or waits.place > me.place or (meals is not None and waits.wished.seats - waits.held.seats > meals):
            continue
        theirs = before.pool(waits.kind)
        if theirs == pool:
            pytest.fail(f"{who} passed {waits.booking}")
        if theirs is None or pool is None:
            assert gained[who] <= before.still_kept.get(pool or "", 0)


@settings(max_examples=150, deadline=None)
@given(small_kitchens, st.sampled_from(WaitlistPolicy), st.lists(wishes(), min_size=8, max_size=30), st.integers(0, 30))
def test_a_release_by_the_clock_comes_to_the_same_whoever_notices_it(
    kitchen: Kitchen, policy: WaitlistPolicy, story: list[SeatsRequest], when: int
) -> None:
    noticed, late = (Room(table_of(kitchen, policy=policy)) for _ in range(2))
    for number, wish in enumerate(story):
        if number == when:
            noticed.now = late.now = CUTOFF - timedelta(minutes=59)
            noticed.keeps(release(noticed.sitting, noticed.claims.values(), noticed.now))
        noticed.hears(wish)
        late.hears(wish)
        if number >= when:
            assert noticed.sitting.released >= {one.kind for one in kitchen.allotments if one.hours}
            check(noticed)
            check(late)
