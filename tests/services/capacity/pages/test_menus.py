"""The menus of some weeks, written on one page."""

import re
from datetime import date
from typing import Any

from shared.contracts.sitting import SittingNotice
from tests.services.capacity.pages.conftest import Browser

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
