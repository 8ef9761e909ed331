"""A neighbour was restored from an older copy, or keeps more than capacity has."""

import sqlalchemy as sa

from shared.contracts.party import Party
from shared.contracts.receipt import Kept
from shared.contracts.seats import SeatsAnswer
from shared.contracts.sitting import SittingNotice
from tests.services.capacity.house import CapacityHouse


def test_everything_live_is_said_again_as_it_stands(house: CapacityHouse) -> None:
    sitting = house.opens()
    claim = house.asked(sitting, "a", Party(eaters=2))
    house.asked("nowhere", "b", Party(eaters=2))
    house.forget_what_was_said()
    assert house.parts.resay() == 3
    assert house.said(SeatsAnswer)["a"].revision == claim.revision
    assert set(house.said(SeatsAnswer)) == {"a", "b"}
    assert set(house.said(SittingNotice, "notifications")) == {sitting}


def test_what_is_long_past_is_not_said_again(house: CapacityHouse) -> None:
    house.asked(house.opens(), "a", Party(eaters=2))
    house.forget_what_was_said()
    house.clock.pass_time(days=15)
    assert house.parts.resay() == 0


def test_who_keeps_more_than_we_have_hears_a_higher_revision(house: CapacityHouse) -> None:
    sitting = house.opens()
    claim = house.asked(sitting, "a", Party(eaters=2))
    higher = claim.revision + 10**12
    house.receipts("booking", "seats_answer", [Kept(thing="a", revision=higher)])
    house.receipts("booking", "sitting_notice", [Kept(thing=sitting, revision=higher)])
    assert house.said(SeatsAnswer)["a"].revision == higher + 1
    assert house.said(SittingNotice, "booking")[sitting].revision == higher + 1
    assert house.said(SittingNotice, "notifications")[sitting].revision == higher + 1


def test_a_letter_is_not_sent_again(house: CapacityHouse) -> None:
    sitting = house.opens(seats=1, cook_places=1)
    house.asked(sitting, "a", Party(eaters=1))
    alert = f"full-{sitting}"
    house.receipts("notifications", "capacity_alert", [Kept(thing=alert, revision=10**18)])
    outbox = house.parts.service.tables.outbox
    with house.parts.service.read() as conn:
        assert conn.scalar(sa.select(sa.func.count()).where(outbox.c.kind == "capacity_alert")) == 0
