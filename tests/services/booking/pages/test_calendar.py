"""The meals of a cantine, as a calendar program reads them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from shared.contracts.sitting import SittingStatus
from tests.services.booking.house import CANTINE, STARTS_AT, BookingHouse
from tests.services.booking.pages.conftest import Browser

FEED = "/cantines/lyon-saone.ics"


def revision(house: BookingHouse) -> int:
    """As capacity gives them: the microseconds of its clock, which moves on."""
    house.clock.pass_time(seconds=1)
    return int(house.clock.at.timestamp() * 1_000_000)


def events(browser: Browser, address: str = FEED) -> dict[str, Event]:
    """The meals in the feed, by their uid."""
    return {str(event.uid): event for event in Calendar.from_ical(browser.open(address).data).events}


def test_a_meal_as_a_calendar_shows_it(house: BookingHouse, browser: Browser) -> None:
    house.announce(menu="Soupe, tarte; fromage")
    house.announce("elsewhere", cantine=replace(CANTINE, slug="lille-moulin"))
    (lunch,) = events(browser).values()
    assert (lunch.uid, str(lunch["summary"])) == ("meal-lunch@tablee", "Meal at La Tablée de Saône")
    assert datetime(2026, 11, 25, 12, 30, tzinfo=ZoneInfo("Europe/Paris")) == lunch.DTSTART
    assert timedelta(hours=2) == lunch.DTEND - lunch.DTSTART
    assert lunch.location == "La Tablée de Saône, 12 rue des Invités, 69009 Lyon"
    assert str(lunch["url"]).endswith("/meals/lunch")
    said = str(lunch.description)
    assert "Soupe, tarte; fromage" in said and "celery, milk" in said and "Cooks begin at 09:30." in said


def test_it_speaks_the_language_of_its_address(house: BookingHouse, browser: Browser) -> None:
    house.announce(allergens=None)
    (lunch,) = events(browser, f"{FEED}?lang=fr").values()
    assert str(lunch["summary"]) == "Repas\N{NO-BREAK SPACE}: La Tablée de Saône"
    assert "Pas encore connus" in str(lunch.description)


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28)], ids=["winter", "summer"])
def test_lunch_stays_at_half_past_twelve_across_a_clock_change(
    house: BookingHouse, browser: Browser, day: date
) -> None:
    house.clock.at = datetime(2026, 10, 1, tzinfo=UTC)
    for one in (day - timedelta(days=1), day):
        starts_at = datetime.combine(one, time(12, 30), ZoneInfo("Europe/Paris")).astimezone(UTC)
        house.announce(one.isoformat(), date=one, starts_at=starts_at)
    before, after = events(browser).values()
    assert before.DTSTART.time() == after.DTSTART.time() == time(12, 30)
    assert before.DTSTART.utcoffset() != after.DTSTART.utcoffset()


def test_a_meal_that_moves_keeps_its_uid_and_raises_its_sequence(house: BookingHouse, browser: Browser) -> None:
    house.announce(revision=revision(house))
    before = events(browser)["meal-lunch@tablee"]
    later = STARTS_AT + timedelta(days=1)
    house.announce(revision=revision(house), starts_at=later, date=later.date())
    after = events(browser)["meal-lunch@tablee"]
    assert timedelta(days=1) == after.DTSTART - before.DTSTART
    assert after.sequence > before.sequence
    assert after.LAST_MODIFIED > before.LAST_MODIFIED and house.clock.at == after.LAST_MODIFIED


def test_a_cancelled_meal_stays_and_says_so(house: BookingHouse, browser: Browser) -> None:
    house.announce(revision=revision(house))
    before = events(browser)["meal-lunch@tablee"]
    house.announce(revision=revision(house), status=SittingStatus.CANCELLED)
    after = events(browser)["meal-lunch@tablee"]
    assert (str(after["status"]), str(after["summary"])) == ("CANCELLED", "Cancelled: Meal at La Tablée de Saône")
    assert after.sequence > before.sequence


def test_a_place_that_is_taken_changes_nothing_and_nothing_is_sent_again(house: BookingHouse, browser: Browser) -> None:
    house.announce(revision=revision(house))
    first = browser.open(FEED)
    house.announce(revision=revision(house), seats_left=3, waitlist_length=1)
    again = browser.open(FEED, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "change", [{"menu": "Tajine"}, {"allergens": None}, {"allergens": ()}, {"break_even_price": 1}]
)
def test_what_is_shown_and_changes_is_sent(house: BookingHouse, browser: Browser, change: dict[str, Any]) -> None:
    house.announce(revision=revision(house))
    first = browser.open(FEED)
    house.announce(revision=revision(house), **change)
    again = browser.open(FEED, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert house.clock.at == events(browser)["meal-lunch@tablee"].LAST_MODIFIED


def test_how_long_a_program_may_keep_it(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    answer = browser.open(FEED)
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/calendar", "private, max-age=600")


def test_meals_stay_a_month(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    house.clock.at = STARTS_AT + timedelta(days=30)
    assert events(browser)
    house.clock.pass_time(days=2)
    assert not events(browser)


@pytest.mark.parametrize("slug", ["nowhere", "%00", "lyon-saone%0a"])
def test_an_unknown_cantine_has_no_calendar(house: BookingHouse, browser: Browser, slug: str) -> None:
    house.announce()
    assert browser.open(f"/cantines/{slug}.ics").status_code == 404


def test_the_page_of_a_cantine_leads_to_its_calendar(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    assert "calendar" not in browser.open("/").text and "calendar" not in browser.open("/?cantine=nowhere").text
    page = browser.open("/?cantine=lyon-saone").text
    assert "http://localhost/cantines/lyon-saone.ics?lang=en" in page
    assert "webcal://localhost/cantines/lyon-saone.ics?lang=en" in page


class TestOwnCalendar:
    """The file on a booking's page."""

    def test_has_the_meal_from_when_the_cooks_begin(self, house: BookingHouse, browser: Browser) -> None:
        house.announce()
        page = browser.book().headers["Location"]
        assert "Put it into my calendar" not in browser.open(page).text
        house.confirm(house.only_booking())
        assert f'href="{page}/meal.ics"' in browser.open(page).text
        answer = browser.open(f"{page}/meal.ics")
        (event,) = Calendar.from_ical(answer.data).events
        assert event.uid == f"booking-{house.only_booking()}@tablee" and not Calendar.from_ical(answer.data).get(
            "method"
        )
        assert datetime(2026, 11, 25, 9, 30, tzinfo=ZoneInfo("Europe/Paris")) == event.DTSTART
        assert str(event["summary"]) == "Cooking and meal: La Tablée de Saône"
        assert page.rsplit("/", 1)[-1] not in answer.text, "calendars are shared: no secret is in it"
        assert answer.headers["Cache-Control"] == "no-store"

    def test_is_gone_with_the_place(self, house: BookingHouse, browser: Browser) -> None:
        house.announce()
        page = browser.book(cooks="0").headers["Location"]
        house.confirm(house.only_booking())
        (event,) = Calendar.from_ical(browser.open(f"{page}/meal.ics").data).events
        assert STARTS_AT == event.DTSTART and str(event["summary"]) == "Meal: La Tablée de Saône"
        house.cancel(house.only_booking())
        assert browser.open(f"{page}/meal.ics").status_code == 404
