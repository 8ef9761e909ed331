"""At the door, on the day of the meal: who came, who did not, who had not reserved; by two people at once."""

from functools import partial

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import HOST, LetPass, Meet, NewMeal
from tests.browser.visitor import PHONE, SCREEN, Visitor
from tests.demo import until
from tests.looks import check_accessible, check_fits

pytestmark = pytest.mark.xdist_group("browser")


def test_by_keyboard_and_by_two_at_once(meet: Meet, new_meal: NewMeal, let_pass: LetPass) -> None:
    meal = new_meal(seats=8)
    host, helper, guest = meet(PHONE), meet(SCREEN), meet(PHONE)
    host.come_in_as(HOST)
    for name, people in (("Anatole Porte", 2), ("Blandine Porte", 1), ("Cyprien Porte", 1)):
        guest.book(meal, name, people=people)
        guest.becomes("confirmed")
    let_pass(meal, 3)
    helper.come_in_as(HOST)
    for one in (host, helper):
        until(partial(shows, one, meal, "Cyprien Porte"))
        check_accessible(one.page)
        check_fits(one.page)
    press(host, "Anatole Porte", "Arrived")
    card(helper, "Blandine Porte").locator("button[value='0']").press("Enter")
    for one in (host, helper):
        expect(one.page.get_by_role("status").first).to_contain_text(
            one.language.ngettext("%(num)d person is here", "%(num)d people are here", 2)
        )
        expect(card(one, "Blandine Porte").get_by_role("button", name=one.say("Correct this"))).to_be_visible()
    press(helper, "Blandine Porte", "Correct this")
    expect(card(host, "Blandine Porte").get_by_role("button", name=host.say("Arrived"))).to_be_visible()
    host.page.locator("#walk-in-3").press("Enter")
    helper.page.locator("#others").press("Enter")
    for one in (host, helper):
        expect(one.page.get_by_role("status").first).to_contain_text(
            one.language.ngettext("%(num)d person is here", "%(num)d people are here", 7)
        )
        check_accessible(one.page)
        check_fits(one.page)


def shows(one: Visitor, meal: str, name: str) -> bool:
    one.page.goto(f"/table/{meal}")
    return one.page.get_by_text(name).count() > 0


def card(one: Visitor, name: str) -> Locator:
    return one.page.locator("li.card", has_text=name)


def press(one: Visitor, name: str, button: str) -> None:
    card(one, name).get_by_role("button", name=one.say(button), exact=True).press("Enter")
