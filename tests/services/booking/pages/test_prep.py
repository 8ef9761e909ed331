"""The sheet that cooks work from."""

from shared.contracts.party import Party
from shared.contracts.staff import StaffRole
from tests.services.booking.house import BookingHouse
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


def test_the_sheet_is_not_for_helpers_nor_for_other_cantines(house: BookingHouse) -> None:
    house.announce()
    assert browser_of(house, "yanis", StaffRole.HELPER).open("/table/lunch/prep").status_code == 403
    assert browser_of(house, "hugo", StaffRole.HOST, "dijon").open("/table/lunch/prep").status_code == 404
