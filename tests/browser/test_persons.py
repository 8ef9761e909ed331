"""Who comes every week, and who is called when cooks are missing: their pages, in both languages, sizes and lights."""

import sqlite3
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import HOST, Meet, NewMeal
from tests.browser.test_looks import look_at
from tests.browser.visitor import Look, Visitor, address
from tests.demo import Demo, until

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(params=["fr", "en"])
def visitor(meet: Meet, request: pytest.FixtureRequest) -> Visitor:
    return meet(Look(language=request.param))


def link_in(demo: Demo, query: str, value: str) -> str:
    """The path of the newest link that notifications has for somebody, once it has one."""

    def found() -> list[tuple[str]]:
        with sqlite3.connect(f"file:{demo.folder / 'notifications.db'}?mode=ro", uri=True) as database:
            return database.execute(query, [value]).fetchall()

    until(found)
    parts = urlsplit(found()[0][0])
    return f"{parts.path}?{parts.query}"


def test_who_comes_every_week_and_is_called_to_cook(visitor: Visitor, new_meal: NewMeal, demo: Demo) -> None:
    page, name = visitor.page, f"Ada {visitor.language.code.upper()}"
    new_meal(seats=20, days=10)  # the same a week later: else nobody could come every week
    visitor.book(new_meal(seats=20), name)
    visitor.becomes("confirmed")
    page.goto(link_in(demo, "SELECT link FROM known_booking WHERE email = ? ORDER BY news DESC", address(name)))
    look_at(page, "#cook-calls")
    page.locator("#calls").check()
    visitor.press("Save this wish")
    look_at(page, ".notice")
    page.locator("section[aria-labelledby=usual] button").click()
    look_at(page, "section[aria-labelledby=usual] a")
    page.locator("section[aria-labelledby=usual] a").click()
    look_at(page, "main form")
    visitor.press("No longer every week")  # else she would be expected at the next meal, and not be called
    look_at(page, ".notice-ok")

    meal = new_meal(seats=20, cook_places=3)
    page.goto("/coordination/sign-in")
    visitor.come_in_as(HOST)
    page.goto(f"/coordination/sittings/{meal}")
    look_at(page, "#cooks button")
    visitor.press("Call for cooks")
    look_at(page, "#cooks button")
    page.goto("/table/usual")
    look_at(page, "main form")

    asked = "SELECT link FROM known_ask JOIN known_person ON id = person WHERE email = ? ORDER BY until DESC"
    call = link_in(demo, asked, address(name))
    page.goto(call)
    look_at(page, "#yes")
    page.goto(call + "&answer=stop")
    look_at(page, "#stop")
    page.goto(call)
    page.locator("#yes").click()
    page.wait_for_url("**/b/*")
    visitor.becomes("confirmed")
    page.goto(call)
    look_at(page, "h2")
    page.locator("#stop").click()
    look_at(page, ".notice-ok")
