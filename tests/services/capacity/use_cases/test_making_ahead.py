"""Weekly meals open the sittings of the next weeks, each once; what people changed or closed is theirs."""

import threading
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from services.capacity.domain.closures import Closure, NoSuchClosure
from services.capacity.domain.hours import HourBefore
from services.capacity.domain.kitchen import OwnKitchen
from services.capacity.domain.sittings import Plan, PlannedSitting
from services.capacity.domain.templates import OverlappingTemplates, Template
from services.capacity.store import closures as closure_store
from services.capacity.store import sittings as sitting_store
from services.capacity.store import templates as template_store
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from services.capacity.use_cases.close_days import cancel_in_closure, close_days, keep_holidays_of, reopen_days
from services.capacity.use_cases.edit_sitting import edit_sitting
from services.capacity.use_cases.make_ahead import make_ahead
from services.capacity.use_cases.plan_weeks import Followed, add_template, change_template, end_template
from shared.contracts.party import Party
from shared.contracts.sitting import SittingNotice, SittingStatus
from shared.holidays import Region
from tests.services.capacity.house import BY, URL, CapacityHouse

FRIDAY = date(2026, 11, 27)
SIX_FRIDAYS = ["2026-11-27", "2026-12-04", "2026-12-11", "2026-12-18", "2027-01-08"]  # a feast on the other two


def weekly(first: date = FRIDAY, meal_starts: time = time(12, 30), **more: Any) -> Template:
    usual = Plan(
        date=first,
        cooking_starts=time(9, 30),
        meal_starts=meal_starts,
        kitchen=OwnKitchen(room=34, cook_places=8),
        diets=("vegetarian",),
        break_even_price=1250,
        food_price=350,
        cutoff=HourBefore(days=2, at=time(18, 0)),
    )
    return Template(id="", cantine="lyon-vaise", usual=usual, **more)


def added(house: CapacityHouse, template: Template) -> str:
    with house.parts.service.work() as work:
        return add_template(work, template)


def kept(house: CapacityHouse, template: str) -> Template:
    with house.parts.service.read() as conn:
        found = template_store.find(conn, template)
    assert found
    return found


def made(house: CapacityHouse) -> list[PlannedSitting]:
    """Follow the templates, and see all sittings to come."""
    make_ahead(house.parts.service, URL)
    with house.parts.service.read() as conn:
        return sitting_store.of_cantines(conn, ["lyon-vaise"], date(2026, 11, 24), date(2028, 1, 1))


def days(house: CapacityHouse) -> list[str]:
    return [one.date.isoformat() for one in made(house)]


def changed(house: CapacityHouse, template: Template, *, follows: bool = True) -> Followed:
    with house.parts.service.work() as work:
        return change_template(work, template, URL, BY, follows=follows)


def test_six_weeks_are_made_once_and_then_a_week_at_a_time(house: CapacityHouse) -> None:
    template = added(house, weekly())
    assert days(house) == ["2026-11-27", "2026-12-04", "2026-12-11", "2026-12-18"]  # 25 December and 1 January are off
    assert make_ahead(house.parts.service, URL) == 0
    house.clock.pass_time(days=3)
    assert make_ahead(house.parts.service, URL) == 1
    assert days(house) == SIX_FRIDAYS
    one = made(house)[1]
    assert one.plan == kept(house, template).plan(date(2026, 12, 4))
    assert one.seating.cutoff_at.isoformat() == "2026-12-02T17:00:00+00:00"
    notice = house.said(SittingNotice, "booking")[one.id]
    assert (notice.diets, notice.food_price, notice.seats_left) == (("vegetarian",), 350, 34)


def test_many_relays_make_each_once(house: CapacityHouse) -> None:
    for hour in (12, 17, 20):
        plan = replace(weekly().usual, cooking_starts=time(hour - 1, 0), meal_starts=time(hour, 0))
        added(house, replace(weekly(), usual=plan))
    counts: list[int] = []
    relays = [
        threading.Thread(target=lambda: counts.append(make_ahead(house.parts.service, URL, batch=2))) for _ in range(4)
    ]
    for relay in relays:
        relay.start()
    for relay in relays:
        relay.join()
    assert sum(counts) == len(made(house)) == 12


def test_what_was_cancelled_or_moved_is_not_made_again(house: CapacityHouse) -> None:
    added(house, weekly())
    first, second, *_ = made(house)
    with house.parts.service.work() as work:
        cancel_sitting(work, first.id, URL, BY)
        edit_sitting(work, second.id, replace(second.plan, date=date(2026, 12, 5)), URL, BY)
    house.clock.pass_time(days=3)
    assert days(house) == ["2026-11-27", "2026-12-05", *SIX_FRIDAYS[2:]]


def test_a_day_with_another_meal_in_these_hours_is_left_alone(house: CapacityHouse) -> None:
    by_hand = house.opens(day=date(2026, 12, 4))
    added(house, weekly())
    assert [one.id for one in made(house) if one.date == date(2026, 12, 4)] == [by_hand]


def test_the_same_sitting_comes_back_after_a_restore(house: CapacityHouse) -> None:
    template = kept(house, added(house, weekly()))
    assert made(house)[0].id == template.sitting_of(FRIDAY)


