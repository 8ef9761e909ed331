"""The pages of those who look after the letters."""

import pytest

from tests.browser.conftest import ADMINISTRATOR, Meet, NewMeal
from tests.browser.test_looks import look_at
from tests.browser.visitor import Look, address

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize(("language", "booked"), [("fr", "est réservé"), ("en", "is booked")])
def test_what_administrators_see_of_letters(meet: Meet, new_meal: NewMeal, language: str, booked: str) -> None:
    guest = meet(Look(language=language))
    guest.book(new_meal(seats=4), "Lise Mongin")
    guest.becomes("confirmed")
    guest.letter(address("Lise Mongin"), booked)
    nora = meet(Look(language=language))
    page = nora.page
    nora.come_in_as(ADMINISTRATOR)
    page.goto("/messages/preview")
    look_at(page, ".kinds")
    page.goto("/messages/preview/cook_call")
    look_at(page, "iframe")
    page.goto("/messages/letters?state=sent&kind=confirmed")
    look_at(page, ".letters")
    page.locator(".letters a").first.click()  # the latest: that guest's
    look_at(page, "#again")
    nora.press("Send it again")
    look_at(page, ".notice-ok")
    page.goto("/messages/letters?state=delivered&kind=moved")
    look_at(page, "h1")
    nora.press("Search")
    look_at(page, ".error")
    for post in ("/messages/post", "/coordination/post", "/table/post"):
        page.goto(post)
        look_at(page, "h1")
    page.goto("/messages/figures")
    look_at(page, ".facts")
    page.set_viewport_size({"width": 360, "height": 800})
    cut = "() => [...document.querySelectorAll('.scroll')].some(table => table.scrollWidth > table.clientWidth)"
    assert not page.evaluate(cut), "on a telephone every number is seen"
