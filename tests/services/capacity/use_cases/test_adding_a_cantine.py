"""What is known of a cantine changes: whoever keeps its sittings hears of it."""

from dataclasses import replace

from services.capacity.use_cases.add_cantine import add_cantine
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
