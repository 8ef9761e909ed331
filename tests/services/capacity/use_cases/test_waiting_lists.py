"""How the waiting lists of a cantine work."""

from services.capacity.domain.rules import WaitingRules
from services.capacity.use_cases.rule_waiting_lists import rule_waiting_lists
from shared.contracts.party import Party
from shared.contracts.seats import Standing
from shared.contracts.sitting import SittingNotice, WaitlistPolicy
from tests.services.capacity.house import BY, URL, CapacityHouse

FILL, STRICT = WaitlistPolicy.FILL, WaitlistPolicy.STRICT


def eaters(count: int) -> Party:
    return Party(eaters=count)


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
