"""After the meal the host notes what the food cost and what was given in all: never what one person gave."""

from functools import partial

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import HOST, LetPass, Meet, NewMeal
from tests.browser.visitor import PHONE, SCREEN, Look, Visitor
from tests.demo import until
from tests.looks import check_accessible, check_fits, check_keyboard

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize("look", [PHONE, SCREEN], ids=str)
def test_cost_and_contributions_in_cost_per_cover_out(
    meet: Meet, new_meal: NewMeal, let_pass: LetPass, look: Look
) -> None:
    meal = new_meal(seats=8)
    guest, host = meet(look), meet(look)
    page, say = host.page, host.say
    guest.book(meal, "Ernestine Caisse", people=3)
    guest.becomes("confirmed")
    let_pass(meal, 4)
    host.come_in_as(HOST)
    until(partial(shows, page, f"/table/{meal}", "Ernestine Caisse"))
    page.locator("#others").press("Enter")
    page.locator("#walk-in-1").press("Enter")
    there = host.language.ngettext("%(num)d person is here", "%(num)d people are here", 4)
    expect(page.get_by_role("status").first).to_contain_text(there)

    until(partial(shows, page, f"/coordination/sittings/{meal}", say("Came")))
    check_accessible(page)
    page.get_by_role("link", name=say("Note what it cost and what was given")).press("Enter")
    check(page)
    page.locator("#food_cost").fill("dix")
    page.locator("#food_cost").press("Enter")
    expect(page.locator("#food_cost")).to_have_attribute("aria-invalid", "true")
    check(page)
    by_keyboard(host, {"food_cost": "14", "contributions": "36.50"})
    expect(page.get_by_role("status")).to_have_text(say("That is noted."))
    expect(row(host, "Food, per cover")).to_contain_text(host.language.euros(350))
    expect(row(host, "Food, per cover")).to_contain_text(
        say("of a break-even price of %(price)s", price=host.language.euros(1250))
    )
    expect(row(host, "Contributions, in all")).to_contain_text(host.language.euros(3650))
    expect(page.get_by_text(host.language.euros(913))).to_have_count(0)  # what each of four gave, on average
    check(page)


def by_keyboard(host: Visitor, sums: dict[str, str]) -> None:
    for name, text in sums.items():
        host.page.locator(f"#{name}").focus()
        host.page.keyboard.press("ControlOrMeta+A")
        host.page.keyboard.type(text)
    host.page.keyboard.press("Enter")


def row(host: Visitor, title: str) -> Locator:
    return host.page.get_by_role("row").filter(has=host.page.get_by_role("rowheader", name=host.say(title), exact=True))


def shows(page: Page, path: str, words: str) -> bool:
    page.goto(path)
    return page.get_by_text(words, exact=True).count() > 0


def check(page: Page) -> None:
    check_accessible(page)
    check_fits(page)
    check_keyboard(page)
