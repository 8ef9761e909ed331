"""A letter comes back, in the demo at the press of a button, and the host is asked to call."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ADMINISTRATOR, HOST, Meet, NewMeal
from tests.browser.test_answers import shoot
from tests.browser.test_looks import look_at
from tests.browser.visitor import Look, address
from tests.demo import until

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize(("language", "booked"), [("fr", "est réservé"), ("en", "is booked")])
def test_what_comes_back_is_said_by_telephone(meet: Meet, new_meal: NewMeal, language: str, booked: str) -> None:
    name = f"Solange Verdier-Retour {language}"
    guest = meet(Look(language=language))
    guest.book(new_meal(seats=12), name)
    guest.becomes("confirmed")
    guest.letter(address(name), booked).click()
    look_at(guest.page, "#fate")
    shoot(guest.page, f"fate-{language}")
    guest.press("Nobody is there: it comes back")
    expect(guest.page.locator(".notice-ok")).to_be_visible()

    host = meet(Look(language=language))
    host.come_in_as(HOST)
    until(lambda: name in host.page.goto("/table/calls").text())  # type: ignore[union-attr]
    nora = meet(Look(width=1280, language=language))
    nora.come_in_as(ADMINISTRATOR)
    page = nora.page
    page.goto("/messages/letters?state=returned")
    look_at(page, ".letters")
    page.locator(".letters a").first.click()
    shoot(page, f"returned-{language}")
    page.goto("/messages/figures")
    look_at(page, ".facts")
    shoot(page, f"figures-{language}")
    page.goto("/messages/texts")
    page.get_by_role("main").locator("summary").click()
    look_at(page, "#phone")
    shoot(page, f"texts-{language}")
