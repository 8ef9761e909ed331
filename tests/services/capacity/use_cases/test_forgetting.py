"""What is forgotten beside the claims of a meal: claims on meals that nobody knows, and who did what long ago."""

import pytest
import sqlalchemy as sa

from services.capacity.store import staff_deeds
from services.capacity.store.tables import claim
from services.capacity.use_cases.forget_claims import forget_stray_claims
from services.capacity.use_cases.forget_deeds import forget_deeds
from services.capacity.use_cases.look import find_history
from shared.contracts.party import Party
from shared.contracts.receipt import Kept
from shared.contracts.seats import KeptAnswer, SeatsAnswer, SeatsRequest, Standing
from tests.services.capacity.house import CapacityHouse

ONE = Party(eaters=1)


@pytest.fixture
def strays(house: CapacityHouse) -> CapacityHouse:
    """One was refused at a meal that nobody knows, one kept a seat at a meal that was lost, and one comes."""
    kept = KeptAnswer(revision=5, standing=Standing.HELD, held=ONE)
    house.asked("nowhere", "refused", ONE)
    house.asked("lost", "kept", ONE, last_answer=kept)
    house.asked(house.opens(), "comes", ONE)
    heard_back(house)
    return house


def heard_back(house: CapacityHouse) -> None:
    said = house.said(SeatsAnswer).values()
    house.receipts("booking", SeatsAnswer.kind, [Kept(thing=one.thing, revision=one.revision) for one in said])


def bookings(house: CapacityHouse) -> set[str]:
    with house.parts.service.read() as conn:
        return set(conn.scalars(sa.select(claim.c.booking)))


def test_ninety_days_after_it_was_asked_what_was_refused_is_forgotten(strays: CapacityHouse) -> None:
    strays.clock.pass_time(days=89)
    assert forget_stray_claims(strays.parts.service) == 0
    strays.clock.pass_time(days=2)
    assert forget_stray_claims(strays.parts.service) == 1
    assert bookings(strays) == {"kept", "comes"}
    heard = strays.parts.service.tables.heard
    with strays.parts.service.read() as conn:
        assert "refused" not in set(conn.scalars(sa.select(heard.c.thing).where(heard.c.kind == SeatsRequest.kind)))


def test_a_seat_at_a_lost_meal_is_kept_as_long_as_that_meal_may_be_to_come(strays: CapacityHouse) -> None:
    strays.clock.pass_time(days=730)
    forget_stray_claims(strays.parts.service)
    assert bookings(strays) == {"kept", "comes"}
    strays.clock.pass_time(days=91)
    forget_stray_claims(strays.parts.service)
    assert bookings(strays) == {"comes"}


def test_nothing_is_forgotten_whose_answer_has_no_receipt(house: CapacityHouse) -> None:
    house.asked("nowhere", "refused", ONE)
    house.clock.pass_time(days=91)
    assert forget_stray_claims(house.parts.service) == 0
    heard_back(house)
    assert forget_stray_claims(house.parts.service) == 1


def test_after_two_years_nobody_reads_who_did_what(house: CapacityHouse) -> None:
    sitting = house.opens()
    service, camille = house.parts.service, house.person()
    with service.work() as work:
        staff_deeds.note(work.conn, work.now, staff_deeds.Deed.INVITED, by=camille, before=None, whom=camille)
    house.clock.pass_time(days=729)
    assert forget_deeds(service) == 0
    assert find_history(service, sitting)
    house.clock.pass_time(days=2)
    assert forget_deeds(service) >= 2
    assert not find_history(service, sitting)
    with service.read() as conn:
        assert not staff_deeds.latest(conn, camille, 10)
