"""Seats kept for a first visit and for a partner, through the whole house: booked, refused, released, and told."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.booking.domain.contact import Contact
from services.booking.domain.wish import Wish
from services.booking.use_cases.book import book
from services.booking.use_cases.look import look
from services.capacity.domain.allotments import NEWCOMERS, Partner
from services.capacity.domain.history import Author
from services.capacity.domain.kitchen import Kitchen, OwnKitchen
from services.capacity.domain.sittings import Plan
from services.capacity.use_cases.add_cantine import add_cantine
from services.capacity.use_cases.open_sitting import open_sitting
from services.capacity.use_cases.release_seats import release_now
from services.capacity.use_cases.set_kitchen import set_kitchen
from shared.contracts.booking import BookingStatus
from shared.contracts.party import Party
from shared.contracts.seats import Why
from tests.deploy.reconcile.conftest import write_letters
from tests.stories.agree import differences
from tests.stories.copies import copy_of, put_back
from tests.stories.disorder import deliver_in_disorder
from tests.stories.house import House
from tests.stories.residents import CANTINE, at_noon, call_off, letters, outcome_of, reserve, rows, sitting_of, voice

FRIDAY = date(2026, 11, 27)  # it is Tuesday the 24th, 10:00; booking closes on Thursday at 20:00
CONFIRMED, WAITLISTED, REFUSED = BookingStatus.CONFIRMED, BookingStatus.WAITLISTED, BookingStatus.REFUSED
BY = Author(name="Camille")
QUAI = Partner(id="quai", name="Les Amis du Quai", seats=2, monthly=3)


def keeping(house: House, *days: date, group_cap: int | None = None, monthly: int | None = 3) -> list[str]:
    """Meals for eight, of which two seats are kept for newcomers and two for a partner."""
    with house["capacity"].service.work() as work:
        add_cantine(work, CANTINE)
        partners = (replace(QUAI, monthly=monthly),)
        kitchen = Kitchen(room=8, cook_places=2, newcomer_seats=2, partners=partners, group_cap=group_cap)
        set_kitchen(work, CANTINE.slug, kitchen, "", BY)
        meals = [
            open_sitting(work, CANTINE.slug, Plan(**at_noon(day), kitchen=OwnKitchen(), menu="Soupe"), "", BY)
            for day in days
        ]
    house.settle()
    return meals


def comes(house: House, meal: str, people: int, name: str, **as_whom: Any) -> str:
    contact = Contact(name=name, email=f"{name.lower()}@example.org", phone=None, language="fr")
    wish = Wish(party=Party(eaters=people), contact=contact, **as_whom)
    return book(house["booking"].service, voice(house), meal, wish).id


@pytest.mark.parametrize("seed", range(2))
def test_a_first_visit_is_possible_at_a_meal_that_is_full_and_what_nobody_took_is_released(
    house: House, seed: int
) -> None:
    (meal,) = keeping(house, FRIDAY)
    regulars = reserve(house, meal, Party(eaters=4), name="Regulars")
    house.settle()
    waits = reserve(house, meal, Party(eaters=2), name="Waits")
    deliver_in_disorder(house, seed)
    notice = sitting_of(house, meal)
    assert (outcome_of(house, regulars).status, outcome_of(house, waits).status) == (CONFIRMED, WAITLISTED)
    assert (notice.seating.seats_left, notice.seating.left_for(NEWCOMERS)) == (0, 2)
    new = comes(house, meal, 1, "New", newcomer=True)
    deliver_in_disorder(house, seed)
    assert outcome_of(house, new).status is CONFIRMED

    house.let_time_pass(days=1, hours=11)  # Wednesday, 21:00: released an hour ago, for booking closes in 23
    write_letters(house)
    assert outcome_of(house, waits).status is BookingStatus.OFFERED
    assert ("offer", "sent") in letters(house) or ("offer", "planned") in letters(house)
    assert sitting_of(house, meal).seating.released == {NEWCOMERS, "quai"}
    assert differences(house) == []


def test_a_person_releases_them_and_who_waits_is_confirmed(house: House) -> None:
    (meal,) = keeping(house, FRIDAY)
    reserve(house, meal, Party(eaters=4), name="Regulars")
    house.settle()
    waits = reserve(house, meal, Party(eaters=2), name="Waits")
    house.settle()
    with house["capacity"].service.work() as work:
        release_now(work, meal, ["quai"], "", BY)
    house.settle()
    write_letters(house)
    assert outcome_of(house, waits).status is CONFIRMED
    assert letters(house).count(("confirmed", "sent")) == 2
    assert differences(house) == []


def test_a_partner_has_its_meals_of_the_month_and_hears_how_many_are_left(house: House) -> None:
    first, second = keeping(house, FRIDAY, date(2026, 11, 28))
    group = comes(house, first, 2, "Group", partner="quai")
    house.settle()
    more = comes(house, second, 2, "More", partner="quai")
    house.settle()
    assert outcome_of(house, group).status is CONFIRMED
    became = outcome_of(house, more)
    assert (became.status, became.why, became.meals_left) == (REFUSED, Why.MEALS_USED_UP, 1)
    call_off(house, group)
    house.settle()
    again = comes(house, second, 3, "Again", partner="quai")
    house.settle()
    write_letters(house)
    assert outcome_of(house, again).status is CONFIRMED
    assert ("full", "sent") in letters(house)
    assert differences(house) == []


def test_who_waits_for_meals_that_their_partner_has_used_up_elsewhere_hears_so_at_once(house: House) -> None:
    full, other = keeping(house, FRIDAY, date(2026, 11, 28))
    reserve(house, full, Party(eaters=4), name="Regulars")
    house.settle()
    waits = comes(house, full, 3, "Waits", partner="quai")
    house.settle()
    assert outcome_of(house, waits).status is WAITLISTED
    comes(house, other, 1, "Other", partner="quai")
    house.settle()
    house.let_time_pass(seconds=5)
    became = outcome_of(house, waits)
    assert (became.status, became.why, became.meals_left) == (REFUSED, Why.MEALS_USED_UP, 2)
    write_letters(house)
    assert ("full", "sent") in letters(house)
    assert differences(house) == []


def test_what_a_partner_books_at_one_meal_is_a_group_and_over_the_cap_other_dates_are_proposed(house: House) -> None:
    meal, other = keeping(house, FRIDAY, date(2026, 11, 28), group_cap=2, monthly=None)
    first = comes(house, meal, 2, "First", partner="quai")
    house.settle()
    more = comes(house, meal, 1, "More", partner="quai")
    house.settle()
    assert outcome_of(house, first).status is CONFIRMED
    assert (outcome_of(house, more).status, outcome_of(house, more).why) == (REFUSED, Why.GROUP_TOO_LARGE)
    assert [one.thing for one in look(house["booking"].service, more).others] == [other]
    write_letters(house)
    assert ("full", "sent") in letters(house)
    mailbox = rows(house, "notifications", house["notifications"].metadata.tables["mailbox"])
    (full,) = (mail.text for mail in mailbox if mail.address == "more@example.org")
    assert "ou de l’association" in " ".join(full.split())
    assert differences(house) == []


def test_a_capacity_that_was_put_back_gives_what_it_kept_to_the_same_people(house: House) -> None:
    (meal,) = keeping(house, FRIDAY)
    before = copy_of(house, "capacity")
    new = comes(house, meal, 2, "New", newcomer=True)
    house.settle()
    put_back(house, "capacity", before)
    house["booking"].resay()
    house.settle()
    seating = sitting_of(house, meal).seating
    assert (outcome_of(house, new).status, seating.taken_by) == (CONFIRMED, {NEWCOMERS: 2})
    assert differences(house) == []
