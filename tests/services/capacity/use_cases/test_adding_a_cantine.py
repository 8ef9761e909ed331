"""What is known of a cantine changes: whoever keeps its sittings hears of it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from services.capacity.domain.cantines import FlawedCantine
from services.capacity.domain.copies import CantineExists
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.copy_cantine import copy_cantine
from shared.contracts.sitting import SittingNotice
from tests.services.capacity.house import CapacityHouse, a_cantine


def test_another_telephone_number_is_told_with_every_sitting_of_the_cantine(house: CapacityHouse) -> None:
    sitting, elsewhere = house.opens(), house.opens("metz-sablon")
    revision = house.sitting(sitting).revision
    house.forget_what_was_said()
    moved = replace(a_cantine("lyon-vaise"), phone="+33639980099")
    with house.parts.service.work() as work:
        add_cantine(work, moved)
    for receiver in ("booking", "notifications"):
        said = house.said(SittingNotice, receiver)
        assert elsewhere not in said
        assert said[sitting].cantine == moved
        assert said[sitting].revision > revision
    assert house.sitting(sitting).revision == said[sitting].revision


def test_the_same_again_says_nothing(house: CapacityHouse) -> None:
    house.opens()
    house.forget_what_was_said()
    with house.parts.service.work() as work:
        add_cantine(work, a_cantine("lyon-vaise"))
    assert house.said(SittingNotice) == {}


def test_meals_that_are_over_are_not_told_of_again(house: CapacityHouse) -> None:
    house.opens()
    house.clock.pass_time(days=60)
    to_come = house.opens(day=house.clock.at.date() + timedelta(days=5))
    house.forget_what_was_said()
    with house.parts.service.work() as work:
        add_cantine(work, replace(a_cantine("lyon-vaise"), phone="+33639980099"))
    assert set(house.said(SittingNotice)) == {to_come}


def test_the_zone_stays_while_meals_are_to_come(house: CapacityHouse) -> None:
    elsewhere = replace(a_cantine("lyon-vaise"), zone="Indian/Reunion")
    house.opens()
    with pytest.raises(FlawedCantine, match="time zone"), house.parts.service.work() as work:
        add_cantine(work, elsewhere)
    house.clock.pass_time(days=60)
    with house.parts.service.work() as work:
        add_cantine(work, elsewhere)


def test_a_cantine_is_opened_once_however_often_one_clicks(house: CapacityHouse) -> None:
    twin, together = a_cantine("lyon-perrache", "Les Tablées de Perrache"), Barrier(2)

    def click(_: int) -> bool:
        together.wait(timeout=10)
        try:
            with house.parts.service.work() as work:
                copy_cantine(work, "lyon-vaise", twin, house.clock.at.date())
        except CantineExists:
            return False
        return True

    with ThreadPoolExecutor(2) as clicks:
        assert sorted(clicks.map(click, range(2))) == [False, True]
