"""A day in the kitchen: it fills, a cook withdraws, others are called, one comes, and the waiting list moves.

The golden kitchen: ⌊23.5 + 1.5 × cooks⌋ meals, so 7 cooks make 34 and 6 make 32. From 20:00 on the evening before, only
cooks who have a place count. This cantine does its shopping in the morning, and closes booking at 8:00.
"""

from datetime import UTC, date, datetime, time

import pytest

from services.capacity.domain.history import by_hand
from services.capacity.domain.hours import HourBefore
from services.capacity.domain.kitchen import Hands, OwnKitchen
from services.capacity.domain.rules import WaitingRules
from services.capacity.domain.sittings import Plan
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.open_sitting import open_sitting
from services.capacity.use_cases.rule_waiting_lists import rule_waiting_lists
from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from tests.stories.agree import differences
from tests.stories.cooks import CAMILLE, URL, agrees, call_of, calls, comes, declines, heard, mail, replies, send, until
from tests.stories.house import House
from tests.stories.residents import CANTINE, at_noon, call_off, outcome_of, reserve, sitting_of

WEDNESDAY = date(2026, 11, 25)  # the clock begins on Tuesday at 10:00 in Lyon
EIGHT_IN_THE_EVENING = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


def lunch_with_seven_cooks(house: House) -> str:
    plan = Plan(
        **at_noon(WEDNESDAY),
        kitchen=OwnKitchen(
            room=45,
            cook_places=10,
            planned_cooks=7,
            hands=Hands(base=2350, per_cook=150),
            counts_from=HourBefore(days=1, at=time(20, 0)),
        ),
        cutoff=HourBefore(days=0, at=time(8, 0)),
        menu="Velouté de potimarron",
    )
    with house["capacity"].service.work() as work:
        add_cantine(work, CANTINE)
        rule_waiting_lists(work, CANTINE.slug, WaitingRules(offers_hours=0), URL, by_hand(CAMILLE))
        add_coordinator(work, email="camille@example.org", name="Camille", language="en", cantines=(CANTINE.slug,))
        sitting = open_sitting(work, CANTINE.slug, plan, URL, by_hand(CAMILLE))
    house.settle()
    return sitting


def fill(house: House, sitting: str) -> tuple[str, str]:
    """Seven cooks and 27 others. The ids of a cook's booking and of one who comes alone."""
    cooks = [reserve(house, sitting, Party(cooks=1), name=f"Cook{n}", language="en") for n in range(7)]
    for number in range(8):
        reserve(house, sitting, Party(eaters=3), name=f"Table{number}", language="en")
    alone = [reserve(house, sitting, Party(eaters=1), name=f"Alone{n}", language="en") for n in range(3)]
    house.settle()
    house.clock.pass_time(minutes=1)
    return cooks[0], alone[0]


@pytest.fixture
def sitting(house: House) -> str:
    return lunch_with_seven_cooks(house)


def test_a_cook_withdraws_and_another_comes(house: House, sitting: str) -> None:
    # It fills: 7 cooks, 34 seats, and one who waits.
    cook, alone = fill(house, sitting)
    waiting = reserve(house, sitting, Party(eaters=1), name="Waits", language="en")
    house.settle()
    seating = sitting_of(house, sitting).seating
    assert (seating.cooks_held, seating.held, seating.limits.seats, seating.waitlist_length) == (7, 34, 34, 1)
    ada, bo, cy = (agrees(house, name) for name in ("Ada", "Bo", "Cy"))
    send(house)
    letters = mail(house)
    assert ("waits", "You are on the waiting list for Wednesday 25 November") in letters
    assert sum(subject == "Your meal on Wednesday 25 November is booked" for _to, subject in letters) == 18

    # At 20:00 only confirmed cooks count; a cook withdraws, and more come than can be fed.
    until(house, EIGHT_IN_THE_EVENING)
    before = len(mail(house))
    with heard(house) as messages:
        call_off(house, cook)
        house.settle()
        send(house)
    seating = sitting_of(house, sitting).seating
    assert (seating.at_risk, seating.cooks_held, seating.held, seating.limits.seats) == (True, 6, 33, 32)
    assert outcome_of(house, waiting).status is BookingStatus.WAITLISTED
    assert sorted(mail(house)[before:]) == [
        ("camille", "At risk: La Tablée de Saône, Wednesday 25 November"),
        ("cook0", "Your booking for Wednesday 25 November is cancelled"),
    ]
    assert messages == {
        "capacity hears seats_request",
        "booking hears seats_answer",
        "booking hears sitting_notice",
        "notifications hears booking_notice",
        "notifications hears sitting_notice",
        "notifications hears capacity_alert",
    }

    # The coordinator taps once: who agreed to it is asked.
    before = len(mail(house))
    with heard(house) as messages:
        calls(house, sitting)
    assert (call_of(house, sitting).sought, replies(house, sitting)) == (1, (3, 0, 0))
    assert sorted(mail(house)[before:]) == [
        (name, "Would you cook with us on Wednesday 25 November?") for name in ("ada", "bo", "cy")
    ]
    assert messages == {
        "booking hears cook_call",
        "booking hears sitting_notice",
        "notifications hears sitting_notice",
        "notifications hears person_notice",
        "capacity hears cook_replies",
    }

    # One guest less: what is booked can be fed again. Nobody new gets a seat, and the cook is still missing.
    before = len(mail(house))
    with heard(house) as messages:
        call_off(house, alone)
        house.settle()
        send(house)
    seating = sitting_of(house, sitting).seating
    assert (seating.at_risk, seating.held, seating.limits.seats, seating.waitlist_length) == (False, 32, 32, 1)
    assert outcome_of(house, waiting).status is BookingStatus.WAITLISTED
    assert call_of(house, sitting).is_open
    assert messages == {
        "capacity hears seats_request",
        "booking hears seats_answer",
        "booking hears sitting_notice",
        "notifications hears booking_notice",
        "notifications hears sitting_notice",
        "notifications hears capacity_alert",
    }

    # One says no, one says yes: seats reopen, the list moves, and the call is over for the third.
    with heard(house) as messages:
        declines(house, bo, sitting)
    assert messages == {"capacity hears cook_replies", "notifications hears person_notice"}
    before = len(mail(house))
    with heard(house) as messages:
        booking = comes(house, ada, sitting)
        send(house)
    assert messages == {
        "capacity hears seats_request",
        "booking hears seats_answer",
        "booking hears sitting_notice",
        "booking hears cook_call",
        "capacity hears cook_replies",
        "notifications hears booking_notice",
        "notifications hears sitting_notice",
        "notifications hears person_notice",
    }
    seating = sitting_of(house, sitting).seating
    assert outcome_of(house, booking).party == Party(cooks=1)
    assert outcome_of(house, waiting).status is BookingStatus.CONFIRMED
    assert (seating.at_risk, seating.cooks_held, seating.held, seating.limits.seats) == (False, 7, 34, 34)
    assert (call_of(house, sitting).is_open, replies(house, sitting)) == (False, (3, 1, 1))
    assert sorted(mail(house)[before:]) == [
        ("ada", "You cook with us on Wednesday 25 November: thank you"),
        ("waits", "A place came free for the meal on Wednesday 25 November: you are expected"),
    ]
    assert differences(house) == []
    assert cy
