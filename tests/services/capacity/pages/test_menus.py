"""The menus of some weeks, written on one page."""

import re
from datetime import date
from typing import Any

from shared.contracts.sitting import SittingNotice
from tests.services.capacity.pages.conftest import Browser
from tests.services.capacity.pages.test_stale import fields

MENUS = "/coordination/menus"


def on_the_page(camille: Browser) -> dict[str, Any]:
    """The fields as the page shows them, of meals with nothing on the table yet."""
    page = camille.opens(MENUS).text
    fields: dict[str, Any] = dict(re.findall(r'name="(was-[^"]+)" value="([^"]+)"', page))
    return fields | {name.replace("was-", "allergens_known-"): "unknown" for name in fields}


def test_three_weeks_are_written_at_once(camille: Browser) -> None:
    one, other, same = (camille.house.opens(menu="", allergens=None, day=date(2026, 12, day)) for day in (1, 3, 4))
    camille.house.opens(cantine="metz-sablon", menu="", allergens=None)
    shown = on_the_page(camille)
    assert len(shown) == 6
    camille.house.forget_what_was_said()
    wish = {f"menu-{one}": "Chili", f"allergens_known-{one}": "none", f"diets-{one}": ["vegan"]}
    wish |= {f"menu-{other}": "Quiche", f"allergens_known-{other}": "listed", f"allergens-{other}": ["eggs", "milk"]}
    assert camille.sends(MENUS, **{**shown, **wish}).status_code == 303
    assert "2 menus are kept." in camille.opens(MENUS).text
    chili, quiche = camille.house.sitting(one), camille.house.sitting(other)
    assert (chili.menu, chili.allergens, chili.diets) == ("Chili", (), ("vegan",))
    assert (quiche.menu, quiche.allergens, quiche.diets) == ("Quiche", ("eggs", "milk"), ())
    assert camille.house.sitting(same).menu == ""
    assert set(camille.house.said(SittingNotice)) == {one, other}


def test_the_first_week_with_a_menu_to_write_stands_open(camille: Browser) -> None:
    camille.house.opens(menu="Chili", allergens=(), day=date(2026, 12, 1))
    soon = camille.house.opens(menu="", allergens=None, day=date(2026, 12, 8))
    later = camille.house.opens(menu="", allergens=None, day=date(2026, 12, 14))

    def opened(page: str) -> list[str]:
        weeks = re.findall(r'<details class="fold"( open)?>.*?Week of Monday ([^<]+)<', page, re.DOTALL)
        assert [week for _open, week in weeks] == ["30 November", "7 December", "14 December"]
        return [week for is_open, week in weeks if is_open]

    page = camille.opens(MENUS).text
    assert opened(page) == ["7 December"] and page.count("1 menu to write") == 2
    typed: dict[str, Any] = {**fields(page, MENUS)}
    assert "14 December" in opened(camille.sends(MENUS, **{**typed, f"menu-{later}": "x" * 501}).text)
    camille.sends(MENUS, **{**typed, f"menu-{soon}": "Soupe"})
    assert opened(camille.opens(MENUS).text) == ["14 December"]


def test_what_somebody_else_wrote_meanwhile_stays(camille: Browser) -> None:
    sitting = camille.house.opens(menu="", allergens=None)
    shown = on_the_page(camille)
    camille.sends(MENUS, **{**shown, f"menu-{sitting}": "Chili"})
    camille.sends(MENUS, **shown)  # from a page that was opened before, and left as it was
    assert camille.house.sitting(sitting).menu == "Chili"


def test_the_order_of_allergens_is_nobody_s_change(camille: Browser) -> None:
    sitting = camille.house.opens(menu="Quiche", allergens=("eggs", "gluten"))
    same = {
        f"menu-{sitting}": "Quiche",
        f"allergens_known-{sitting}": "listed",
        f"allergens-{sitting}": ["gluten", "eggs"],
    }
    camille.house.forget_what_was_said()
    camille.sends(MENUS, **{**on_the_page(camille), **same})
    assert camille.house.said(SittingNotice) == {}


def test_one_unclear_menu_keeps_all_on_the_page(camille: Browser) -> None:
    one, other = camille.house.opens(menu="", allergens=None), camille.house.opens(menu="", allergens=None)
    wrong = {f"menu-{one}": "Chili", f"menu-{other}": "Quiche", f"allergens_known-{other}": "listed"}
    for mistake in (wrong, {f"menu-{one}": "x" * 501}, {f"menu-{one}": "Chili\x00"}):
        answer = camille.sends(MENUS, **{**on_the_page(camille), **mistake})
        assert answer.status_code == 422
        assert "-error" in answer.text
        assert {camille.house.sitting(each).menu for each in (one, other)} == {""}
    assert "Save all menus" in camille.opens(f"{MENUS}?cantine=metz-sablon").text


def chili_on(camille: Browser) -> tuple[str, dict[str, Any]]:
    """A meal whose allergens and diets are known, and its fields as the page shows them."""
    sitting = camille.house.opens(menu="Chili", allergens=(), diets=("vegan",))
    shown = {f"menu-{sitting}": "Chili", f"allergens_known-{sitting}": "none", f"diets-{sitting}": ["vegan"]}
    return sitting, {**on_the_page(camille), **shown}


def test_another_menu_does_not_keep_what_was_said_of_the_old_one(camille: Browser) -> None:
    sitting, shown = chili_on(camille)
    answer = camille.sends(MENUS, **{**shown, f"menu-{sitting}": "Quiche lorraine"})
    meal = camille.house.sitting(sitting)
    assert (meal.menu, meal.allergens, meal.diets) == ("Quiche lorraine", None, ())
    page = camille.opens(answer.location).text
    assert "say again whom they suit" in page and f'href="#meal-{sitting}"' in page

    (was,) = re.findall(rf'name="was-{sitting}" value="([^"]+)"', page)
    told: dict[str, Any] = {f"was-{sitting}": was, f"menu-{sitting}": "Quiche lorraine"}
    told |= {f"allergens_known-{sitting}": "listed", f"allergens-{sitting}": ["eggs", "milk"]}
    camille.sends(MENUS, **told)
    assert camille.house.sitting(sitting).allergens == ("eggs", "milk")
    assert "say again" not in camille.opens(answer.location).text


def test_what_is_said_with_another_menu_or_of_the_same_stays(camille: Browser) -> None:
    sitting, shown = chili_on(camille)
    camille.sends(MENUS, **shown)
    assert camille.house.sitting(sitting).diets == ("vegan",)
    answer = camille.sends(MENUS, **{**shown, f"menu-{sitting}": "Soupe", f"diets-{sitting}": ["vegetarian"]})
    meal = camille.house.sitting(sitting)
    assert (meal.menu, meal.allergens, meal.diets) == ("Soupe", (), ("vegetarian",))
    assert "again" not in answer.location
