"""A page was open for longer than its form is good for: what was typed comes back, and is sent with one more tap."""

import re
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa
from justhtml import JustHTML

from services.capacity.pages import stale
from services.capacity.store.tables import staff
from tests.services.capacity.pages.conftest import Browser
from tests.services.capacity.pages.test_weekly import CHRISTMAS, a_weekly_meal

STALE = {"csrf_token": "of yesterday"}
AGAIN = ("Please send this again.", "Nothing that you wrote is lost.")
NOTHING_TYPED = {  # a press, or a choice that is made again as fast
    *("sign_in.use_link", "sign_in.take_demo_account", "sign_in.leave", "tablet.come_in", "staff.tablet"),
    *("plans.close_bookings", "plans.open_bookings", "plans.release_seats", "plans.goes_ahead", "plans.cancel"),
    *("cook_calls.call", "cook_calls.stop", "weekly.end", "closures.remove", "closures.cancel", "closures.holidays"),
    *("alerts.top_up", "alerts.be_on_it", "staff.remove", "programs.withdraw", "programs.renew"),
    *("post.replay", "post.give_up", "post.unstick"),
}
MEAL: dict[str, Any] = {
    "cantine": "lyon-vaise",
    "date": "2026-12-03",
    "seats": "41",
    "menu": "Chili <fort>\nRiz",
    "allergens_known": "listed",
    "allergens": ["eggs", "milk"],
    "diets": ["vegan"],
}
SABLON: dict[str, Any] = {
    "slug": "metz-queuleu",
    "name": "Les Tablées de Queuleu",
    "city": "Metz",
    "address": "1 rue des Jardins, 57000 Metz",
    "phone": "06 39 98 00 12",
    "email": "queuleu@example.org",
    "model": "lyon-vaise",
}
SETTINGS, KITCHEN = "/coordination/alerts/choices", "/coordination/kitchens/lyon-vaise"
FORMS: list[tuple[str, str, dict[str, Any]]] = [
    ("/coordination/sittings/new", "", MEAL),
    ("/coordination/weekly/new", "", {"cantine": "lyon-vaise", "seats": "41", "weekdays": ["2", "4"], "every": "2"}),
    ("/coordination/closures", "", CHRISTMAS),
    (KITCHEN, "", {"seats": "33", "partner_0_name": "Mission locale", "partner_0_seats": "4"}),
    ("/coordination/network/new", "", SABLON),
    ("/coordination/staff/new", "", {"name": "Paul Noiret", "email": "paul@example.org", "cantines": ["lyon-vaise"]}),
    (f"{SETTINGS}/mine", "", {"phone": "06 39 98 00 13", "digest_at": "07:15"}),
    (f"{SETTINGS}/of/lyon-vaise", "", {"nearly_full": "77", "quiet_since": "21:30"}),
    ("/coordination/programs/tokens", "/coordination/programs", {"name": "Tableur"}),
    ("/coordination/reminders/lyon-vaise", "/coordination/reminders", {"days": "3", "at": "11:30", "thanks": "1"}),
    ("/coordination/waiting-lists/lyon-vaise", "/coordination/waiting-lists", {"policy": "fill", "hours": "9"}),
    ("/coordination/sign-in", "", {"email": "camille@example.org"}),
]


@pytest.fixture
def administrator(camille: Browser) -> Browser:
    with camille.house.parts.service.work() as work:
        work.conn.execute(sa.update(staff).values(role="administrator"))
    return camille


def fields(page: str, path: str) -> dict[str, list[str]]:
    """What would be sent there from a page as it stands, but for the token."""
    sent: dict[str, list[str]] = {}
    forms: list[Any] = JustHTML(page, sanitize=False).query("form[method=post]")
    (form,) = (one for one in forms if str(of(one).get("action", path)).partition("?")[0] == path)
    for one in form.query("input, textarea, option"):
        given = of(one)
        if one.name == "textarea":
            sent[given["name"]] = ["".join(text.data for text in one.children)]
        elif one.name == "option" and "selected" in given:
            sent[of(one.parent)["name"]] = [given["value"]]
        elif one.name == "input" and (given.get("type") not in {"checkbox", "radio"} or "checked" in given):
            sent.setdefault(given["name"], []).append(given.get("value", ""))
    sent.pop("csrf_token", None)
    return sent


def of(element: Any) -> dict[str, str]:
    """The attributes of an element."""
    return dict(element.attrs)


