"""Near the cutoff places are offered: from the guest who cancels to the next who says yes, through the whole house."""

from datetime import date

import pytest

from services.booking.use_cases.answer_offer import answer_offer
from services.capacity.domain.history import Author
from services.capacity.domain.rules import WaitingRules
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.rule_waiting_lists import rule_waiting_lists
from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from shared.contracts.seats import Why
from shared.contracts.sitting import WaitlistPolicy
from tests.deploy.reconcile.conftest import write_letters
from tests.stories.agree import differences
from tests.stories.copies import copy_of, put_back
from tests.stories.disorder import deliver_in_disorder
from tests.stories.house import House
from tests.stories.residents import CANTINE, call_off, letters, lunch, outcome_of, reserve, sitting_of, voice

TOMORROW = date(2026, 11, 25)  # booking closes today at 20:00 in Lyon; it is 10:00
CONFIRMED, OFFERED, WAITLISTED = BookingStatus.CONFIRMED, BookingStatus.OFFERED, BookingStatus.WAITLISTED


def says(house: House, booking: str, *, yes: bool) -> None:
    answer_offer(house["booking"].service, voice(house), booking, accepted=yes)


def one_waits_for_another(house: House, *waiting: str) -> list[str]:
    """A full lunch of two seats; then the first cancels. The ids of those who waited, in order."""
    sitting = lunch(house, seats=2, cook_places=0, on=TOMORROW)
    house.settle()
    first = reserve(house, sitting, Party(eaters=2), name="First")
    house.settle()
    others = []
    for name in waiting:
        house.clock.pass_time(minutes=1)
        others.append(reserve(house, sitting, Party(eaters=2), name=name))
    house.settle()
    call_off(house, first)
    house.settle()
    return [sitting, *others]


@pytest.mark.parametrize("seed", range(3))
def test_an_offer_is_accepted_however_often_and_in_whatever_order_it_is_said(house: House, seed: int) -> None:
    sitting, second, third = one_waits_for_another(house, "Second", "Third")
    assert (outcome_of(house, second).status, outcome_of(house, third).status) == (OFFERED, WAITLISTED)
    write_letters(house)
    assert ("offer", "sent") in letters(house)
    says(house, second, yes=True)
    says(house, second, yes=True)
    deliver_in_disorder(house, seed)
    write_letters(house)
    assert (outcome_of(house, second).status, sitting_of(house, sitting).seating.held) == (CONFIRMED, 2)
    assert differences(house) == []


def test_without_an_answer_the_next_is_asked_and_a_late_yes_is_an_ordinary_request(house: House) -> None:
    _sitting, second, third = one_waits_for_another(house, "Second", "Third")
    write_letters(house)
    house.let_time_pass(hours=2, minutes=2)
    write_letters(house)
    assert (outcome_of(house, second).why, outcome_of(house, third).status) == (Why.OFFER_EXPIRED, OFFERED)
    assert ("offer_passed", "sent") in letters(house)
    says(house, second, yes=True)
    house.settle()
    assert outcome_of(house, second).status is WAITLISTED
    says(house, third, yes=False)
    house.settle()
    write_letters(house)
    assert (outcome_of(house, second).status, outcome_of(house, third).why) == (OFFERED, Why.OFFER_DECLINED)
    assert differences(house) == []


def test_two_parties_are_asked_at_once_and_the_first_yes_wins(house: House) -> None:
    house.clock.pass_time(hours=8, minutes=30)  # 18:30
    with house["capacity"].service.work() as work:
        add_cantine(work, CANTINE)
        rule_waiting_lists(work, CANTINE.slug, WaitingRules(policy=WaitlistPolicy.FILL), "", Author(name="Camille"))
    sitting, second, third = one_waits_for_another(house, "Second", "Third")
    assert [outcome_of(house, one).status for one in (second, third)] == [OFFERED, OFFERED]
    assert sitting_of(house, sitting).seating.held == 2
    assert differences(house) == []
    says(house, third, yes=True)
    says(house, second, yes=True)
    house.settle()
    write_letters(house)
    became = {outcome_of(house, one).status for one in (second, third)}
    assert became == {CONFIRMED, WAITLISTED}  # whichever arrived first
    assert differences(house) == []


def test_at_the_cutoff_the_list_closes_and_an_offer_holds_to_its_end(house: House) -> None:
    house.clock.pass_time(hours=9, minutes=50)  # 19:50
    sitting, second, third = one_waits_for_another(house, "Second", "Third")
    house.let_time_pass(minutes=8)  # 20:00
    assert (outcome_of(house, second).status, outcome_of(house, third).why) == (OFFERED, Why.WAITLIST_CLOSED)
    house.let_time_pass(minutes=2)
    write_letters(house)
    assert outcome_of(house, second).why is Why.PAST_CUTOFF
    assert sitting_of(house, sitting).seating.held == 0
    assert differences(house) == []


def test_a_capacity_that_was_put_back_honours_the_offer_that_it_made(house: House) -> None:
    sitting = lunch(house, seats=2, cook_places=0, on=TOMORROW)
    house.settle()
    first = reserve(house, sitting, Party(eaters=2), name="First")
    house.settle()
    second = reserve(house, sitting, Party(eaters=2), name="Second")
    house.settle()
    copy = copy_of(house, "capacity")
    house.clock.pass_time(minutes=1)
    call_off(house, first)
    house.settle()
    assert outcome_of(house, second).status is OFFERED
    put_back(house, "capacity", copy)
    house.clock.pass_time(minutes=1)
    says(house, second, yes=True)
    house["booking"].resay()
    house["capacity"].resay()
    house.settle()
    write_letters(house)
    assert (outcome_of(house, second).status, sitting_of(house, sitting).seating.held) == (CONFIRMED, 2)
    assert differences(house) == []
