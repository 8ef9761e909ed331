"""Calls for cooks where two things happen at once: overlaps, an end in between, second thoughts, a restore."""

from datetime import UTC, date, datetime

import pytest

from services.booking.domain.errors import AlreadyExpected, CallIsOver, UnknownPerson
from services.booking.store import persons
from services.booking.use_cases.answer_call import say_yes
from services.booking.use_cases.persons import stop_calls
from services.capacity.domain.alerts import AlertSettings
from services.capacity.domain.cook_calls import NobodyIsSought
from services.capacity.domain.history import by_hand
from services.capacity.store import alerts as alert_store
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.call_cooks import stop_calling
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from tests.stories.agree import differences
from tests.stories.cooks import (
    CAMILLE,
    URL,
    agrees,
    call_of,
    called,
    calls,
    comes,
    declines,
    mail,
    replies,
    says_stop,
    send,
    until,
)
from tests.stories.copies import copy_of, put_back
from tests.stories.house import House
from tests.stories.residents import CANTINE, lunch, outcome_of, reserve, rows, sitting_of, voice

THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)  # the clock begins on Tuesday at 10:00 in Lyon


def needs(house: House, cooks: int) -> None:
    """So many cooks are needed at each meal."""
    with house["capacity"].service.work() as work:
        add_cantine(work, CANTINE)
        alert_store.save_settings(work.conn, CANTINE.slug, AlertSettings(cooks=cooks))


@pytest.fixture
def sitting(house: House) -> str:
    needs(house, 1)
    meal = lunch(house)
    house.settle()
    return meal


def test_two_calls_in_a_week_never_reach_the_same_person(house: House, sitting: str) -> None:
    other = lunch(house, on=THURSDAY)
    house.settle()
    for name in ("Ada", "Bo"):
        agrees(house, name)
    calls(house, sitting)
    assert called(house) == ["ada", "bo"]
    calls(house, other)
    assert (called(house), replies(house, other)) == (["ada", "bo"], (0, 0, 0))


def test_after_a_week_those_are_asked_first_who_were_not_asked_for_the_longest_time(house: House) -> None:
    needs(house, 1)
    first, second = lunch(house, on=THURSDAY), lunch(house, on=date(2026, 12, 5))
    house.settle()
    for number in range(12):
        house.clock.pass_time(seconds=1)
        agrees(house, f"P{number:02}")
    calls(house, first)
    assert called(house) == [f"p{number:02}" for number in range(10)]
    until(house, datetime(2026, 12, 3, 9, 0, tzinfo=UTC))
    calls(house, second)
    assert called(house)[-2:] == ["p10", "p11"]
    assert (len(called(house)), replies(house, second)) == (20, (10, 0, 0))


def test_when_enough_have_come_letters_that_still_wait_are_dropped(house: House, sitting: str) -> None:
    ada, bo = agrees(house, "Ada"), agrees(house, "Bo", phone="+33639980042")
    until(house, datetime(2026, 11, 24, 20, 30, tzinfo=UTC))  # 21:30: no letter leaves
    calls(house, sitting)
    assert called(house) == []
    comes(house, ada, sitting)
    assert not call_of(house, sitting).is_open
    until(house, datetime(2026, 11, 25, 8, 0, tzinfo=UTC))
    assert called(house) == []
    with pytest.raises(CallIsOver):
        comes(house, bo, sitting)


def test_an_sms_leaves_in_the_hours_of_the_law(house: House, sitting: str) -> None:
    agrees(house, "Bo", phone="+33639980042")
    until(house, datetime(2026, 11, 24, 19, 5, tzinfo=UTC))  # 20:05
    calls(house, sitting)
    assert mail(house) == []
    until(house, datetime(2026, 11, 25, 6, 59, tzinfo=UTC))
    assert mail(house) == []
    until(house, datetime(2026, 11, 25, 7, 0, tzinfo=UTC))
    ((number, text),) = mail(house)
    assert (number, text.split(" http")[0]) == (
        "+33639980042",
        "La Tablée de Saone: cooks missing Fri 27 Nov 09:30. Yes, no, or no more calls:",
    )
    assert "STOP" not in text  # it comes from a name, and cannot be answered


def test_the_last_cook_place_is_not_given_twice(house: House) -> None:
    needs(house, 1)
    meal = lunch(house, cook_places=1)
    house.settle()
    ada, bo = agrees(house, "Ada"), agrees(house, "Bo")
    calls(house, meal)
    both = [say_yes(house["booking"].service, voice(house), one, meal) for one in (ada, bo)]
    house.settle()
    assert sorted(outcome_of(house, one).status for one in both) == [BookingStatus.CONFIRMED, BookingStatus.WAITLISTED]
    assert sitting_of(house, meal).seating.cooks_held == 1
    assert replies(house, meal) == (2, 1, 0)
    assert differences(house) == []


def test_who_was_called_comes_after_the_shopping_too_and_nobody_else(house: House) -> None:
    needs(house, 1)
    meal = lunch(house, on=date(2026, 11, 25))
    house.settle()
    ada = agrees(house, "Ada")
    until(house, datetime(2026, 11, 24, 19, 5, tzinfo=UTC))  # booking closed at 20:00
    calls(house, meal)
    assert called(house) == ["ada"]
    booking = comes(house, ada, meal)
    assert outcome_of(house, booking).status is BookingStatus.CONFIRMED
    assert ("ada", "You cook with us on Wednesday 25 November: thank you") in mail(house)


