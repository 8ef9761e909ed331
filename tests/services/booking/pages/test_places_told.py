"""What is told as free is what a new party could have now; who waits hears what would be enough."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.booking.use_cases.voice import LETTER
from shared.contracts.party import Party
from shared.contracts.sitting import WaitlistPolicy
from shared.links import Links
from tests.services.booking.house import STARTS_AT, BookingHouse
from tests.services.booking.pages.conftest import Browser


def token(house: BookingHouse, booking: str) -> str:
    """What opens the page of a booking."""
    return Links(house.parts.settings.secret_keys).sign(LETTER, booking)


def waits(house: BookingHouse, party: Party, **changes: Any) -> str:
    """A party waits at a meal, which capacity then describes."""
    house.announce()
    booking = house.book(party)
    house.put_on_waiting_list(booking)
    house.announce(revision=2, waitlist_length=1, **changes)
    return booking


def read(browser: Browser, path: str) -> Any:
    """What the API says."""
    return browser.client.get(f"/api/v1/sittings{path}").json


def pages(browser: Browser) -> list[str]:
    return [browser.open(path).text for path in ("/", "/meals/lunch", "/cantines/lyon-saone")]


def test_places_for_which_others_wait_are_not_told_as_free(house: BookingHouse, browser: Browser) -> None:
    waits(house, Party(cooks=0, eaters=4), seats_left=3)
    home, meal, cantine = pages(browser)
    for page in (home, meal, cantine):
        assert "3 places left<" not in page and "Waiting list" in page
    assert "1 booking is waiting." in home and "Full" in home and ">Book<" not in home
    assert "are for those who wait already" in meal and "write to you. 1 booking is waiting." in meal
    told = read(browser, "/lunch")
    assert (told["seats_left"], told["availability"]) == (0, "full")
    assert read(browser, "?with_places=true")["total"] == 0


def test_a_line_of_which_we_know_only_its_length_is_for_seats(house: BookingHouse, browser: Browser) -> None:
    house.announce(waitlist_length=1, seats_left=3)
    assert all("3 places left<" not in page for page in pages(browser))


@pytest.mark.parametrize("policy", [WaitlistPolicy.FILL, WaitlistPolicy.STRICT])
def test_places_that_anybody_may_have_past_the_line_are_told(
    house: BookingHouse, browser: Browser, policy: WaitlistPolicy
) -> None:
    wants = Party(cooks=0, eaters=4) if policy is WaitlistPolicy.FILL else Party(cooks=2, eaters=0)
    waits(house, wants, seats_left=3, cook_places_left=1, waitlist_policy=policy)
    assert all("3 places left<" in page for page in pages(browser))
    assert read(browser, "?with_places=true")["total"] == 1


def test_what_is_kept_for_a_first_visit_is_told_as_before(house: BookingHouse, browser: Browser) -> None:
    waits(house, Party(cooks=0, eaters=4), seats_left=3, newcomer_seats=2)
    assert "Places kept for a first visit" in browser.open("/meals/lunch").text


def test_who_is_next_in_line_hears_that_fewer_would_be_confirmed(house: BookingHouse, browser: Browser) -> None:
    booking = waits(house, Party(cooks=0, eaters=3), seats_left=2)
    page = browser.open(f"/b/{token(house, booking)}").text
    assert "2 places are left, and 3 are needed." in page and "is confirmed at once" in page
    house.announce(revision=3, waitlist_length=1, seats_left=0)
    assert "is confirmed at once" not in browser.open(f"/b/{token(house, booking)}").text


def test_who_stands_behind_others_hears_no_such_thing(house: BookingHouse, browser: Browser) -> None:
    waits(house, Party(cooks=0, eaters=4))
    house.clock.at += timedelta(minutes=1)
    second = house.book(Party(cooks=0, eaters=3))
    house.put_on_waiting_list(second)
    house.announce(revision=3, waitlist_length=2, seats_left=2)
    path = f"/b/{token(house, second)}"
    assert "number 2 on the waiting list" in browser.open(path).text
    assert "is confirmed at once" not in browser.open(path).text
    house.announce(revision=4, waitlist_length=2, seats_left=2, waitlist_policy=WaitlistPolicy.FILL)
    assert "is confirmed at once" in browser.open(path).text


def test_too_many_cooks_are_told_of_the_kitchen(house: BookingHouse, browser: Browser) -> None:
    booking = waits(house, Party(cooks=2, eaters=1), seats_left=9, cook_places_left=1)
    assert "not for so many in the kitchen" in browser.open(f"/b/{token(house, booking)}").text


def test_yes_i_come_is_pressing_only_once_guests_are_reminded(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    booking = house.book(Party(cooks=0, eaters=1))
    house.confirm(booking)
    path = f"/b/{token(house, booking)}"
    quiet = 'class="button button-quiet" type="submit" id="coming"'
    assert quiet in browser.open(path).text and "nearer to the meal" in browser.open(path).text
    house.clock.at = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 16:00 in Lyon, the day before
    assert house.clock.at < STARTS_AT
    assert 'class="button" type="submit" id="coming"' in browser.open(path).text


def test_needs_are_announced_before_and_pointed_to_after(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    assert "you can tell us after booking, on the page of your booking" in browser.open("/meals/lunch").text
    page = browser.open(browser.book().location).text
    assert 'href="#needs"' in page and 'id="needs"' in page
