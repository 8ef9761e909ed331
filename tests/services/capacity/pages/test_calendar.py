"""A coordinator's weeks, as their calendar program reads them."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from icalendar import Calendar, Event

from services.capacity.store.tables import staff
from services.capacity.use_cases.add_coordinator import add_coordinator
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from services.capacity.use_cases.edit_sitting import edit_sitting
from shared.contracts.party import Party
from shared.contracts.staff import StaffRole
from tests.services.capacity.house import BY, URL, CapacityHouse
from tests.services.capacity.pages.conftest import Browser

PAGE = "/coordination/programs"
PARIS = ZoneInfo("Europe/Paris")


def address(camille: Browser) -> str:
    """Of a fresh feed."""
    camille.sends(f"{PAGE}/calendar", page=PAGE)
    (path,) = re.findall(
        r"<code>http://localhost(/coordination/calendar/[^<]+\.ics)\?lang=en</code>", camille.opens(PAGE).text
    )
    return str(path)


def events(camille: Browser, feed: str) -> dict[str, Event]:
    """The meals in a feed, read by a program that has no cookie."""
    program = camille.house.web.test_client(use_cookies=False)
    return {str(event.uid): event for event in Calendar.from_ical(program.get(f"{feed}?lang=en").data).events}


def moves(house: CapacityHouse, sitting: str, day: date) -> None:
    house.clock.pass_time(seconds=1)
    with house.parts.service.work() as work:
        edit_sitting(work, sitting, replace(house.sitting(sitting).plan, date=day), URL, BY)


def test_a_week_has_the_meals_that_are_mine_from_cooking_to_washing_up(camille: Browser) -> None:
    sitting = camille.house.opens(seats=10, cook_places=3)
    camille.house.opens(cantine="metz-sablon")
    camille.house.asked(sitting, "a", Party(cooks=1, eaters=1))
    (meal,) = events(camille, address(camille)).values()
    assert str(meal.uid) == f"kitchen-{sitting}@tablee"
    assert datetime(2026, 12, 1, 9, 30, tzinfo=PARIS) == meal.DTSTART
    assert datetime(2026, 12, 1, 14, 30, tzinfo=PARIS) == meal.DTEND
    assert str(meal["summary"]) == "Les Tablées de Vaise · 2 people, 1 cooking"
    said = str(meal.description)
    assert "2 seats taken of 10" in said and "1 cook of 3" in said and "The meal starts at 12:30." in said
    assert str(meal["url"]).endswith(f"/coordination/sittings/{sitting}")


def test_lunch_stays_at_its_hour_across_both_clock_changes(camille: Browser) -> None:
    feed = address(camille)
    for day in (date(2026, 10, 25), date(2027, 3, 28)):
        camille.house.clock.at = datetime.combine(day - timedelta(days=7), time(9), PARIS)
        for one in (day - timedelta(days=1), day):
            camille.house.opens(day=one)
        before, after = list(events(camille, feed).values())[-2:]
        assert before.DTSTART.time() == after.DTSTART.time() == time(9, 30)
        assert before.DTSTART.utcoffset() != after.DTSTART.utcoffset()


def test_a_moved_meal_keeps_its_uid_and_has_a_later_plan(camille: Browser) -> None:
    sitting, feed = camille.house.opens(), address(camille)
    (before,) = events(camille, feed).values()
    moves(camille.house, sitting, date(2026, 12, 3))
    (after,) = events(camille, feed).values()
    assert after.uid == before.uid and timedelta(days=2) == after.DTSTART - before.DTSTART
    assert after.sequence > before.sequence and after.LAST_MODIFIED > before.LAST_MODIFIED


def test_a_taken_seat_is_news_but_no_other_plan(camille: Browser) -> None:
    sitting, feed = camille.house.opens(), address(camille)
    tag = camille.opens(f"{feed}?lang=en").headers["ETag"]
    assert camille.client.get(f"{feed}?lang=en", headers={"If-None-Match": tag}).status_code == 304
    (before,) = events(camille, feed).values()
    camille.house.asked(sitting, "a", Party(cooks=0, eaters=1))
    (after,) = events(camille, feed).values()
    assert after.sequence == before.sequence and after.LAST_MODIFIED > before.LAST_MODIFIED
    assert camille.client.get(f"{feed}?lang=en", headers={"If-None-Match": tag}).status_code == 200


def test_a_cancelled_meal_says_so(camille: Browser) -> None:
    sitting, feed = camille.house.opens(), address(camille)
    camille.house.clock.pass_time(seconds=1)
    with camille.house.parts.service.work() as work:
        cancel_sitting(work, sitting, URL, BY)
    (meal,) = events(camille, feed).values()
    assert (str(meal["status"]), str(meal["summary"])) == ("CANCELLED", "Les Tablées de Vaise · Cancelled")


def test_a_new_address_closes_the_one_before(camille: Browser) -> None:
    camille.house.opens()
    old, new = address(camille), address(camille)
    assert camille.opens(old).status_code == 404
    assert len(events(camille, new)) == 1


def test_what_is_no_address_opens_nothing(camille: Browser) -> None:
    signed = [camille.house.links.sign(purpose, "x") for purpose in ("calendar", "sign_in")]
    for token in ("forged", "%00", "é", *signed):
        assert camille.opens(f"/coordination/calendar/{token}.ics").status_code == 404


def test_who_leaves_a_cantine_no_longer_sees_it_in_their_calendar(camille: Browser) -> None:
    camille.house.opens()
    camille.house.opens(cantine="metz-sablon")
    feed = address(camille)
    with camille.house.parts.service.work() as work:
        add_coordinator(work, email="camille@example.org", name="Camille", language="fr", cantines=["metz-sablon"])
    (meal,) = events(camille, feed).values()
    assert "Sablon" in str(meal["summary"])


def test_a_helper_has_no_weeks_to_follow(camille: Browser) -> None:
    camille.house.opens()
    feed = address(camille)
    with camille.house.parts.service.work() as work:
        work.conn.execute(sa.update(staff).values(role=StaffRole.HELPER))
    assert camille.opens(feed).status_code == 404
