"""Coordinators open, edit and cancel; the cutoff closes the waiting list."""

from dataclasses import replace
from datetime import date, time

import pytest

from services.capacity.domain.sittings import FlawedPlan, NoSuchSitting, SittingIsOver
from services.capacity.domain.staff import UnknownCantine
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from services.capacity.use_cases.close_waitlists import close_waitlists
from services.capacity.use_cases.edit_sitting import edit_sitting
from services.capacity.use_cases.open_sitting import open_sitting
from shared.contracts.party import Party
from shared.contracts.seats import SeatsAnswer, Standing, Why
from shared.contracts.sitting import SittingNotice, SittingStatus
from tests.services.capacity.house import BY, URL, CapacityHouse, a_plan


def eaters(count: int) -> Party:
    return Party(eaters=count)


def edited(house: CapacityHouse, sitting: str, **plan: object) -> None:
    with house.parts.service.work() as work:
        edit_sitting(work, sitting, a_plan(**plan), URL, BY)  # type: ignore[arg-type]


def test_a_new_sitting_is_told_with_its_times(house: CapacityHouse) -> None:
    sitting = house.opens()
    notice = house.said(SittingNotice, "booking")[sitting]
    assert notice.starts_at.isoformat() == "2026-12-01T11:30:00+00:00"
    assert notice.cutoff_at.isoformat() == "2026-11-30T19:00:00+00:00"
    assert (notice.status, notice.seats_left, notice.allergens) == (SittingStatus.OPEN, 10, ("milk",))


@pytest.mark.parametrize("allergens", [None, (), ("milk", "nuts")])
def test_unknown_allergens_never_become_none(house: CapacityHouse, allergens: tuple[str, ...] | None) -> None:
    sitting = house.opens(allergens=allergens)
    assert house.sitting(sitting).allergens == allergens
    assert house.said(SittingNotice)[sitting].allergens == allergens


def test_a_sitting_needs_a_cantine_and_a_plan(house: CapacityHouse) -> None:
    with house.parts.service.work() as work, pytest.raises(UnknownCantine):
        open_sitting(work, "nowhere", a_plan(), URL, BY)
    with house.parts.service.work() as work, pytest.raises(FlawedPlan):
        open_sitting(work, "lyon-vaise", a_plan(day=date(2026, 11, 20)), URL, BY)


def test_more_seats_go_to_who_waits(house: CapacityHouse) -> None:
    sitting = house.opens(seats=2, cook_places=1)
    house.asked(sitting, "a", eaters(2))
    house.asked(sitting, "b", eaters(2))
    edited(house, sitting, seats=4, cook_places=1)
    assert house.said(SeatsAnswer)["b"].standing is Standing.HELD
    assert house.said(SittingNotice)[sitting].waitlist_length == 0


def test_fewer_seats_take_none_back(house: CapacityHouse) -> None:
    sitting = house.opens(seats=6, cook_places=1)
    house.asked(sitting, "a", eaters(6))
    house.forget_what_was_said()
    edited(house, sitting, seats=4, cook_places=1)
    assert house.said(SeatsAnswer) == {}
    assert house.said(SittingNotice)[sitting].at_risk
    assert house.sitting(sitting).seating.overhang == 2
    assert house.asked(sitting, "b", eaters(1)).standing is Standing.WAITLISTED


def test_a_sitting_can_move_to_another_day_and_hour(house: CapacityHouse) -> None:
    sitting = house.opens()
    house.asked(sitting, "a", eaters(2))
    edited(house, sitting, day=date(2026, 12, 4), meal_starts=time(20, 0), cooking_starts=time(17, 0))
    notice = house.said(SittingNotice)[sitting]
    assert (notice.date, notice.starts_at.isoformat()) == (date(2026, 12, 4), "2026-12-04T19:00:00+00:00")
    assert notice.cutoff_at.isoformat() == "2026-12-03T19:00:00+00:00"
    assert house.claim("a").standing is Standing.HELD


