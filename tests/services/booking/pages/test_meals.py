"""The meals to come, and the form with which one books."""

import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from services.booking.store.tables import booking
from services.booking.use_cases.reception import Reception
from shared.contracts.party import Party
from shared.contracts.sitting import SittingStatus, WaitlistPolicy
from tests.services.booking.house import CANTINE, STARTS_AT, BookingHouse, a_sitting
from tests.services.booking.pages.conftest import FILLED_IN, Browser, hidden


def test_the_meals_to_come_day_by_day(house: BookingHouse, browser: Browser) -> None:
    house.announce("full", seats_left=0, waitlist_length=2, cook_places_left=0)
    house.announce("one", seats_left=1)
    house.announce("off", status=SittingStatus.CANCELLED)
    house.announce("closed", status=SittingStatus.CLOSED)
    home = browser.open("/").text
    assert "Wednesday 25 November" in home and "La Tablée de Saône, 12:30" in home
    for words in ("1 place left", "Full", "Waiting list", "Cancelled", "Booking closed", "3 places left to cook"):
        assert words in home
    assert "0/" not in home


def test_french_says_complet_and_places_restantes(house: BookingHouse, browser: Browser) -> None:
    house.announce("full", seats_left=0)
    house.announce("three", seats_left=3)
    home = browser.open("/", headers={"Accept-Language": "fr"}).text
    assert "Complet" in home and "3 places restantes" in home and "mercredi 25 novembre" in home


def test_a_week_at_a_time(house: BookingHouse, browser: Browser) -> None:
    for days in (0, 6, 7, 20):
        starts_at = STARTS_AT + timedelta(days=days)
        house.announce(f"day-{days}", starts_at=starts_at, date=starts_at.date())
    home = browser.open("/").text
    assert "/meals/day-0" in home and "/meals/day-6" in home and "/meals/day-7" not in home
    assert "Later meals" in home and "Earlier meals" not in home
    later = browser.open("/?from=2026-12-02").text
    assert "/meals/day-7" in later and "/meals/day-6" not in later and "Earlier meals" in later


