"""At the door, on the day of the meal: who came, who did not, who had not reserved; by two people at once."""

from datetime import datetime, time
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import HOST, Meet
from tests.browser.visitor import PHONE, SCREEN, Visitor
from tests.demo import until
from tests.looks import check_accessible, check_fits

pytestmark = pytest.mark.xdist_group("browser")


def test_by_keyboard_and_by_two_at_once(meet: Meet) -> None:
    now = datetime.now(ZoneInfo("Europe/Paris"))
    if now.time() > time(23, 30):
        pytest.skip("no meal can be opened any more today")
    host, helper, guest = meet(PHONE), meet(SCREEN), meet(PHONE)
    host.come_in_as(HOST)
    meal = meal_of_tonight(host, now)
    for name, people in (("Anatole Porte", 2), ("Blandine Porte", 1), ("Cyprien Porte", 1)):
        guest.book(meal, name, people=people)
        guest.becomes("confirmed")
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


def meal_of_tonight(host: Visitor, now: datetime) -> str:
    host.page.goto("/coordination/sittings/new")
    host.page.locator("#cantine").select_option("dijon-gresilles")
    day = {"date": f"{now:%Y-%m-%d}", "cooking_starts": "23:40", "meal_starts": "23:55"}
    host.fill({**day, "cutoff_days": 0, "cutoff_at": "23:50", "seats": 8, "cook_places": 1, "menu": "Soupe de minuit"})
    host.press("Open this meal")
    host.page.wait_for_url(lambda url: not url.endswith("/new"))
    meal = host.page.url.rsplit("/", 1)[-1]
    until(lambda: host.demo.ask("GET", f"/meals/{meal}").status == 200)
    return meal


def shows(one: Visitor, meal: str, name: str) -> bool:
    one.page.goto(f"/table/{meal}")
    return one.page.get_by_text(name).count() > 0


def card(one: Visitor, name: str) -> Locator:
    return one.page.locator("li.card", has_text=name)


def press(one: Visitor, name: str, button: str) -> None:
    card(one, name).get_by_role("button", name=one.say(button), exact=True).press("Enter")
