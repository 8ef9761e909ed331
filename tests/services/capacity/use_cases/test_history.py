"""Whatever changes a sitting is in its history: who, when, through what, from what to what."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path

import pytest

from services.capacity.domain.after_meal import Money
from services.capacity.domain.alerts import AlertSettings
from services.capacity.domain.closures import Closure
from services.capacity.domain.go_no_go import GoNoGo
from services.capacity.domain.history import Author, Cause, Change, by_program
from services.capacity.domain.hours import HourBefore
from services.capacity.domain.kitchen import Hands, Kitchen, OwnKitchen
from services.capacity.domain.rules import WaitingRules
from services.capacity.domain.sittings import Dish, FlawedPlan, Plan
from services.capacity.domain.templates import Template
from services.capacity.store import alerts as alert_store
from services.capacity.store import closures as closure_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases import conclude
from services.capacity.use_cases.after_meal import note_money
from services.capacity.use_cases.amend_kitchen import amend_kitchen
from services.capacity.use_cases.amend_sitting import amend_sitting
from services.capacity.use_cases.call_by_rule import call_by_rule
from services.capacity.use_cases.call_cooks import call_cooks
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from services.capacity.use_cases.close_days import cancel_in_closure, close_days
from services.capacity.use_cases.count_confirmed_cooks import count_confirmed_cooks
from services.capacity.use_cases.edit_sitting import edit_sitting
from services.capacity.use_cases.go_ahead import go_ahead
from services.capacity.use_cases.look import find_history
from services.capacity.use_cases.make_ahead import make_ahead
from services.capacity.use_cases.open_once import open_once
from services.capacity.use_cases.plan_weeks import add_template, change_template
from services.capacity.use_cases.release_seats import release_now
from services.capacity.use_cases.rule_waiting_lists import rule_waiting_lists
from services.capacity.use_cases.set_kitchen import set_kitchen
from services.capacity.use_cases.take_bookings import take_bookings
from services.capacity.use_cases.write_menus import write_menus
from shared.contracts.party import Party
from shared.contracts.sitting import WaitlistPolicy
from tests.services.capacity.house import BY, URL, CapacityHouse, a_plan

USE_CASES = Path(inspect.getfile(conclude)).parent
HANDS = Hands(base=2350, per_cook=150)

Does = Callable[[CapacityHouse, str], str | None]


@dataclass(frozen=True)
class Deed:
    """What a use case does to a sitting (it may return the id of another), and what its history says of that."""

    does: Does
    by: Author
    facts: tuple[str, ...]


DEEDS: dict[str, Deed] = {}


def deed(use_case: str, by: Author, *facts: str) -> Callable[[Does], Does]:
    def keep(does: Does) -> Does:
        DEEDS[use_case] = Deed(does, by, facts)
        return does

    return keep


PROGRAM = Author(name="Camille Rey", program=True)


@deed("open_sitting", BY, "status")
def _opened(house: CapacityHouse, sitting: str) -> None:
    """The house has opened it."""


@deed("open_once", PROGRAM, "status")
def _opened_by_a_program(house: CapacityHouse, sitting: str) -> str:
    with house.parts.service.work() as work:
        return open_once(work, house.person(), "lyon-vaise", a_plan(), URL, key="a")


@deed("edit_sitting", BY, "date", "menu", "allergens")
def _edited(house: CapacityHouse, sitting: str) -> None:
    with house.parts.service.work() as work:
        edit_sitting(work, sitting, a_plan(day=date(2026, 12, 2), menu="Soupe", allergens=None), URL, BY)


@deed("amend_sitting", PROGRAM, "room")
def _amended(house: CapacityHouse, sitting: str) -> None:
    with house.parts.service.work() as work:
        amend_sitting(work, house.person(), sitting, _with_nine_seats, URL)


def _with_nine_seats(plan: Plan) -> Plan:
    return replace(plan, kitchen=replace(plan.kitchen, room=9))


@deed("take_bookings", BY, "status")
def _closed(house: CapacityHouse, sitting: str) -> None:
    with house.parts.service.work() as work:
        take_bookings(work, sitting, False, URL, BY)


@deed("write_menus", BY.through(Cause.MENUS), "menu", "allergens", "diets")
def _served(house: CapacityHouse, sitting: str) -> None:
    with house.parts.service.work() as work:
        write_menus(work, house.person(), {sitting: Dish(menu="Chili", allergens=(), diets=("vegan",))}, URL)


@deed("cancel_sitting", BY, "status")
def _cancelled(house: CapacityHouse, sitting: str) -> None:
    with house.parts.service.work() as work:
        cancel_sitting(work, sitting, URL, BY)


@deed("close_days", BY.through(Cause.CLOSURE), "status")
def _cancelled_in_a_closure(house: CapacityHouse, sitting: str) -> None:
    with house.parts.service.work() as work:
        works = Closure(id="", cantine="", name="Travaux", first=date(2026, 12, 1), last=date(2026, 12, 1))
        close_days(work, works, ["lyon-vaise"])
        (closure,) = closure_store.exceptions(work.conn, ["lyon-vaise"], date(2026, 12, 1))["lyon-vaise"].closures
        cancel_in_closure(work, closure, [sitting], URL, BY)


@deed("set_kitchen", BY.through(Cause.KITCHEN), "hands")
def _in_another_kitchen(house: CapacityHouse, sitting: str) -> None:
    with house.parts.service.work() as work:
        set_kitchen(work, "lyon-vaise", Kitchen(hands=HANDS), URL, BY)


@deed("amend_kitchen", PROGRAM.through(Cause.KITCHEN), "equipment")
def _with_fewer_plates(house: CapacityHouse, sitting: str) -> None:
    with house.parts.service.work() as work:
        amend_kitchen(work, house.person(), "lyon-vaise", lambda kitchen: replace(kitchen, equipment=20), URL)


@deed("rule_waiting_lists", BY.through(Cause.WAITING_LISTS), "policy", "offers_hours")
def _ruled_otherwise(house: CapacityHouse, sitting: str) -> None:
    with house.parts.service.work() as work:
        rule_waiting_lists(work, "lyon-vaise", WaitingRules(policy=WaitlistPolicy.FILL, offers_hours=3), URL, BY)


@deed("go_ahead", BY, "goes_ahead")
def _goes_ahead(house: CapacityHouse, sitting: str) -> None:
    with house.parts.service.work() as work:
        go_ahead(work, sitting, house.person(), URL)


@deed("call_cooks", BY, "called")
def _cooks_called(house: CapacityHouse, sitting: str) -> None:
    with house.parts.service.work() as work:
        call_cooks(work, sitting, house.person(), URL)


@deed("call_by_rule", Author(cause=Cause.CLOCK), "called")
def _cooks_called_by_rule(house: CapacityHouse, sitting: str) -> None:
    with house.parts.service.work() as work:
        alert_store.save_settings(work.conn, "lyon-vaise", AlertSettings(call_hours=24))
    house.clock.pass_time(days=6)
    call_by_rule(house.parts.service, URL)


@deed("after_meal", BY, "food_cost", "contributions")
def _paid(house: CapacityHouse, sitting: str) -> None:
    house.clock.pass_time(days=8)
    with house.parts.service.work() as work:
        note_money(work, house.person(), sitting, Money(food_cost=11_900, contributions=28_000))


@deed("make_ahead", Author(cause=Cause.WEEKLY), "status")
def _made_ahead(house: CapacityHouse, sitting: str) -> str:
    usual = a_plan(day=date(2026, 12, 4), menu="", allergens=None)
    with house.parts.service.work() as work:
        template = add_template(work, Template(id="", cantine="lyon-vaise", usual=usual))
    make_ahead(house.parts.service, URL)
    with house.parts.service.read() as conn:
        return sitting_store.made_from(conn, template, date(2026, 12, 1))[0].id


@deed("plan_weeks", BY.through(Cause.WEEKLY), "meal_starts")
def _follows_its_weekly_meal(house: CapacityHouse, sitting: str) -> str:
    made = house.sitting(_made_ahead(house, sitting) or "")
    assert made.template
    usual = a_plan(day=date(2026, 12, 4), menu="", allergens=None, meal_starts=time(13, 0))
    with house.parts.service.work() as work:
        template = Template(id=made.template, cantine="lyon-vaise", usual=usual)
        change_template(work, template, URL, BY, follows=True)
    return made.id


@deed("count_confirmed_cooks", Author(cause=Cause.CLOCK), "confirmed_only")
def _counts_confirmed_cooks(house: CapacityHouse, sitting: str) -> None:
    with house.parts.service.work() as work:
        set_kitchen(work, "lyon-vaise", Kitchen(hands=HANDS), URL, BY)
    house.clock.pass_time(days=6.5)
    count_confirmed_cooks(house.parts.service, URL)


@deed("release_seats", BY, "released")
def _released(house: CapacityHouse, sitting: str) -> str:
    keeping = house.opens(kitchen=OwnKitchen(newcomer_seats=2))
    with house.parts.service.work() as work:
        release_now(work, keeping, ["newcomers", "of nobody"], URL, BY)
    return keeping


KEEP_NO_DECISION = {
    "conclude": "it writes the history",
    "answer_requests": "guests take and release seats",
    "expire_offers": "guests did not answer",
    "use_up_meals": "their partner has had its meals of the month",
    "close_waitlists": "the hour at which booking closes is a part of the plan",
    "look_after_alerts": "alerts are no part of a sitting's plan",
    "add_cantine": "sittings are said anew, as they are",
    "choose_reminders": "sittings are said anew, as they are",
    "resay": "sittings are said anew, as they are",
}


@pytest.mark.parametrize("use_case", DEEDS)
def test_who_when_what(house: CapacityHouse, use_case: str) -> None:
    one, sitting = DEEDS[use_case], house.opens()
    house.clock.pass_time(minutes=5)
    other = one.does(house, sitting)
    entry = find_history(house.parts.service, other or sitting)[0]
    assert (entry.by, {change.fact for change in entry.changes}) == (one.by, set(one.facts))
    assert entry.at == house.clock.at or use_case == "open_sitting"


def test_no_use_case_that_keeps_sittings_is_left_out() -> None:
    """A new one stands among the deeds above, or says why it has no history."""
    keeps = re.compile(
        r"sitting_store\.save\(|\b(conclude|edit_sitting|cancel_sitting|set_kitchen|open_sitting)\(work|keep_money"
    )
    found = {file.stem for file in USE_CASES.glob("*.py") if keeps.search(file.read_text())}
    assert found == DEEDS.keys() | KEEP_NO_DECISION.keys()


def test_from_what_to_what_newest_first(house: CapacityHouse) -> None:
    sitting = house.opens(seats=10)
    house.asked(sitting, "a", Party(eaters=2))
    house.clock.pass_time(minutes=5)
    with house.parts.service.work() as work:
        edit_sitting(work, sitting, a_plan(seats=12), URL, BY)
    at = house.clock.at
    house.clock.pass_time(minutes=5)
    with house.parts.service.work() as work:
        cancel_sitting(work, sitting, URL, by_program(house.person()))
    last, before, first = find_history(house.parts.service, sitting)
    assert (last.by, last.changes) == (PROGRAM, (Change("status", "open", "cancelled"),))
    assert (before.at, before.changes) == (at, (Change("room", 10, 12),))
    assert first.changes == (Change("status", None, "open"),)


def test_what_changes_nothing_is_not_noted_and_what_fails_neither(house: CapacityHouse) -> None:
    sitting = house.opens()
    with house.parts.service.work() as work:
        edit_sitting(work, sitting, a_plan(), URL, BY)
        with pytest.raises(FlawedPlan):
            edit_sitting(work, sitting, a_plan(seats=-1), URL, BY)
    with pytest.raises(RuntimeError), house.parts.service.work() as work:
        take_bookings(work, sitting, False, URL, BY)
        raise RuntimeError("the machine stops before the commit")
    assert len(find_history(house.parts.service, sitting)) == 1


def test_a_kitchen_of_its_own_is_noted_also_where_it_is_as_usual(house: CapacityHouse) -> None:
    sitting = house.opens(go_no_go=GoNoGo(at=HourBefore(days=1, at=time(18, 0)), covers=5))
    planned = house.sitting(sitting).plan
    with house.parts.service.work() as work:
        own = replace(planned.kitchen, counts_from=Kitchen().counts_from)
        edit_sitting(work, sitting, replace(planned, kitchen=own, go_no_go=None), URL, BY)
    changes = find_history(house.parts.service, sitting)[0].changes
    assert Change("own_kitchen", ["room", "cook_places"], ["room", "cook_places", "counts_from"]) in changes
    assert Change("go_no_go", [1, "18:00:00", 5, 0], None) in changes
