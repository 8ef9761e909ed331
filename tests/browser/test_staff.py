"""The pages about guests and about the team, as staff see them."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import HOST, Meet, NewMeal
from tests.browser.test_looks import look_at
from tests.browser.visitor import Look

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_the_team_sees_of_guests_and_of_itself(meet: Meet, new_meal: NewMeal, language: str) -> None:
    meal = new_meal(seats=12)
    host = meet(Look(language=language))
    page = host.page
    host.come_in_as(HOST)
    page.goto(f"/table/{meal}/phone")
    look_at(page, "main form")
    host.fill({"name": "Lucienne Noiret", "people": 3})
    page.get_by_role("main").locator("form button[type=submit]").first.click()
    expect(page.get_by_text("Lucienne Noiret").first).to_be_visible()
    expect(page.get_by_text(host.say("Being checked"))).to_have_count(0)
    look_at(page, "#guest-list")
    page.goto(f"/table/{meal}/message")
    look_at(page, "main form")
    host.press("Look at it before it is sent")
    look_at(page, ".error")
    host.fill({"words": "La porte de la cour est fermée.\nEntrez par la rue."})
    host.press("Look at it before it is sent")
    look_at(page, "blockquote")
    host.press("Send it now")
    look_at(page, ".cards blockquote")
    page.goto(f"/messages/to-guests/{meal}")
    look_at(page, "h1")
    for path, seen in (
        ("/table/", ".cards"),
        ("/table/calls", ".cards"),
        ("/table/members", "section.card"),
        (f"/table/{meal}/prep", ".facts"),
        ("/coordination/staff/", ".cards"),
        ("/coordination/staff/new", "main form"),
        ("/coordination/tablet", "main form"),
    ):
        page.goto(path)
        look_at(page, seen)
