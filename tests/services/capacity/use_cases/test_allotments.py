"""Seats that are kept for newcomers, partners and walk-ins; and the meals that a partner has in a month."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier
from typing import Any

import pytest

from services.capacity.domain.allotments import NEWCOMERS, Partner
from services.capacity.domain.kitchen import FlawedKitchen, Kitchen, OwnKitchen
from services.capacity.domain.sittings import FlawedPlan, SittingIsOver
from services.capacity.domain.templates import Template
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases import release_seats as release_module
from services.capacity.use_cases.answer_requests import answer_requests
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from services.capacity.use_cases.conclude import Changed, conclude
from services.capacity.use_cases.edit_sitting import edit_sitting
from services.capacity.use_cases.look import find_history
from services.capacity.use_cases.make_ahead import make_ahead
from services.capacity.use_cases.plan_weeks import add_template
from services.capacity.use_cases.release_seats import release_now, release_seats
from services.capacity.use_cases.set_kitchen import set_kitchen
from services.capacity.use_cases.use_up_meals import use_up_meals
from shared.contracts.party import NOBODY, Party
from shared.contracts.seats import SeatsAnswer, SeatsRequest, Standing, Why
from shared.contracts.sitting import PartnerPlaces, SittingNotice
from shared.messaging.service import UnitOfWork
from tests.services.capacity.house import BY, URL, CapacityHouse, a_plan

HELD, WAITLISTED, REFUSED = Standing.HELD, Standing.WAITLISTED, Standing.REFUSED
QUAI = Partner(id="quai", name="Les Amis du Quai", seats=3, monthly=15)
KEEPING = Kitchen(room=10, cook_places=3, newcomer_seats=2, walk_in_seats=1, partners=(QUAI,))
USUAL = OwnKitchen()


def described(house: CapacityHouse, kitchen: Kitchen = KEEPING) -> None:
    with house.parts.service.work() as work:
        set_kitchen(work, "lyon-vaise", kitchen, URL, BY)


def eats(people: int) -> Party:
    return Party(eaters=people)


def a_day_before_it_closes(house: CapacityHouse) -> None:
    house.clock.pass_time(days=5, hours=10, minutes=1)  # 24 November, 9:00 to 29 November, 19:01 (UTC)


def test_the_notice_says_what_anybody_may_have_and_what_is_kept(house: CapacityHouse) -> None:
    described(house)
    sitting = house.opens(kitchen=USUAL)
    house.asked(sitting, "new", eats(1), newcomer=True)
    notice = house.said(SittingNotice)[sitting]
    assert (notice.seats_left, notice.newcomer_seats, notice.walk_ins) == (4, 1, 1)
    assert notice.partners == (PartnerPlaces(id="quai", name="Les Amis du Quai", kept=3),)


def test_each_kind_finds_what_is_kept_for_it(house: CapacityHouse) -> None:
    described(house)
    sitting = house.opens(kitchen=USUAL)
    assert house.asked(sitting, "full", eats(4)).standing is HELD
    assert house.asked(sitting, "waits", eats(1)).standing is WAITLISTED
    assert house.asked(sitting, "new", eats(2), newcomer=True).standing is HELD
    assert house.asked(sitting, "quai", eats(3), allotment="quai").standing is HELD
    assert house.asked(sitting, "late", eats(1), newcomer=True).standing is WAITLISTED
    seating = house.sitting(sitting).seating
    assert (seating.taken_by, seating.held) == ({NEWCOMERS: 2, "quai": 3}, 9)


def test_however_many_wait_the_first_newcomer_gets_what_newcomers_give_back(house: CapacityHouse) -> None:
    described(house)
    sitting = house.opens(kitchen=USUAL)
    house.hears(house.asks(sitting, "full", eats(4)), house.asks(sitting, "new", eats(2), newcomer=True))
    house.hears(*[house.asks(sitting, f"waits {number}", eats(1)) for number in range(40)])
    house.hears(house.asks(sitting, "next", eats(2), newcomer=True))
    house.cancelled(sitting, "new")
    assert (house.claim("next").standing, house.claim("waits 0").standing) == (HELD, WAITLISTED)


def test_meals_to_come_follow_the_kitchen_and_who_waits_gets_what_it_no_longer_keeps(house: CapacityHouse) -> None:
    described(house)
    sitting, other = house.opens(kitchen=USUAL), house.opens(kitchen=OwnKitchen(newcomer_seats=0, walk_in_seats=0))
    house.asked(sitting, "full", eats(4))
    house.asked(sitting, "waits", eats(2))
    assert house.asked(other, "seven", eats(7)).standing is HELD
    described(house, replace(KEEPING, newcomer_seats=0))
    assert (house.claim("waits").standing, house.sitting(other).seating.seats_left) == (HELD, 0)


def test_a_partner_that_is_no_more_keeps_its_places_and_nothing_is_kept_for_it(house: CapacityHouse) -> None:
    described(house)
    sitting = house.opens(kitchen=USUAL)
    house.asked(sitting, "quai", eats(2), allotment="quai")
    described(house, replace(KEEPING, partners=()))
    assert (house.claim("quai").held, house.sitting(sitting).seating.seats_left) == (eats(2), 5)
    assert house.asked(sitting, "quai", eats(7), allotment="quai").held == eats(7)


def test_more_kept_than_there_are_seats_changes_nothing(house: CapacityHouse) -> None:
    described(house)
    sitting = house.opens(kitchen=USUAL)
    with house.parts.service.work() as work:
        with pytest.raises(FlawedKitchen):
            set_kitchen(work, "lyon-vaise", replace(KEEPING, room=5), URL, BY)
        with pytest.raises(FlawedPlan):
            edit_sitting(work, sitting, a_plan(kitchen=OwnKitchen(room=5)), URL, BY)
    assert house.sitting(sitting).seating.kitchen == KEEPING


def test_weekly_meals_keep_what_they_say(house: CapacityHouse) -> None:
    described(house)
    own = OwnKitchen(newcomer_seats=4, partner_seats=(("quai", 1),))
    usual = a_plan(day=date(2026, 12, 4), menu="", allergens=None, kitchen=own)
    with house.parts.service.work() as work:
        template = add_template(work, Template(id="", cantine="lyon-vaise", usual=usual))
    make_ahead(house.parts.service, URL)
    with house.parts.service.read() as conn:
        made = sitting_store.made_from(conn, template, date(2026, 12, 1))[0]
    assert (made.own_kitchen, made.seating.still_kept) == (own, {NEWCOMERS: 4, "quai": 1, "walk_ins": 1})


class TestReleased:
    def test_at_its_hour_to_who_waits_and_the_meal_is_said_anew(self, house: CapacityHouse) -> None:
        described(house)
        sitting = house.opens(kitchen=USUAL)
        house.asked(sitting, "full", eats(4))
        house.asked(sitting, "waits", eats(3))
        assert release_seats(house.parts.service, URL) == 0
        a_day_before_it_closes(house)
        assert release_seats(house.parts.service, URL) == 1
        assert release_seats(house.parts.service, URL) == 0
        notice = house.said(SittingNotice)[sitting]
        assert house.said(SeatsAnswer)["waits"].standing is Standing.OFFERED  # it is 24 hours before: they are asked
        assert (notice.seats_left, notice.newcomer_seats, notice.partners[0].kept) == (2, 0, 0)
        assert house.sitting(sitting).seating.still_kept == {"walk_ins": 1}
        (entry, *_) = find_history(house.parts.service, sitting)
        assert [(change.fact, change.after) for change in entry.changes] == [
            ("released", ["newcomers", "Les Amis du Quai"])
        ]

    def test_who_asks_after_the_hour_finds_them_also_if_nobody_looked_at_the_clock(self, house: CapacityHouse) -> None:
        described(house)
        sitting = house.opens(kitchen=USUAL)
        a_day_before_it_closes(house)
        assert house.asked(sitting, "a", eats(9)).standing is HELD
        assert release_seats(house.parts.service, URL) == 0

    def test_in_batches_and_not_where_a_meal_is_cancelled(self, house: CapacityHouse) -> None:
        described(house)
        sittings = [house.opens(kitchen=USUAL) for _ in range(5)]
        with house.parts.service.work() as work:
            cancel_sitting(work, sittings[0], URL, BY)
        a_day_before_it_closes(house)
        assert release_seats(house.parts.service, URL, batch=2) == 4

    def test_one_that_fails_holds_up_no_other(self, house: CapacityHouse, monkeypatch: pytest.MonkeyPatch) -> None:
        described(house)
        sittings = [house.opens(kitchen=USUAL) for _ in range(3)]
        a_day_before_it_closes(house)

        def stumble(work: UnitOfWork, changed: Sequence[Changed], *rest: Any) -> object:
            if changed[0][1].id == sittings[1]:
                raise RuntimeError("this one cannot be told")
            return conclude(work, changed, *rest)

        with monkeypatch.context() as patch:
            patch.setattr(release_module, "conclude", stumble)
            assert release_seats(house.parts.service, URL) == 2
        assert [house.sitting(one).seating.seats_left for one in sittings] == [9, 4, 9]
        assert release_seats(house.parts.service, URL) == 1

    def test_again_when_the_meal_has_moved(self, house: CapacityHouse) -> None:
        described(house)
        sitting = house.opens(kitchen=USUAL)
        a_day_before_it_closes(house)
        release_seats(house.parts.service, URL)
        with house.parts.service.work() as work:
            edit_sitting(work, sitting, a_plan(kitchen=USUAL, day=date(2026, 12, 8)), URL, BY)
        assert house.sitting(sitting).seating.seats_left == 4
        house.clock.pass_time(days=7)
        assert release_seats(house.parts.service, URL) == 1

    def test_by_a_person_with_one_tap(self, house: CapacityHouse) -> None:
        described(house)
        sitting = house.opens(kitchen=USUAL)
        house.asked(sitting, "full", eats(4))
        house.asked(sitting, "waits", eats(2))
        for _twice in range(2):
            with house.parts.service.work() as work:
                release_now(work, sitting, [NEWCOMERS], URL, BY)
        assert house.claim("waits").standing is HELD
        assert house.sitting(sitting).seating.let_go == {NEWCOMERS}
        with house.parts.service.work() as work:
            cancel_sitting(work, sitting, URL, BY)
        with house.parts.service.work() as work, pytest.raises(SittingIsOver):
            release_now(work, sitting, ["quai"], URL, BY)


def test_a_partner_is_a_group_also_across_transactions_and_the_notice_says_how_many_at_most(
    house: CapacityHouse,
) -> None:
    described(house, replace(KEEPING, room=30, group_cap=5, partners=(replace(QUAI, seats=7),)))
    sitting, other = house.opens(kitchen=USUAL), house.opens(kitchen=OwnKitchen(partner_seats=(("quai", 0),)))
    notice, elsewhere = (house.said(SittingNotice)[one] for one in (sitting, other))
    assert (notice.largest_party, notice.partners[0].largest_party) == (5, 7)
    assert (elsewhere.largest_party, elsewhere.partners[0].largest_party) == (5, 5)
    for number, people in enumerate((4, 3)):
        assert house.asked(sitting, f"q{number}", eats(people), allotment="quai", group=f"who {number}").held
    refused = house.asked(sitting, "q2", eats(1), allotment="quai", group="who 2")
    assert (refused.standing, refused.why) == (REFUSED, Why.GROUP_TOO_LARGE)
    assert house.asked(other, "q3", eats(1), allotment="quai", group="who 2").standing is HELD


class TestMealsOfTheMonth:
    def test_are_counted_over_its_sittings_and_what_is_left_is_said(self, house: CapacityHouse) -> None:
        described(house, replace(KEEPING, room=40))
        first, second, next_month = (
            house.opens(kitchen=USUAL, day=day) for day in (date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1))
        )
        assert house.asked(first, "a", eats(12), allotment="quai").standing is HELD
        refused = house.asked(second, "b", eats(4), allotment="quai")
        assert (refused.standing, refused.why, refused.meals_left) == (REFUSED, Why.MEALS_USED_UP, 3)
        assert house.said(SeatsAnswer)["b"].meals_left == 3
        assert house.asked(next_month, "c", eats(15), allotment="quai").standing is HELD
        assert house.asked(second, "b", eats(3), allotment="quai").standing is HELD
        house.cancelled(first, "a")
        assert house.asked(second, "d", eats(12), allotment="quai").standing is HELD

    def test_are_counted_within_one_batch_about_several_sittings(self, house: CapacityHouse) -> None:
        described(house, replace(KEEPING, room=40))
        sittings = [house.opens(kitchen=USUAL, day=date(2026, 12, day)) for day in (1, 2, 3)]
        house.hears(*[house.asks(one, f"b {one}", eats(7), allotment="quai") for one in sittings])
        assert sum(house.claim(f"b {one}").held.seats for one in sittings) == 14

    def test_are_counted_when_who_waits_moves_up(self, house: CapacityHouse) -> None:
        described(house, replace(KEEPING, partners=(replace(QUAI, seats=0),)))
        first, second = (house.opens(kitchen=USUAL, day=date(2026, 12, day)) for day in (1, 2))
        house.asked(first, "full", eats(7))
        house.asked(first, "quai", eats(6), allotment="quai")
        described(house, replace(KEEPING, room=20, partners=(replace(QUAI, seats=0, monthly=10),)))
        assert house.claim("quai").standing is HELD
        assert house.asked(second, "more", eats(5), allotment="quai").meals_left == 4

    def test_that_are_used_up_elsewhere_are_told_to_who_waits_for_them(self, house: CapacityHouse) -> None:
        described(house, replace(KEEPING, partners=(replace(QUAI, seats=0, monthly=5),)))
        first, second, next_month = (
            house.opens(kitchen=USUAL, day=day) for day in (date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1))
        )
        for one in (first, next_month):
            house.asked(one, f"full {one}", eats(7))
            house.asked(one, f"quai {one}", eats(4), allotment="quai")
        assert house.asked(second, "more", eats(1), allotment="quai").standing is HELD
        assert use_up_meals(house.parts.service, URL) == 0
        assert house.asked(second, "last", eats(1), allotment="quai").standing is HELD
        assert use_up_meals(house.parts.service, URL) == 1
        assert use_up_meals(house.parts.service, URL) == 0
        told = house.said(SeatsAnswer)[f"quai {first}"]
        assert (told.standing, told.why, told.meals_left) == (REFUSED, Why.MEALS_USED_UP, 3)
        assert house.claim(f"quai {next_month}").standing is WAITLISTED
        assert house.sitting(first).seating.waitlist_length == 0

    def test_that_are_only_offered_are_not_used_up(self, house: CapacityHouse) -> None:
        """Who is offered them may say no: so the next go on waiting, and get them then."""
        described(house, replace(KEEPING, partners=(replace(QUAI, seats=0, monthly=2),)))
        sitting = house.opens(kitchen=USUAL)
        house.asked(sitting, "full", eats(7))
        house.asked(sitting, "first", eats(2), allotment="quai")
        house.asked(sitting, "second", eats(2), allotment="quai")
        a_day_before_it_closes(house)
        house.cancelled(sitting, "full")
        assert (house.claim("first").standing, house.claim("second").standing) == (Standing.OFFERED, WAITLISTED)
        assert use_up_meals(house.parts.service, URL) == 0
        house.cancelled(sitting, "first")
        assert house.claim("second").standing is Standing.OFFERED

    def test_that_were_more_before_take_nothing_back_and_are_told_to_who_waits(self, house: CapacityHouse) -> None:
        described(house, replace(KEEPING, partners=(replace(QUAI, seats=0),)))
        sitting = house.opens(kitchen=USUAL)
        house.asked(sitting, "quai", eats(6), allotment="quai")
        house.asked(sitting, "waits", eats(2), allotment="quai")
        described(house, replace(KEEPING, partners=(replace(QUAI, seats=0, monthly=5),)))
        assert use_up_meals(house.parts.service, URL) == 1
        assert (house.claim("quai").held, house.claim("waits").meals_left) == (eats(6), 0)

    def test_of_a_cancelled_meal_come_back_and_those_of_a_moved_one_go_with_it(self, house: CapacityHouse) -> None:
        described(house, replace(KEEPING, room=40))
        first, second, third = (house.opens(kitchen=USUAL, day=date(2026, 12, day)) for day in (1, 2, 3))
        house.asked(first, "a", eats(10), allotment="quai")
        house.asked(second, "b", eats(5), allotment="quai")
        with house.parts.service.work() as work:
            cancel_sitting(work, first, URL, BY)
            edit_sitting(work, second, a_plan(kitchen=USUAL, day=date(2027, 1, 5)), URL, BY)
        assert house.asked(third, "c", eats(15), allotment="quai").standing is HELD

    def test_are_never_given_twice_by_sittings_that_are_decided_at_once(self, house: CapacityHouse) -> None:
        described(house, replace(KEEPING, room=40))
        sittings = [house.opens(kitchen=USUAL, day=date(2026, 12, day)) for day in range(1, 5)]
        requests = {
            one: [house.asks(one, f"{one} {number}", eats(1), allotment="quai") for number in range(8)]
            for one in sittings
        }
        barrier = Barrier(len(sittings))

        def decide(mine: list[SeatsRequest]) -> None:
            barrier.wait(timeout=10)
            for request in mine:
                with house.parts.service.work() as work:
                    answer_requests(work, [request], URL)

        with ThreadPoolExecutor(len(sittings)) as pool:
            for task in [pool.submit(decide, mine) for mine in requests.values()]:
                task.result(timeout=60)
        held = [house.sitting(one).seating.taken_by.get("quai", 0) for one in sittings]
        assert sum(held) == 15
        answers = house.said(SeatsAnswer).values()
        assert sum(answer.held != NOBODY for answer in answers) == 15
        assert {answer.meals_left for answer in answers if answer.why is Why.MEALS_USED_UP} == {0}