def sends_late(browser: Browser, path: str, page: str, typed: dict[str, Any]) -> None:
    """A form that was open for too long comes back with all that was typed; sent again from there it is taken."""
    typed = {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    whole = fields(browser.opens(page or path).text, path) | typed
    late = browser.client.post(path, data=whole | STALE, headers={"Accept-Language": "en"})
    assert late.status_code == 400 and all(words in unescape(late.text) for words in AGAIN)
    shown = fields(late.text, path)
    assert {name: shown.get(name) for name in typed} == typed
    token = re.findall(r'name="csrf_token" value="([^"]+)"', late.text)[0]
    again = browser.client.post(path, data=shown | {"csrf_token": token})
    assert again.status_code in {200, 303}, again.text


@pytest.mark.parametrize(("path", "page", "typed"), FORMS, ids=[path for path, _page, _typed in FORMS])
def test_what_was_typed_comes_back(administrator: Browser, path: str, page: str, typed: dict[str, Any]) -> None:
    sends_late(administrator, path, page, typed)


def test_so_does_what_was_changed(administrator: Browser) -> None:
    house = administrator.house
    meal, weekly = house.opens(menu="", allergens=None), a_weekly_meal(administrator)
    one = f"/coordination/sittings/{meal}"
    sends_late(administrator, f"{one}/edit", "", {"menu": "Soupe au pistou", "seats": "27"})
    assert house.sitting(meal).menu == "Soupe au pistou"
    sends_late(administrator, weekly, "", {"seats": "27", "until": "2027-03-01"})
    menus = "/coordination/menus"
    sends_late(administrator, menus, "", {f"menu-{meal}": "Tarte", f"diets-{meal}": ["vegetarian"]})
    assert house.sitting(meal).menu == "Tarte"
    administrator.sends("/coordination/staff/new", name="Paul", email="paul@example.org", language="fr",
                        role="helper", cantines="lyon-vaise")  # fmt: skip
    (paul,) = set(
        re.findall(r'href="(/coordination/staff/[0-9a-f-]{36})"', administrator.opens("/coordination/staff/").text)
    )
    sends_late(administrator, paul, "", {"role": "host", "cantines": ["lyon-vaise"]})
    house.clock.pass_time(days=8)
    administrator.signs_in()
    sends_late(administrator, f"{one}/money", "", {"food_cost": "119,50", "contributions": "280"})


def test_a_meal_that_was_opened_meanwhile_keeps_its_menu(camille: Browser) -> None:
    camille.house.opens(menu="", allergens=None)
    menus = "/coordination/menus"
    old = fields(camille.opens(menus).text, menus)
    new = camille.house.opens(menu="Chili", allergens=())
    late = camille.client.post(menus, data=old | STALE)
    assert fields(late.text, menus)[f"menu-{new}"] == ["Chili"]


def test_every_form_in_which_somebody_types_comes_back(camille: Browser) -> None:
    app = camille.client.application
    posts = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and "/api/" not in rule.rule
    }
    assert posts == stale.forms.endpoints | NOTHING_TYPED and not stale.forms.endpoints & NOTHING_TYPED


def test_who_was_signed_out_meanwhile_signs_in_elsewhere_and_goes_on(camille: Browser) -> None:
    new = "/coordination/sittings/new"
    page = camille.opens(new).text
    typed: dict[str, Any] = fields(page, new)
    typed |= {name: value if isinstance(value, list) else [value] for name, value in MEAL.items()}
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
    with camille.client.session_transaction() as session:
        session["since"] -= 60 * 60 * 13
    for sent in (typed | {"csrf_token": token}, typed):  # good still, and gone with the session
        held = camille.client.post(new, data=sent, headers={"Accept-Language": "en"})
        assert held.status_code == 401 and "nothing that you wrote is lost" in held.text
        assert fields(held.text, new) == typed
    camille.signs_in()
    again = camille.client.post(new, data=fields(held.text, new))
    assert again.status_code == 400 and fields(again.text, new) == typed
    assert camille.sends(new, **typed).status_code == 303


def test_who_has_nothing_to_lose_signs_in_first(browser: Browser) -> None:
    data = {"csrf_token": re.findall(r'csrf_token" value="([^"]+)"', browser.opens("/coordination/sign-in").text)[0]}
    assert browser.client.post("/coordination/programs/calendar", data=data).location == "/coordination/sign-in"


def test_where_the_page_is_not_for_who_asks_it_says_to_send_it_again(camille: Browser) -> None:
    for path in ("/coordination/network/new", "/coordination/kitchens/metz-sablon", "/coordination/weekly/none"):
        answer = camille.client.post(path, data=MEAL, headers={"Accept-Language": "en"})
        assert answer.status_code == 400 and "is lost" not in answer.text + camille.opens("/coordination/").text


@pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "signed out"])
@pytest.mark.parametrize(
    "told",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://mallory.example"},
        {"Sec-Fetch-Site": "same-site", "Origin": "https://forum.localhost"},
        {"Origin": "https://mallory.example"},
    ],
    ids=["cross-site", "same-site", "old browser"],
)
def test_what_another_site_wrote_comes_back_to_nobody(
    administrator: Browser, told: dict[str, str], signed_in: bool
) -> None:
    if not signed_in:
        administrator.client.delete_cookie("tablee")
    typed = {"name": "Mallory", "email": "mallory@example.org", "cantines": ["lyon-vaise"]}
    answer = administrator.client.post("/coordination/staff/new", data=typed, headers=told)
    assert answer.status_code in {303, 400, 401} and "Mallory" not in answer.text


@pytest.mark.parametrize(
    "told", [{"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": "http://localhost"}, {"Origin": "null"}]
)
def test_what_was_typed_on_our_own_page_does(administrator: Browser, told: dict[str, str]) -> None:
    typed = {"name": "Paul", "email": "paul@example.org", "cantines": ["lyon-vaise"]}
    answer = administrator.client.post("/coordination/staff/new", data=typed | STALE, headers=told)
    assert answer.status_code == 400 and "paul@example.org" in answer.text
