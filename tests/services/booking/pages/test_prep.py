"""The sheet that cooks work from."""

from dataclasses import replace
from datetime import timedelta

from services.booking.domain.attendance import Count
from services.booking.store import door
from shared.contracts.party import Party
from shared.contracts.staff import StaffRole
from tests.services.booking.house import CANTINE, STARTS_AT, BookingHouse
from tests.services.booking.pages.team import browser_of


def test_the_sheet_says_how_many_to_cook_for_and_who_comes(house: BookingHouse) -> None:
    house.announce()
    house.confirm(house.book(Party(eaters=10)))
    samira = browser_of(house, "samira", StaffRole.COORDINATOR)
    page = samira.open("/table/lunch/prep").text
    for words in ("Cook for 13 people", "90%", "Camille Exemple"):
        assert words in page
    assert "Cook for 16 people" in samira.open("/table/lunch/prep?team=5").text
    assert "Cook for 13 people" in samira.open("/table/lunch/prep?team=-1").text


def test_meals_of_this_weekday_here_weigh_most_and_no_meal_is_counted_for_itself(house: BookingHouse) -> None:
    house.announce()
    house.confirm(house.book(Party(eaters=10)))
    elsewhere = replace(CANTINE, slug="dijon", name="La Tablée de Dijon")
    last_week, the_day_before = timedelta(days=7), timedelta(days=8)
    served(house, "here", Count(came=10, absent=30), ago=last_week)
    served(house, "another weekday", Count(came=40, absent=0), ago=the_day_before)
    served(house, "there", Count(came=40, absent=0), ago=last_week, cantine=elsewhere)
    served(house, "lunch", Count(came=0, absent=40), ago=timedelta())
    samira = browser_of(house, "samira", StaffRole.COORDINATOR)
    text = samira.open("/table/lunch/prep").text
    assert "(meals: 1, people: 40)" in text
    assert "52%" in text  # (10 + 40 m) / 80, where m = (90 + 36) / 160


def served(house: BookingHouse, meal: str, count: Count, *, ago: timedelta, **changes: object) -> None:
    """A meal of so long before the lunch, at which everybody was checked in."""
    if meal != "lunch":
        house.announce(meal, date=(STARTS_AT - ago).date(), starts_at=STARTS_AT - ago, **changes)
    with house.service.work() as work:
        door.keep_count(work.conn, meal, door.lock(work.conn, meal) + 1, count)


def test_the_sheet_is_not_for_helpers_nor_for_other_cantines(house: BookingHouse) -> None:
    house.announce()
    assert browser_of(house, "yanis", StaffRole.HELPER).open("/table/lunch/prep").status_code == 403
    assert browser_of(house, "hugo", StaffRole.HOST, "dijon").open("/table/lunch/prep").status_code == 404
