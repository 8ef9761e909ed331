"""A cantine's own page, its week for the window, and the map of the network."""

import json
import re
from dataclasses import replace
from datetime import timedelta

from services.booking.domain.cantine_pages import CantinePage, Place
from services.booking.use_cases.tell_of_cantine import tell
from shared.contracts.sitting import SittingStatus
from tests.services.booking.house import CANTINE, STARTS_AT, BookingHouse
from tests.services.booking.pages.conftest import Browser

LILLE = replace(CANTINE, slug="lille-moulin", name="Le Moulin", city="Lille")


def data_in(page: str) -> dict[str, object]:
    """The data for machines in a page."""
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    data: dict[str, object] = json.loads(found)
    return data


def test_a_cantine_tells_who_it_is_how_to_come_and_what_it_costs(house: BookingHouse, browser: Browser) -> None:
    house.announce(food_price=350)
    page = CantinePage(about="Nadia cuisine.\nHugo plie les nappes.", phone_hours="De 9 h à 10 h", step_free=True)
    tell(house.service, "lyon-saone", page)
    text = browser.open("/cantines/lyon-saone").text
    assert "La Tablée de Saône" in text and "Nadia cuisine.\nHugo plie" in text
    for words in ("12 rue des Invités", "De 9 h à 10 h", "06\xa039\xa098"):
        assert words in text
    assert "Without a step" in text and "A meal costs us €12.50." in text and "€3.50 for food" in text
    assert 'href="/meals/lunch"' in text and "10 places left" in text


def test_a_meal_tells_how_its_day_goes_and_what_to_expect_the_first_time(house: BookingHouse, browser: Browser) -> None:
    house.announce(cook_places_left=3)
    tell(house.service, "lyon-saone", CantinePage(first_visit="Ring at the green door."))
    text = browser.open("/meals/lunch").text
    for words in ("How the day goes", "09:30", "3 places left to cook", "12:30", "We wash up"):
        assert words in text
    assert "Ring at the green door." in text
    house.announce("off", status=SittingStatus.CANCELLED)
    assert "How the day goes" not in browser.open("/meals/off").text


def test_what_a_cantine_does_not_tell_is_not_made_up(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    text = browser.open("/cantines/lyon-saone").text
    for words in ("Toilets", "Hearing loop", "Door"):
        assert words not in text


def test_a_cantine_nobody_knows_is_not_found(browser: Browser) -> None:
    for address in ("/cantines/nowhere", "/cantines/nowhere/week", "/cantines/%00", "/cantines/nowhere/photos/0.webp"):
        assert browser.open(address).status_code == 404


def test_a_cantine_without_meals_to_come_still_has_its_page(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    house.clock.pass_time(days=3)
    assert "No meal is planned for now" in browser.open("/cantines/lyon-saone").text


def test_what_a_cantine_writes_is_shown_as_words_not_as_code(house: BookingHouse, browser: Browser) -> None:
    house.announce(menu="</script><script>alert(1)</script>")
    tell(house.service, "lyon-saone", CantinePage(about="<script>alert(2)</script>"))
    for address in ("/cantines/lyon-saone", "/meals/lunch", "/cantines/lyon-saone/week"):
        assert "<script>alert" not in browser.open(address).text


def test_the_week_for_the_window_has_seven_days_and_a_code(house: BookingHouse, browser: Browser) -> None:
    for days in (0, 6, 7):
        starts_at = STARTS_AT + timedelta(days=days)
        house.announce(f"day-{days}", starts_at=starts_at, date=starts_at.date(), menu=f"Soupe du jour {days}")
    house.announce("off", status=SittingStatus.CANCELLED, menu="Rien du tout")
    text = browser.open("/cantines/lyon-saone/week").text
    assert "Soupe du jour 0" in text and "Soupe du jour 6" in text and "<svg" in text
    assert "Soupe du jour 7" not in text and "Rien du tout" not in text


class TestTheHomeOfTheNetwork:
    def test_names_every_cantine_by_city(self, house: BookingHouse, browser: Browser) -> None:
        house.announce()
        house.announce("other", cantine=LILLE)
        home = browser.open("/").text
        assert 'href="/cantines/lyon-saone"' in home and 'href="/cantines/lille-moulin"' in home
        assert '<svg class="map"' not in home

    def test_has_a_map_of_those_who_tell_where_they_are(self, house: BookingHouse, browser: Browser) -> None:
        house.announce()
        house.announce("other", cantine=LILLE)
        tell(house.service, "lyon-saone", CantinePage(place=Place(north=45.76, east=4.84)))
        (drawing,) = re.findall(r'<svg class="map".*?</svg>', browser.open("/").text, re.DOTALL)
        assert ">Lyon</text>" in drawing and "Lille" not in drawing

    def test_leads_to_a_list_where_there_are_very_many(self, house: BookingHouse, browser: Browser) -> None:
        for number in range(41):
            house.announce(f"meal-{number}", cantine=replace(CANTINE, slug=f"lyon-{number}"))
        assert 'href="/cantines/lyon-7"' not in browser.open("/").text
        assert 'href="/cantines"' in browser.open("/").text
        assert 'href="/cantines/lyon-7"' in browser.open("/cantines").text


class TestForMachines:
    """https://schema.org/Event, with what search engines ask for."""

    def test_a_meal_is_an_event(self, house: BookingHouse, browser: Browser) -> None:
        house.announce()
        event = data_in(browser.open("/meals/lunch").text)
        assert event["@type"] == "Event" and event["startDate"] == "2026-11-25T12:30:00+01:00"
        assert event["eventStatus"] == "https://schema.org/EventScheduled"
        assert event["offers"]["availability"] == "https://schema.org/InStock"  # type: ignore[index]
        assert event["location"]["address"]["addressLocality"] == "Lyon"  # type: ignore[index]
        assert event["url"] == "http://127.0.0.1:8000/meals/lunch"

    def test_a_full_one_is_sold_out_a_cancelled_one_cancelled(self, house: BookingHouse, browser: Browser) -> None:
        house.announce("full", seats_left=0)
        house.announce("off", status=SittingStatus.CANCELLED)
        full, off = (data_in(browser.open(f"/meals/{thing}").text) for thing in ("full", "off"))
        assert full["offers"]["availability"] == "https://schema.org/SoldOut"  # type: ignore[index]
        assert off["eventStatus"] == "https://schema.org/EventCancelled"

    def test_a_cantine_is_a_place_where_one_eats(self, house: BookingHouse, browser: Browser) -> None:
        house.announce()
        page = browser.open("/cantines/lyon-saone").text
        assert data_in(page)["@type"] == "FoodEstablishment"
        assert '<meta property="og:title" content="La Tablée de Saône">' in page