def test_of_a_whole_network_the_next_meals_stand_open_and_the_rest_is_folded_day_by_day(
    house: BookingHouse, browser: Browser
) -> None:
    for number in range(12):
        starts_at = STARTS_AT + timedelta(days=number // 8, minutes=number)
        house.announce(f"meal-{number}", starts_at=starts_at, date=starts_at.date(), seats_left=number % 2)
    open_, *folded = browser.open("/").text.split('<details class="fold">')
    assert open_.count("/meals/meal-") == 6
    assert "2 more meals on this day" in folded[0] and folded[0].count("/meals/meal-") == 2
    assert "Thursday 26 November" in folded[1] and "4 meals, 2 with places" in " ".join(folded[1].split())
    assert '<details class="fold">' not in browser.open("/?city=Lyon").text


def test_filters(house: BookingHouse, browser: Browser) -> None:
    house.announce("lyon")
    house.announce("lille", cantine=replace(CANTINE, slug="lille-moulin", name="Le Moulin", city="Lille"))
    assert "/meals/lyon" not in browser.open("/?city=Lille&cantine=").text
    assert "/meals/lille" not in browser.open("/?city=&cantine=lyon-saone").text


def test_no_choice_of_the_filter_must_be_made(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    (form,) = re.findall(r"<form.*?</form>", browser.open("/").text, re.DOTALL)
    assert "<select" in form and "required" not in form


@pytest.mark.parametrize(
    "query", ["city=Nowhere", "cantine=%00", "from=tomorrow", "from=9999-12-31", "from=0001-01-01"]
)
def test_filters_that_find_nothing(house: BookingHouse, browser: Browser, query: str) -> None:
    house.announce()
    assert browser.open(f"/?{query}").status_code == 200


def test_no_meals_at_all(house: BookingHouse, browser: Browser) -> None:
    assert "There is no meal here for now." in browser.open("/").text


def test_a_meal_says_whom_it_suits_and_what_its_price_is_made_of(house: BookingHouse, browser: Browser) -> None:
    house.announce("told", diets=("vegetarian", "without_pork"), food_price=350)
    house.announce("untold")
    told, untold = browser.open("/meals/told").text, browser.open("/meals/untold").text
    assert "vegetarian, without pork" in told
    assert "€3.50 for food and €9.00 for the kitchen" in told
    assert "Suits" not in untold and "for food" not in untold


@pytest.mark.parametrize(
    ("allergens", "words"),
    [
        (None, "Not yet known"),
        ((), "None of the 14"),
        (("milk", "celery"), "milk, celery"),
        (("moonbeam",), "moonbeam"),
    ],
)
def test_allergens_that_are_not_known_are_never_none(
    house: BookingHouse, browser: Browser, allergens: tuple[str, ...] | None, words: str
) -> None:
    house.announce(allergens=allergens)
    page = browser.open("/meals/lunch").text
    assert words in page
    assert (allergens == ()) == ("None of the 14" in page)


def test_a_meal_tells_until_when_one_can_book(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    assert "Book until Tuesday 24 November, 20:00." in browser.open("/meals/lunch").text


@pytest.mark.parametrize("status", [SittingStatus.CLOSED, SittingStatus.CANCELLED])
def test_a_meal_that_takes_nobody_has_no_form(house: BookingHouse, browser: Browser, status: SittingStatus) -> None:
    house.announce(status=status)
    page = browser.open("/meals/lunch")
    assert page.status_code == 200 and "<form" not in page.text


@pytest.mark.parametrize("meal", ["nothing", "%00", "x" * 3000])
def test_an_unknown_meal(house: BookingHouse, browser: Browser, meal: str) -> None:
    assert browser.open(f"/meals/{meal}").status_code == 404


def test_who_gives_two_ways_to_be_reached_knows_which_is_used(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    assert "If you give both, we write to you by e-mail." in browser.open("/meals/lunch").text


def test_a_party_larger_than_the_meal_takes_is_told_so_at_once(house: BookingHouse, browser: Browser) -> None:
    house.announce(largest_party=3)
    assert "at this meal 3 people at most on one booking" in browser.open("/meals/lunch").text
    answer = browser.book(people="4")
    assert answer.status_code == 422
    assert "from 1 to 3 at this meal. For more, call the canteen." in answer.text
    assert 'id="people-error"' in answer.text and 'value="4"' in answer.text
    assert "from 1 to 3 at this meal" in browser.book(people="0").text
    assert browser.book(people="3").status_code == 303


def test_what_is_typed_reaches_the_booking(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    sent = browser.book(
        people="4", cooks="1", children="1", name="  Zoé   Exemple ", email="", phone="06 39 98 00 42", language="en"
    )
    assert sent.status_code == 303
    kept = house.find(house.only_booking())
    assert kept.party == Party(cooks=1, eaters=2, children=1)
    assert (kept.contact.name, kept.contact.email) == ("Zoé Exemple", None)
    assert (kept.contact.phone, kept.contact.language) == ("+33639980042", "en")


def test_a_double_submit_makes_one_booking(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    form = hidden(browser.open("/meals/lunch").text) | FILLED_IN
    first, second = (browser.client.post("/meals/lunch", data=form) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert house.count(booking) == 1
    assert "Being checked" in browser.open(second.location).text


def test_the_same_form_with_other_details_leads_to_its_booking_and_loses_nothing(
    house: BookingHouse, browser: Browser
) -> None:
    """A social worker books, presses Back, and writes another guest over the first."""
    house.announce()
    form = hidden(browser.open("/meals/lunch").text) | FILLED_IN
    first = browser.client.post("/meals/lunch", data=form).location
    other = FILLED_IN | {"name": "Prune Exemple", "email": "prune@example.org"}
    again = browser.client.post("/meals/lunch", data=form | other)
    assert again.status_code == 409 and house.count(booking) == 1
    assert "This form has already made a booking." in again.text and 'value="Prune Exemple"' in again.text
    leads_to = re.findall(r'href="(/b/[^"]+)">Open it', again.text)
    assert [browser.open(one).status_code for one in (first, *leads_to)] == [200, 200]
    browser.client.post("/meals/lunch", data=hidden(again.text) | other)
    assert house.count(booking) == 2


def test_past_the_cutoff(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    form = hidden(browser.open("/meals/lunch").text) | FILLED_IN
    house.clock.at = a_sitting().cutoff_at + timedelta(seconds=1)
    answer = browser.client.post("/meals/lunch", data=form)
    assert answer.status_code == 409 and "the shopping is done" in answer.text
    assert house.count(booking) == 0


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"people": "0"}, "people", "from 1 to 12"),
        ({"people": "100"}, "people", "from 1 to 12"),
        ({"people": ""}, "people", "a whole number"),
        ({"people": "two"}, "people", "a whole number"),
        ({"people": "2", "cooks": "3"}, "cooks", "more than all of you"),
        ({"people": "2", "cooks": "1", "children": "2"}, "children", "more than all of you"),
        ({"cooks": "-1"}, "cooks", "0 or more"),
        ({"name": " "}, "name", "write your name"),
        ({"name": "x" * 81}, "name", "80 characters"),
        ({"name": "a\0b"}, "name", "cannot keep"),
        ({"email": "", "phone": ""}, "email", "so that we can confirm"),
        ({"email": "camille@"}, "email", "does not look right"),
        ({"phone": "12"}, "phone", "does not look right"),
        ({"phone": "04 72 00 00 00"}, "phone", "text messages"),
        ({"language": "tlh"}, "language", "one of the languages"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(
    house: BookingHouse, browser: Browser, typed: dict[str, str], field: str, words: str
) -> None:
    house.announce()
    answer = browser.book(**typed)
    assert answer.status_code == 422 and house.count(booking) == 0
    at_the_field = answer.text.split(f'id="{field}-error">')[1].split("</p>")[0]
    assert words in at_the_field
    if "name" not in typed:
        assert 'value="Camille Exemple"' in answer.text


def test_a_form_that_was_open_for_too_long_comes_back_as_it_was_typed(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    typed = hidden(browser.open("/meals/lunch").text) | FILLED_IN
    stale = browser.client.post("/meals/lunch", data=typed | {"csrf_token": "of yesterday", "name": "Prune <Tard>"})
    assert stale.status_code == 400 and house.count(booking) == 0
    for words in ("Please send this again.", "Nothing that you wrote is lost.", 'value="Prune &lt;Tard&gt;"'):
        assert words in stale.text
    again = typed | hidden(stale.text) | {"name": "Prune Tard"}
    assert browser.client.post("/meals/lunch", data=again).status_code == 303


ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
FIELDS = ("people", "cooks", "children", "name", "email", "phone", "language", "form_token", "surprise")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(st.dictionaries(st.sampled_from(FIELDS), ANYTHING | st.lists(ANYTHING, max_size=3)))
def test_whatever_is_posted_has_an_answer(
    house: BookingHouse, browser: Browser, posted: dict[str, str | list[str]]
) -> None:
    house.announce()
    form = hidden(browser.open("/meals/lunch").text) | FILLED_IN | posted
    assert browser.client.post("/meals/lunch", data=form).status_code in {303, 409, 422}


def test_a_full_meal_says_who_gets_places_that_come_free(house: BookingHouse, browser: Browser) -> None:
    house.announce(seats_left=0)
    assert "go to who asked first: nobody is passed over" in browser.open("/meals/lunch").text
    house.announce(seats_left=0, revision=2, waitlist_policy=WaitlistPolicy.FILL)
    assert "the first party for whom there are enough" in browser.open("/meals/lunch").text


def test_a_form_that_met_no_database_is_sent_once_more_and_lost_nothing(
    house: BookingHouse, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.announce()

    def away(*_asked: object) -> None:
        raise OperationalError("", {}, Exception(), connection_invalidated=True)

    with monkeypatch.context() as patch:
        patch.setattr(Reception, "book", away)
        answer = browser.book(name="Prune <Exemple>")
    assert answer.status_code == 503 and "Nothing that you wrote is lost" in answer.text
    assert house.count(booking) == 0
    again = {name: html.unescape(value) for name, value in hidden(answer.text).items()}
    assert again.items() >= (FILLED_IN | {"name": "Prune <Exemple>"}).items()
    for _ in range(2):
        assert browser.client.post("/meals/lunch", data=again).status_code == 303
    assert house.count(booking) == 1
