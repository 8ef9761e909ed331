"""How the waiting lists of a cantine work."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa

from services.capacity.domain.closures import Closure
from services.capacity.domain.rules import WaitingRules
from services.capacity.use_cases.close_days import close_days
from services.capacity.use_cases.open_sitting import open_sitting
from services.capacity.use_cases.rule_waiting_lists import rule_waiting_lists
from shared.contracts.party import Party
from shared.contracts.seats import Standing
from shared.contracts.sitting import SittingNotice, WaitlistPolicy
from tests.services.capacity.house import BY, URL, CapacityHouse, a_plan

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
FILL, STRICT = WaitlistPolicy.FILL, WaitlistPolicy.STRICT


def eaters(count: int) -> Party:
    return Party(eaters=count)


def waiting(house: CapacityHouse) -> int:
    """How many wait for a lock."""
    with house.parts.service.read() as conn:
        return int(conn.execute(sa.text(WAITING)).scalar_one())


def rules(house: CapacityHouse, policy: WaitlistPolicy) -> None:
    with house.parts.service.work() as work:
        rule_waiting_lists(work, "lyon-vaise", WaitingRules(policy=policy), URL, BY)


def test_a_policy_holds_at_once_for_meals_to_come_and_for_those_opened_later(house: CapacityHouse) -> None:
    sitting, elsewhere = house.opens(), house.opens(cantine="metz-sablon")
    rules(house, FILL)
    later = house.opens()
    said = house.said(SittingNotice)
    assert [said[one].waitlist_policy for one in (sitting, later, elsewhere)] == [FILL, FILL, STRICT]
    house.forget_what_was_said()
    rules(house, FILL)
    assert house.said(SittingNotice) == {}


def test_a_new_policy_seats_who_fits_now(house: CapacityHouse) -> None:
    sitting = house.opens(seats=4)
    for booking, count in (("a", 3), ("two", 2), ("one", 1)):
        house.asked(sitting, booking, eaters(count))
    rules(house, FILL)
    assert (house.claim("one").standing, house.claim("two").standing) == (Standing.HELD, Standing.WAITLISTED)


def test_the_first_that_fits_is_found_behind_a_long_line_of_large_parties(house: CapacityHouse) -> None:
    rules(house, FILL)
    sitting = house.opens(seats=4, cook_places=1)
    house.asked(sitting, "a", eaters(4))
    house.hears(*[house.asks(sitting, f"w{number:02}", eaters(3)) for number in range(30)])
    house.asked(sitting, "small", eaters(2))
    house.asked(sitting, "smaller", Party(cooks=1))
    house.asked(sitting, "a", eaters(2))
    assert (house.claim("small").standing, house.claim("smaller").standing) == (Standing.HELD, Standing.WAITLISTED)


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)  # SQLite has one writer at a time
def test_new_rules_and_closures_wait_for_a_meal_that_is_being_made(house: CapacityHouse) -> None:
    closure = Closure(id="", cantine="lyon-vaise", first=date(2026, 12, 24), last=date(2026, 12, 24), name="Noël")

    def close() -> None:
        with house.parts.service.work() as work:
            close_days(work, closure, ["lyon-vaise"])

    with ThreadPoolExecutor(2) as pool:
        with house.parts.service.work() as making:
            sitting = open_sitting(making, "lyon-vaise", a_plan(), URL, BY)
            others = [pool.submit(rules, house, FILL), pool.submit(close)]
            while waiting(house) < len(others):
                assert not any(other.done() for other in others)
        for other in others:
            other.result(timeout=10)
    assert house.said(SittingNotice)[sitting].waitlist_policy is FILL