def test_overlapping_weekly_meals_are_refused_and_nothing_changes(house: CapacityHouse) -> None:
    lunch, brunch = added(house, weekly()), weekly(meal_starts=time(14, 0))
    with pytest.raises(OverlappingTemplates), house.parts.service.work() as work:
        add_template(work, brunch)
    dinner = replace(weekly().usual, cooking_starts=time(17, 0), meal_starts=time(20, 0))
    evening = kept(house, added(house, replace(weekly(), usual=dinner)))
    with pytest.raises(OverlappingTemplates):
        changed(house, replace(evening, usual=kept(house, lunch).usual))
    assert kept(house, evening.id).usual == dinner


class TestAChange:
    def test_is_followed_by_what_is_untouched_and_nobody_loses_a_place(self, house: CapacityHouse) -> None:
        template = kept(house, added(house, weekly()))
        booked, touched, menu, last = made(house)
        house.asked(booked.id, "a", Party(eaters=6))
        with house.parts.service.work() as work:
            edit_sitting(work, touched.id, replace(touched.plan, kitchen=OwnKitchen(room=20, cook_places=8)), URL, BY)
            edit_sitting(
                work, menu.id, replace(menu.plan, menu="Chili", allergens=(), diets=("vegan",), open=False), URL, BY
            )
        smaller = replace(template.usual, kitchen=OwnKitchen(room=4, cook_places=2), diets=())
        assert changed(house, replace(template, usual=smaller)) == Followed(changed=3, kept=1)
        now = {one.id: one for one in made(house)}
        assert {one.seating.limits.seats for key, one in now.items() if key != touched.id} == {4}
        assert now[touched.id].seating.limits.seats == 20
        assert (now[booked.id].seating.held, now[booked.id].seating.overhang) == (6, 2)
        assert (now[menu.id].menu, now[menu.id].diets, now[last.id].diets) == ("Chili", ("vegan",), ())
        assert now[menu.id].seating.status is SittingStatus.CLOSED

    def test_may_be_for_new_meals_alone(self, house: CapacityHouse) -> None:
        template = kept(house, added(house, weekly()))
        before = made(house)
        cheaper = replace(template, usual=replace(template.usual, break_even_price=1000))
        assert changed(house, cheaper, follows=False) == Followed(changed=0, kept=4)
        house.clock.pass_time(days=3)
        *same, new = made(house)
        assert {one.break_even_price for one in same} == {1250}
        assert (len(same), new.break_even_price) == (len(before), 1000)

    def test_leaves_alone_what_it_cannot_reach(self, house: CapacityHouse) -> None:
        template = kept(house, added(house, weekly()))
        made(house)
        every_other = replace(template, every=2, usual=replace(template.usual, break_even_price=1000))
        assert changed(house, every_other) == Followed(changed=2, kept=2)
        assert [one.break_even_price for one in made(house)] == [1000, 1250, 1000, 1250]

    def test_ends_without_cancelling_anything(self, house: CapacityHouse) -> None:
        template = added(house, weekly())
        before = days(house)
        with house.parts.service.work() as work:
            end_template(work, template)
        house.clock.pass_time(days=14)
        assert days(house) == before


class TestAClosure:
    CHRISTMAS = Closure(id="", cantine="", name="Vacances", first=date(2026, 12, 11), last=date(2026, 12, 31))

    def closes(self, house: CapacityHouse) -> Closure:
        with house.parts.service.work() as work:
            close_days(work, self.CHRISTMAS, ["lyon-vaise"])
        with house.parts.service.read() as conn:
            (found,) = closure_store.exceptions(conn, ["lyon-vaise"], FRIDAY)["lyon-vaise"].closures
        return found

    def test_prevents_meals_until_it_is_removed(self, house: CapacityHouse) -> None:
        closure = self.closes(house)
        added(house, weekly())
        assert days(house) == SIX_FRIDAYS[:2]
        with house.parts.service.work() as work:
            reopen_days(work, closure)
        assert days(house) == SIX_FRIDAYS[:4]

    def test_cancels_nothing_but_what_a_person_chose(self, house: CapacityHouse) -> None:
        added(house, weekly())
        before, in_it, also, _ = made(house)[0], *made(house)[2:], None
        closure = self.closes(house)
        assert {one.seating.status for one in made(house)} == {SittingStatus.OPEN}
        with house.parts.service.work() as work:
            assert cancel_in_closure(work, closure, [before.id, in_it.id, "nothing"], URL, BY) == 1
        assert house.sitting(in_it.id).seating.status is SittingStatus.CANCELLED
        assert {house.sitting(one.id).seating.status for one in (before, also)} == {SittingStatus.OPEN}
        with house.parts.service.work() as work:
            reopen_days(work, closure)
        with house.parts.service.work() as work, pytest.raises(NoSuchClosure):
            cancel_in_closure(work, closure, [also.id], URL, BY)


def test_alsace_keeps_its_own_feasts(house: CapacityHouse) -> None:
    saturday = date(2026, 12, 19)
    added(house, weekly(saturday))
    assert "2026-12-26" in days(house)
    house.clock.pass_time(days=1)
    with house.parts.service.work() as work:
        keep_holidays_of(work, "lyon-vaise", Region.ALSACE_MOSELLE)
    added(
        house,
        replace(weekly(saturday), usual=replace(weekly(saturday).usual, cooking_starts=time(17), meal_starts=time(20))),
    )
    assert days(house).count("2026-12-26") == 1
