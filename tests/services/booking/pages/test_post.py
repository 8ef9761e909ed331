"""Administrators see how the post of booking is; others do not."""

import pytest

from shared.contracts.staff import StaffRole
from shared.messaging.ailing import TimerHealth
from tests.services.booking.house import BookingHouse
from tests.services.booking.pages.team import browser_of, hears_of


def test_administrators_see_it(house: BookingHouse) -> None:
    hears_of(house, "nora", StaffRole.ADMINISTRATOR)
    TimerHealth(house.parts.service).failed("forget_guests", ZeroDivisionError())
    page = browser_of(house, "nora", StaffRole.ADMINISTRATOR).open("/table/post?lang=en")
    assert page.status_code == 200 and "UTC" in page.text, "no canteen is known yet"
    house.announce()
    page = browser_of(house, "nora", StaffRole.ADMINISTRATOR).open("/table/post?lang=en")
    assert "Times are those of Europe/Paris." in page.text and "UTC" not in page.text
    assert "forget_guests" in page.text and "ZeroDivisionError" in page.text
    assert "There is none." in page.text and "/coordination/post" in page.text


@pytest.mark.parametrize("role", [StaffRole.HOST, StaffRole.COORDINATOR, StaffRole.HELPER])
def test_others_do_not(house: BookingHouse, role: StaffRole) -> None:
    somebody = browser_of(house, "hugo", role)
    assert somebody.open("/table/post").status_code == 403
    assert somebody.send("/table/", "/table/post/unstick").status_code == 403