def test_yes_and_no_twice_are_the_same_as_once(house: House, sitting: str) -> None:
    ada, bo, _cy = agrees(house, "Ada"), agrees(house, "Bo"), agrees(house, "Cy")
    needs(house, 2)
    calls(house, sitting)
    assert comes(house, ada, sitting) == comes(house, ada, sitting)
    declines(house, bo, sitting)
    declines(house, bo, sitting)
    declines(house, ada, sitting)  # who has said yes cancels the booking instead
    assert replies(house, sitting) == (3, 1, 1)
    comes(house, bo, sitting)  # on second thoughts
    assert replies(house, sitting) == (3, 2, 0)


def test_who_is_expected_already_is_not_asked(house: House, sitting: str) -> None:
    ada, bo = agrees(house, "Ada"), agrees(house, "Bo")
    reserve(house, sitting, Party(eaters=1), name="Ada", language="en")
    house.settle()
    calls(house, sitting)
    assert called(house) == ["bo"]
    reserve(house, sitting, Party(eaters=1), name="Bo", language="en")
    house.settle()
    with pytest.raises(AlreadyExpected):
        comes(house, bo, sitting)
    assert ada


def test_who_says_stop_is_forgotten_everywhere_and_letters_that_wait_are_dropped(house: House, sitting: str) -> None:
    ada = agrees(house, "Ada", phone="+33639980042")
    until(house, datetime(2026, 11, 24, 20, 30, tzinfo=UTC))
    calls(house, sitting)
    says_stop(house, ada)
    until(house, datetime(2026, 11, 25, 8, 0, tzinfo=UTC))
    assert mail(house) == []
    for service, table in (("booking", "person"), ("booking", "willing_cook"), ("notifications", "known_person")):
        assert rows(house, service, house[service].metadata.tables[table]) == []
    assert replies(house, sitting) == (1, 0, 1)
    with pytest.raises(UnknownPerson):
        comes(house, ada, sitting)


def test_a_person_of_two_cantines_stops_one_or_both(house: House, sitting: str) -> None:
    ada = agrees(house, "Ada")
    assert agrees(house, "Ada", cantine="lyon-vaise") == ada
    with house["booking"].service.work() as work:
        stop_calls(work, voice(house), ada, CANTINE.slug)
        assert persons.cooks_for(work.conn, ada) == {"lyon-vaise"}
    house.settle()
    calls(house, sitting)
    assert called(house) == []
    says_stop(house, ada)
    assert rows(house, "booking", house["booking"].metadata.tables["person"]) == []


def test_a_cancelled_meal_ends_its_call(house: House, sitting: str) -> None:
    ada = agrees(house, "Ada", phone="+33639980042")
    until(house, datetime(2026, 11, 24, 20, 30, tzinfo=UTC))
    calls(house, sitting)
    with house["capacity"].service.work() as work:
        cancel_sitting(work, sitting, URL, by_hand(CAMILLE))
    house.settle()
    until(house, datetime(2026, 11, 25, 8, 0, tzinfo=UTC))
    assert mail(house) == []
    with pytest.raises(CallIsOver):
        comes(house, ada, sitting)


def test_a_coordinator_ends_a_call_and_may_call_others(house: House, sitting: str) -> None:
    ada = agrees(house, "Ada")
    calls(house, sitting)
    with house["capacity"].service.work() as work:
        stop_calling(work, sitting, CAMILLE, URL)
    house.settle()
    with pytest.raises(CallIsOver):
        comes(house, ada, sitting)
    agrees(house, "Bo")
    calls(house, sitting)
    assert (called(house), replies(house, sitting)) == (["ada", "bo"], (1, 0, 0))
    booking = comes(house, ada, sitting)  # her link is good for the new call too
    assert outcome_of(house, booking).status is BookingStatus.CONFIRMED


def test_nobody_is_called_where_no_cook_is_missing(house: House) -> None:
    needs(house, 0)
    meal = lunch(house)
    house.settle()
    agrees(house, "Ada")
    with pytest.raises(NobodyIsSought):
        calls(house, meal)
    assert called(house) == []


def test_after_a_restore_persons_and_calls_are_said_again(house: House, sitting: str) -> None:
    copy = copy_of(house, "notifications")
    ada = agrees(house, "Ada")
    house.clock.pass_time(minutes=1)
    calls(house, sitting)
    put_back(house, "notifications", copy)
    house["booking"].resay()
    house["capacity"].resay()
    house.settle()
    send(house)
    comes(house, ada, sitting)
    assert replies(house, sitting) == (1, 1, 0)
    assert differences(house) == []


def test_who_may_have_said_stop_before_a_restore_is_not_called_any_more(house: House, sitting: str) -> None:
    ada, _bo = agrees(house, "Ada"), agrees(house, "Bo")
    copy = copy_of(house, "booking")
    house.clock.pass_time(minutes=1)
    says_stop(house, ada)
    put_back(house, "booking", copy)
    house.clock.pass_time(minutes=1)
    house["booking"].resay()
    house.settle()
    calls(house, sitting)
    assert called(house) == ["bo"]


def test_a_booking_that_forgot_a_call_asks_nobody_twice(house: House, sitting: str) -> None:
    agrees(house, "Ada")
    copy = copy_of(house, "booking")
    house.clock.pass_time(minutes=1)
    calls(house, sitting)
    put_back(house, "booking", copy)
    house.clock.pass_time(minutes=1)
    house["capacity"].resay()
    house["booking"].resay()
    house.settle()
    send(house)
    assert called(house) == ["ada"]
