"""A cantine's rule calls for cooks once, at its hour, if some are missing; without a rule nobody is called."""

from datetime import datetime, timedelta

from services.capacity.domain.alerts import AlertSettings
from services.capacity.domain.history import Author
from services.capacity.store import alerts as alert_store
from services.capacity.store.cook_calls import to_be_ruled
from services.capacity.use_cases.call_by_rule import call_by_rule
from services.capacity.use_cases.call_cooks import stop_calling
from services.capacity.use_cases.edit_sitting import edit_sitting
from shared.contracts.cook_call import CookCall
from shared.contracts.party import Party
from tests.services.capacity.house import URL, CapacityHouse, a_plan


def rules(house: CapacityHouse, *, hours: int, cooks: int = 3) -> None:
    with house.parts.service.work() as work:
        alert_store.save_settings(work.conn, "lyon-vaise", AlertSettings(call_hours=hours, cooks=cooks))


def cutoff(house: CapacityHouse, meal: str) -> datetime:
    return house.sitting(meal).seating.cutoff_at


def looks(house: CapacityHouse) -> int:
    return call_by_rule(house.parts.service, URL)


def test_the_rule_is_off_unless_a_cantine_wishes_it(house: CapacityHouse) -> None:
    meal = house.opens()
    house.clock.at = cutoff(house, meal) - timedelta(minutes=1)
    assert looks(house) == 0
    rules(house, hours=0)
    assert looks(house) == 0


def test_at_its_hour_the_rule_calls_once(house: CapacityHouse) -> None:
    meal = house.opens()
    rules(house, hours=24)
    house.clock.at = cutoff(house, meal) - timedelta(hours=24, seconds=1)
    assert looks(house) == 0
    house.clock.pass_time(seconds=1)
    assert (looks(house), looks(house)) == (1, 0)
    call = house.said(CookCall)[meal]
    assert call.sought == 3
    kept = house.sitting(meal).call
    assert kept is not None
    assert kept.by is None
    with house.parts.service.work() as work:
        stop_calling(work, meal, house.person(), URL)
    house.clock.pass_time(hours=2)
    assert looks(house) == 0


def test_where_enough_cook_nobody_is_called_and_who_withdraws_later_is_for_a_person_to_see(
    house: CapacityHouse,
) -> None:
    meal = house.opens()
    rules(house, hours=24)
    house.hears(house.asks(meal, "b1", Party(cooks=3)))
    house.clock.at = cutoff(house, meal) - timedelta(hours=24)
    assert looks(house) == 0
    house.hears(house.asks(meal, "b1", Party()))
    assert looks(house) == 0
    assert house.said(CookCall) == {}


def test_a_meal_that_moves_is_looked_at_again_and_one_just_opened_gets_time(house: CapacityHouse) -> None:
    meal = house.opens()
    rules(house, hours=24)
    house.hears(house.asks(meal, "b1", Party(cooks=3)))
    house.clock.at = cutoff(house, meal) - timedelta(hours=20)
    assert looks(house) == 0
    house.hears(house.asks(meal, "b1", Party()))
    with house.parts.service.work() as work:
        edit_sitting(work, meal, a_plan(day=house.sitting(meal).date + timedelta(days=1)), URL, Author(name="C"))
    house.clock.at = cutoff(house, meal) - timedelta(hours=20)
    assert looks(house) == 1
    late = house.opens(day=house.sitting(meal).date)
    assert looks(house) == 0
    house.clock.pass_time(hours=2)
    assert looks(house) == 1
    assert set(house.said(CookCall)) == {meal, late}


def test_meals_whose_hour_has_not_come_keep_no_other_waiting(house: CapacityHouse) -> None:
    rules(house, hours=24)
    soon = house.opens()
    house.clock.at = cutoff(house, soon) - timedelta(hours=24)
    for days in range(1, 5):
        house.opens(day=house.sitting(soon).date + timedelta(days=days))
    with house.parts.service.read() as conn:
        assert to_be_ruled(conn, house.clock.at, 1) == [soon]
        assert to_be_ruled(conn, house.clock.at, 10) == [soon]
