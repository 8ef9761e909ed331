"""A cantine's kitchen, and the hour from which only confirmed cooks count."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from services.capacity.domain.hours import HourBefore
from services.capacity.domain.kitchen import FlawedKitchen, Hands, Kitchen, OwnKitchen
from services.capacity.domain.mending import Mending, mending
from services.capacity.domain.places import Limits
from services.capacity.domain.staff import UnknownCantine
from services.capacity.use_cases.count_confirmed_cooks import count_confirmed_cooks
from services.capacity.use_cases.set_kitchen import set_kitchen
from shared.contracts.party import Party
from shared.contracts.seats import SeatsAnswer, Standing
from shared.contracts.sitting import SittingNotice
from tests.services.capacity.house import BY, URL, CapacityHouse

AT_SIX = HourBefore(days=1, at=time(18, 0))
KITCHEN = Kitchen(
    room=42, cook_places=11, planned_cooks=7, hands=Hands(base=2350, per_cook=150), equipment=60, counts_from=AT_SIX
)
USUAL = OwnKitchen()


def described(house: CapacityHouse, kitchen: Kitchen = KITCHEN) -> int:
    with house.parts.service.work() as work:
        return set_kitchen(work, "lyon-vaise", kitchen, URL, BY)


def limits(house: CapacityHouse, sitting: str) -> Limits:
    return house.sitting(sitting).seating.limits


def the_hour_comes(house: CapacityHouse) -> int:
    house.clock.at = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
    return count_confirmed_cooks(house.parts.service, URL)


def test_a_new_meal_has_the_kitchen_of_its_cantine(house: CapacityHouse) -> None:
    described(house)
    sitting = house.opens(kitchen=USUAL)
    assert limits(house, sitting) == Limits(seats=34, cook_places=11)
    assert house.said(SittingNotice)[sitting].seats_left == 34
    assert house.sitting(sitting).seating.kitchen == KITCHEN
    assert house.sitting(sitting).confirmed_only_from == datetime(2026, 11, 30, 17, 0, tzinfo=UTC)


def test_a_kitchen_that_nobody_described_is_a_room(house: CapacityHouse) -> None:
    sitting = house.opens(kitchen=USUAL)
    assert limits(house, sitting) == Limits(seats=35, cook_places=10)
    assert the_hour_comes(house) == 0


def test_meals_to_come_follow_their_kitchen_but_for_what_they_have_otherwise(house: CapacityHouse) -> None:
    usual, brunch = house.opens(kitchen=USUAL), house.opens(kitchen=OwnKitchen(room=20))
    house.asked(usual, "a", Party(eaters=34))
    house.asked(usual, "waits", Party(eaters=2))
    assert described(house, replace(KITCHEN, planned_cooks=9)) == 2
    assert limits(house, usual) == Limits(seats=37, cook_places=11)
    assert limits(house, brunch) == Limits(seats=20, cook_places=11)
    assert house.said(SeatsAnswer)["waits"].standing is Standing.HELD
    assert described(house, replace(KITCHEN, planned_cooks=9)) == 0


def test_a_smaller_kitchen_takes_no_place_back(house: CapacityHouse) -> None:
    sitting = house.opens(kitchen=USUAL)
    house.asked(sitting, "a", Party(eaters=35))
    described(house, Kitchen(room=30))
    assert (house.claim("a").held, house.sitting(sitting).seating.overhang) == (Party(eaters=35), 5)


def test_a_flawed_kitchen_changes_nothing(house: CapacityHouse) -> None:
    sitting = house.opens(kitchen=USUAL)
    with house.parts.service.work() as work, pytest.raises(FlawedKitchen):
        set_kitchen(work, "lyon-vaise", replace(KITCHEN, room=-1), URL, BY)
    with house.parts.service.work() as work, pytest.raises(UnknownCantine):
        set_kitchen(work, "nowhere", KITCHEN, URL, BY)
    assert limits(house, sitting) == Limits(seats=35, cook_places=10)


class TestTheHour:
    def test_counts_only_cooks_who_have_a_place(self, house: CapacityHouse) -> None:
        described(house)
        sitting = house.opens(kitchen=USUAL)
        house.hears(house.asks(sitting, "cooks", Party(cooks=5)), house.asks(sitting, "guests", Party(eaters=27)))
        assert count_confirmed_cooks(house.parts.service, URL) == 0
        assert the_hour_comes(house) == 1
        assert count_confirmed_cooks(house.parts.service, URL) == 0
        notice = house.said(SittingNotice)[sitting]
        assert (notice.seats, notice.seats_left, notice.at_risk) == (31, 0, True)
        assert mending(house.sitting(sitting).seating) == Mending(cooks=2, people=1)

    def test_seats_who_waits_when_more_cook_than_were_planned(self, house: CapacityHouse) -> None:
        described(house)
        sitting = house.opens(kitchen=USUAL)
        house.hears(house.asks(sitting, "cooks", Party(cooks=11)), house.asks(sitting, "guests", Party(eaters=23)))
        house.hears(*[house.asks(sitting, f"w{number}", Party(eaters=2)) for number in range(5)])
        the_hour_comes(house)
        seating = house.sitting(sitting).seating
        assert (seating.held, seating.limits.seats, seating.waitlist_length) == (40, 40, 2)

    def test_comes_in_batches_and_not_to_what_is_cancelled(self, house: CapacityHouse) -> None:
        described(house)
        for _ in range(5):
            house.opens(kitchen=USUAL)
        house.clock.at = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
        assert count_confirmed_cooks(house.parts.service, URL, batch=2) == 5

    def test_a_meal_opened_after_it_counts_confirmed_cooks_at_once(self, house: CapacityHouse) -> None:
        described(house, replace(KITCHEN, counts_from=HourBefore(days=10, at=time(18, 0))))
        sitting = house.opens(kitchen=USUAL)
        assert limits(house, sitting).seats == 23
        assert house.asked(sitting, "cook", Party(cooks=1)).standing is Standing.HELD
        assert limits(house, sitting).seats == 25

    def test_comes_again_when_the_meal_moves_to_a_later_day(self, house: CapacityHouse) -> None:
        described(house)
        house.opens(kitchen=USUAL)
        late = house.opens(kitchen=OwnKitchen(counts_from=HourBefore(days=0, at=time(9, 0))), day=date(2026, 12, 2))
        assert the_hour_comes(house) == 1
        assert limits(house, late).seats == 34


def test_seven_cooks_and_thirty_four_seats_one_withdraws_another_comes(house: CapacityHouse) -> None:
    described(house)
    sitting = house.opens(kitchen=USUAL)
    house.hears(*[house.asks(sitting, f"cook {number}", Party(cooks=1)) for number in range(7)])
    house.asked(sitting, "guests", Party(eaters=27))
    assert house.asked(sitting, "waits", Party(eaters=1)).standing is Standing.WAITLISTED
    the_hour_comes(house)
    house.cancelled(sitting, "cook 0")
    notice = house.said(SittingNotice)[sitting]
    assert (notice.seats, notice.seats_left, notice.at_risk) == (32, 0, True)
    assert mending(house.sitting(sitting).seating) == Mending(cooks=1, people=1)
    house.hears(house.asks(sitting, "eighth", Party(cooks=2)))
    notice = house.said(SittingNotice)[sitting]
    assert (notice.seats, notice.at_risk, notice.waitlist_length) == (35, False, 1)
    house.asked(sitting, "ninth", Party(cooks=1))
    assert house.said(SeatsAnswer)["waits"].standing is Standing.OFFERED