def test_an_edit_that_changes_nothing_says_nothing(house: CapacityHouse) -> None:
    sitting = house.opens()
    house.forget_what_was_said()
    edited(house, sitting)
    assert house.said(SittingNotice) == {}


def test_what_is_over_cannot_be_changed(house: CapacityHouse) -> None:
    sitting = house.opens()
    with house.parts.service.work() as work, pytest.raises(NoSuchSitting):
        edit_sitting(work, "nowhere", a_plan(), URL, BY)
    house.clock.pass_time(days=8)
    with house.parts.service.work() as work, pytest.raises(SittingIsOver):
        edit_sitting(work, sitting, a_plan(), URL, BY)
    with house.parts.service.work() as work, pytest.raises(SittingIsOver):
        cancel_sitting(work, sitting, URL, BY)


def test_cancelling_answers_everybody_and_is_final(house: CapacityHouse) -> None:
    sitting = house.opens(seats=2, cook_places=1)
    house.asked(sitting, "a", eaters(2))
    house.asked(sitting, "b", eaters(1))
    for _ in range(2):
        with house.parts.service.work() as work:
            cancel_sitting(work, sitting, URL, BY)
    answers = house.said(SeatsAnswer)
    assert {one.why for one in answers.values()} == {Why.SITTING_CANCELLED}
    assert {one.standing for one in answers.values()} == {Standing.REFUSED}
    assert house.said(SittingNotice)[sitting].status is SittingStatus.CANCELLED
    assert house.asked(sitting, "c", eaters(1)).why is Why.SITTING_CANCELLED
    with house.parts.service.work() as work, pytest.raises(SittingIsOver):
        edit_sitting(work, sitting, a_plan(seats=3), URL, BY)


class TestTheCutoff:
    def test_closes_the_waiting_list_once_in_batches(self, house: CapacityHouse) -> None:
        sitting = house.opens(seats=2, cook_places=1)
        house.asked(sitting, "a", eaters(2))
        house.hears(*[house.asks(sitting, f"w{number}", eaters(1)) for number in range(5)])
        assert close_waitlists(house.parts.service, URL) == 0
        house.clock.pass_time(days=6, hours=12)
        assert close_waitlists(house.parts.service, URL, batch=2) == 5
        assert close_waitlists(house.parts.service, URL) == 0
        answers = house.said(SeatsAnswer)
        assert {answers[f"w{number}"].why for number in range(5)} == {Why.WAITLIST_CLOSED}
        assert house.said(SittingNotice)[sitting].waitlist_length == 0
        assert house.claim("a").standing is Standing.HELD

    def test_leaves_a_late_message_of_an_early_wish_its_chance(self, house: CapacityHouse) -> None:
        sitting = house.opens(seats=2, cook_places=1)
        early, too_many = house.asks(sitting, "early", eaters(2)), house.asks(sitting, "second", eaters(1))
        house.clock.pass_time(days=6, hours=12)
        close_waitlists(house.parts.service, URL)
        house.hears(early, too_many)
        assert house.claim("early").standing is Standing.HELD
        assert house.claim("second").why is Why.WAITLIST_CLOSED

    def test_comes_again_when_the_sitting_moves_to_a_later_day(self, house: CapacityHouse) -> None:
        sitting = house.opens(seats=1, cook_places=1)
        house.clock.pass_time(days=6, hours=12)
        close_waitlists(house.parts.service, URL)
        edited(house, sitting, seats=1, cook_places=1, day=date(2026, 12, 8))
        house.asked(sitting, "a", eaters(1))
        assert house.asked(sitting, "b", eaters(1)).standing is Standing.WAITLISTED
        house.clock.pass_time(days=7)
        assert close_waitlists(house.parts.service, URL) == 1


def test_a_plan_survives_the_database(house: CapacityHouse) -> None:
    sitting = house.opens()
    assert house.sitting(sitting).plan == a_plan()
    assert replace(house.sitting(sitting).plan, open=False) != a_plan()
