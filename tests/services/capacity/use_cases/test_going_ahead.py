"""At its hour, a meal to which too few come asks a person; software never cancels it."""

from dataclasses import replace
from datetime import date, time

import pytest

from services.capacity.domain.alerts import AlertSettings
from services.capacity.domain.flaws import Flaw
from services.capacity.domain.go_no_go import GoNoGo
from services.capacity.domain.hours import HourBefore
from services.capacity.domain.sittings import FlawedPlan, PlannedSitting, SittingIsOver
from services.capacity.store import alerts as alert_store
from services.capacity.store import staff as staff_store
from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from services.capacity.use_cases.edit_sitting import edit_sitting
from services.capacity.use_cases.go_ahead import go_ahead
from services.capacity.use_cases.look_after_alerts import escalate_alerts, look_at_alerts
from shared.contracts.alert import AlertKind, CapacityAlert
from shared.contracts.party import Party
from shared.contracts.sitting import SittingStatus
from shared.contracts.staff import StaffRole
from tests.services.capacity.house import BY, URL, CapacityHouse, a_plan

EVENING_BEFORE = GoNoGo(at=HourBefore(days=1, at=time(18, 0)), covers=4, cooks=1)
UNTIL_THEN = {"days": 6, "hours": 8}  # from the clock's Tuesday at 9:00 UTC to Monday at 17:00 UTC


def asked(house: CapacityHouse, sitting: str) -> bool:
    return house.sitting(sitting).awaits_a_decision(house.clock.at)


def told(house: CapacityHouse) -> set[str]:
    """Who is to hear the question that stands, if it does."""
    asked = [one for one in house.said(CapacityAlert).values() if one.alert is AlertKind.GO_NO_GO and one.standing]
    return {person.email for one in asked for person in one.recipients}


def says_so(house: CapacityHouse, sitting: str) -> PlannedSitting:
    with house.parts.service.work() as work:
        return go_ahead(work, sitting, house.person(), URL)


def test_too_few_people_or_cooks_make_a_question_at_the_hour_and_not_before(house: CapacityHouse) -> None:
    nobody, no_cook, enough = (house.opens(go_no_go=EVENING_BEFORE) for _ in range(3))
    house.asked(no_cook, "a", Party(eaters=4))
    house.asked(enough, "b", Party(cooks=1, eaters=3))
    assert not any(asked(house, one) for one in (nobody, no_cook, enough))
    house.clock.pass_time(**UNTIL_THEN)
    assert (asked(house, nobody), asked(house, no_cook), asked(house, enough)) == (True, True, False)
    assert house.sitting(nobody).seating.status is SittingStatus.OPEN
    house.cancelled(enough, "b")
    assert asked(house, enough)


def test_who_is_asked_and_who_is_asked_next_until_somebody_answers(house: CapacityHouse) -> None:
    with house.parts.service.work() as work:
        for name, role in (("sami", StaffRole.COORDINATOR), ("ines", StaffRole.ADMINISTRATOR)):
            person = add_coordinator(
                work, email=f"{name}@example.org", name=name, language="fr", cantines=["lyon-vaise"]
            )
            staff_store.save(work.conn, replace(person, role=role))
        alert_store.save_settings(work.conn, "lyon-vaise", AlertSettings(on_duty=house.camille))
    sitting = house.opens(go_no_go=EVENING_BEFORE)
    assert told(house) == set()
    house.clock.pass_time(**UNTIL_THEN)
    look_at_alerts(house.parts.service, URL)
    assert told(house) == {"camille@example.org"}
    for others in (
        {"camille@example.org", "sami@example.org"},
        {"camille@example.org", "sami@example.org", "ines@example.org"},
    ):
        house.clock.pass_time(hours=1)
        escalate_alerts(house.parts.service, URL)
        assert told(house) == others
    says_so(house, sitting)
    assert told(house) == set()
    assert house.sitting(sitting).seating.status is SittingStatus.OPEN


def test_without_an_answer_the_meal_goes_ahead(house: CapacityHouse) -> None:
    sitting = house.opens(go_no_go=EVENING_BEFORE)
    house.clock.pass_time(days=7, hours=5)
    look_at_alerts(house.parts.service, URL)
    assert house.sitting(sitting).seating.status is SittingStatus.OPEN
    assert told(house) == set()


def test_nobody_is_asked_any_more_once_enough_come(house: CapacityHouse) -> None:
    sitting = house.opens(go_no_go=replace(EVENING_BEFORE, at=HourBefore(days=2, at=time(18, 0))))
    house.clock.pass_time(days=5, hours=9)
    look_at_alerts(house.parts.service, URL)
    assert told(house) == {"camille@example.org"}
    house.asked(sitting, "a", Party(cooks=1, eaters=3))
    assert told(house) == set()


def test_a_person_answers_once(house: CapacityHouse) -> None:
    sitting = house.opens(go_no_go=EVENING_BEFORE)
    house.clock.pass_time(**UNTIL_THEN)
    answer = says_so(house, sitting)
    assert not asked(house, sitting)
    house.clock.pass_time(minutes=5)
    assert says_so(house, sitting) == answer
    assert (answer.going_ahead_by, house.sitting(sitting).going_ahead_at) == (house.camille, answer.going_ahead_at)


def test_a_meal_that_moves_is_asked_about_again(house: CapacityHouse) -> None:
    sitting = house.opens(go_no_go=EVENING_BEFORE)
    says_so(house, sitting)
    with house.parts.service.work() as work:
        edit_sitting(work, sitting, a_plan(day=date(2026, 12, 8), go_no_go=EVENING_BEFORE), URL, BY)
    assert house.sitting(sitting).going_ahead_at is None


def test_a_cancelled_meal_neither_asks_nor_goes_ahead(house: CapacityHouse) -> None:
    sitting = house.opens(go_no_go=EVENING_BEFORE)
    with house.parts.service.work() as work:
        cancel_sitting(work, sitting, URL, BY)
    house.clock.pass_time(**UNTIL_THEN)
    assert not asked(house, sitting)
    with pytest.raises(SittingIsOver):
        says_so(house, sitting)


@pytest.mark.parametrize(
    ("go_no_go", "field", "flaw"),
    [
        (GoNoGo(at=HourBefore(days=0, at=time(12, 31)), covers=4), "decide_at", Flaw.AFTER_MEAL),
        (GoNoGo(at=HourBefore(days=15, at=time(9)), covers=4), "decide_days", Flaw.OUT_OF_RANGE),
        (GoNoGo(at=HourBefore(days=1, at=time(9)), covers=-1), "min_covers", Flaw.OUT_OF_RANGE),
        (GoNoGo(at=HourBefore(days=1, at=time(9))), "min_covers", Flaw.NOBODY_IS_TOO_FEW),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(
    house: CapacityHouse, go_no_go: GoNoGo, field: str, flaw: Flaw
) -> None:
    with pytest.raises(FlawedPlan) as error:
        house.opens(go_no_go=go_no_go)
    assert error.value.flaws[field] is flaw
