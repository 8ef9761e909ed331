"""A neighbour was restored from an older copy, or keeps more than capacity has."""

import sqlalchemy as sa

from shared.contracts.party import Party
from shared.contracts.receipt import Kept
from shared.contracts.seats import KeptAnswer, SeatsAnswer, Standing
from shared.contracts.sitting import SittingNotice
from shared.contracts.staff import StaffNotice
from tests.services.capacity.house import CapacityHouse


def test_everything_live_is_said_again_as_it_stands(house: CapacityHouse) -> None:
    sitting = house.opens()
    claim = house.asked(sitting, "a", Party(eaters=2))
    house.asked("nowhere", "b", Party(eaters=2))
    house.forget_what_was_said()
    assert house.parts.resay() == 4
    assert house.said(SeatsAnswer)["a"].revision == claim.revision
    assert set(house.said(SeatsAnswer)) == {"a", "b"}
    assert set(house.said(SittingNotice, "notifications")) == {sitting}
    assert set(house.said(StaffNotice, "booking")) == {house.camille}


def test_what_is_long_past_is_not_said_again(house: CapacityHouse) -> None:
    house.asked(house.opens(), "a", Party(eaters=2))
    house.forget_what_was_said()
    house.clock.pass_time(days=15)
    assert house.parts.resay() == 1  # the staff
    assert not house.said(SeatsAnswer)


def test_who_keeps_more_of_a_sitting_than_we_have_hears_a_higher_revision(house: CapacityHouse) -> None:
    sitting = house.opens()
    higher = house.sitting(sitting).revision + 10**12
    house.receipts("booking", "sitting_notice", [Kept(thing=sitting, revision=higher)])
    assert house.said(SittingNotice, "booking")[sitting].revision == higher + 1
    assert house.said(SittingNotice, "notifications")[sitting].revision == higher + 1


def test_a_later_answer_that_booking_keeps_is_not_unsaid_and_comes_back_with_its_wish(house: CapacityHouse) -> None:
    sitting = house.opens(seats=2, cook_places=0)
    house.asked(sitting, "first", Party(eaters=2))
    claim = house.asked(sitting, "promoted since", Party(eaters=2))
    later = KeptAnswer(revision=claim.revision + 10**12, standing=Standing.HELD, held=Party(eaters=2))
    house.receipts("booking", "seats_answer", [Kept(thing="promoted since", revision=later.revision)])
    assert "promoted since" not in house.said(SeatsAnswer)
    house.hears(house.asks(sitting, "promoted since", Party(eaters=2), last_answer=later))
    assert house.said(SeatsAnswer)["promoted since"].standing is Standing.HELD
    assert house.said(SeatsAnswer)["promoted since"].revision > later.revision


def test_a_letter_is_not_sent_again(house: CapacityHouse) -> None:
    sitting = house.opens(seats=1, cook_places=1)
    house.asked(sitting, "a", Party(eaters=1))
    alert = f"sitting_full-{sitting}"
    house.receipts("notifications", "capacity_alert", [Kept(thing=alert, revision=10**18)])
    outbox = house.parts.service.tables.outbox
    with house.parts.service.read() as conn:
        assert conn.scalar(sa.select(sa.func.count()).where(outbox.c.kind == "capacity_alert")) == 0
