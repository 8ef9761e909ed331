"""Every page, as those see it who use it: on a telephone and on a screen, by day and by night, in both languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ADMINISTRATOR, HOST, Meet, NewMeal
from tests.browser.visitor import Look, Visitor, address, busy
from tests.demo import Demo
from tests.looks import check_accessible, check_fits, check_keyboard

pytestmark = pytest.mark.xdist_group("browser")

# Not looked at: /api/docs, which is Swagger UI. It is written and made accessible by others, and read by programmers.

# Each language in both sizes and both lights: every two of the three meet, in half as many looks.
HOW = {"fr": ((360, "light"), (1280, "dark")), "en": ((360, "dark"), (1280, "light"))}


def look_at(page: Page, seen: str, *, letter: bool = False) -> None:
    """Check the page in its sizes and lights, once what should be seen is there."""
    expect(page.locator(seen).first).to_be_visible()
    for width, scheme in HOW[page.locator("html").get_attribute("lang") or "fr"]:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        check_accessible(page, letter=letter)
        check_fits(page)
    if not letter and page.locator("html").get_attribute("lang") == "fr":
        check_keyboard(page)


@pytest.fixture(params=["fr", "en"])
def visitor(meet: Meet, request: pytest.FixtureRequest) -> Visitor:
    return meet(Look(language=request.param))


def test_from_the_meals_to_a_booking(visitor: Visitor, new_meal: NewMeal, demo: Demo) -> None:
    page, meal = visitor.page, new_meal(seats=3)
    page.goto("/")
    look_at(page, ".fold")
    page.goto("/?cantine=dijon-gresilles")
    look_at(page, "code")
    page.goto("/?city=Nowhere")
    look_at(page, ".notice")
    page.goto(f"/meals/{meal}")
    look_at(page, "#book")
    visitor.press("Book")
    look_at(page, ".error")

    with busy(demo.folder / "capacity.db"):
        visitor.book(meal, "Inès Orsini", people=2, cooks=1)
        page.route("**/status?*", lambda route: route.fulfill(status=204))  # so that it stays while it is looked at
        expect(page.locator("[data-status=requested]")).to_be_visible()
    look_at(page, "[data-status=requested]")
    page.unroute("**/status?*")
    visitor.becomes("confirmed")
    for summary in page.locator("summary").all():
        summary.click()
    look_at(page, "[data-status=confirmed]")
    visitor.fill({"people": 0})
    visitor.press("Ask for this change")
    look_at(page, ".error")
    own_page = page.url.removesuffix("/party")

    visitor.book(meal, "Malik Quintard", people=2)
    visitor.becomes("waitlisted")
    look_at(page, "[data-status=waitlisted]")
    page.goto(f"/meals/{meal}")
    look_at(page, "#book")
    visitor.book(meal, "Beaucoup Demonde", people=12)
    visitor.becomes("refused")
    look_at(page, "[data-status=refused]")

    page.goto(own_page)
    page.get_by_text(visitor.say("Cancel the booking"), exact=True).click()
    visitor.press("Yes, cancel my booking")
    look_at(page, "[data-status=cancelled]")


def test_for_somebody_else(visitor: Visitor, new_meal: NewMeal) -> None:
    page, meal = visitor.page, new_meal(seats=3)
    page.goto(f"/meals/{meal}")
    page.get_by_text(visitor.say("I book for somebody else"), exact=True).click()
    page.locator("[name=contact_is][value=guest]").check()
    visitor.press("Book")
    look_at(page, "#proxy_name-error")
    guest = {"fr": "Philomène Grandvoisin", "en": "Hortense Grandvoisin"}[visitor.language.code]
    visitor.fill({"proxy_name": "Ursuline Bonsecours", "name": guest, "email": address(guest)})
    visitor.press("Book")
    visitor.becomes("confirmed")
    look_at(page, ".notice")
    visitor.letter(address(guest), {"fr": "est réservé", "en": "is booked"}[visitor.language.code]).click()
    letter = page.request.get(page.locator("iframe").get_attribute("src") or "").text()
    assert "Ursuline Bonsecours" in letter
    (own_page,) = set(re.findall(r'href="[^"]*(/b/[^"]+)"', letter))
    page.goto(own_page.replace("&amp;", "&"))
    look_at(page, "#needs")


def test_my_bookings(visitor: Visitor, new_meal: NewMeal) -> None:
    page, meal, subject = visitor.page, new_meal(seats=3), {"fr": "Le lien vers", "en": "The link to"}
    guest = {"fr": "Célestine Aubépine", "en": "Eglantine Aubépine"}[visitor.language.code]
    visitor.book(meal, guest, people=2)
    visitor.becomes("confirmed")
    page.goto("/my/bookings")
    look_at(page, "#contact")
    visitor.fill({"contact": "nobody"})
    visitor.press("Send me the link")
    look_at(page, ".error")
    visitor.fill({"contact": address(guest)})
    visitor.press("Send me the link")
    page.wait_for_url("**/asked")
    look_at(page, ".lead")
    visitor.letter(address(guest), subject[visitor.language.code]).click()
    letter = page.request.get(page.locator("iframe").get_attribute("src") or "").text()
    (own_page,) = set(re.findall(r'href="[^"]*(/my/[^"]+)"', letter))
    page.goto(own_page)
    look_at(page, ".cards .badge-ok")
    for path in (f"{own_page}/kept", f"/messages{own_page}", f"{own_page}/erase"):
        page.goto(path)
        look_at(page, "h1")
    visitor.press("Yes, cancel my bookings and forget me")
    look_at(page, ".lead")
    for path in ("/privacy", "/cantines/dijon-gresilles/privacy", "/legal", "/accessibility"):
        page.goto(path)
        look_at(page, "h1")


def test_where_nothing_is(visitor: Visitor) -> None:
    page = visitor.page
    for path in ("/nowhere", "/b/forged", "/coordination/sign-in/forged", "/messages/mailbox/0"):
        page.goto(path)
        look_at(page, "h1")


def test_what_coordinators_see(visitor: Visitor, new_meal: NewMeal) -> None:
    page, meal = visitor.page, new_meal(seats=3)
    visitor.book(meal, "Nadia Lavandier", people=2)
    visitor.becomes("confirmed")
    visitor.book(meal, "Pascal Grandpré", people=2)
    visitor.becomes("waitlisted")

    page.goto("/coordination/sign-in")
    look_at(page, "h1")
    visitor.fill({"email": "nobody"})
    visitor.press("Send me a link")
    look_at(page, ".error")
    visitor.fill({"email": "nobody@example.org"})
    visitor.press("Send me a link")
    page.wait_for_url("**/sent")
    look_at(page, "h1")

    visitor.come_in_as(HOST)
    look_at(page, ".days")
    for path in (
        *("weekly", "menus", "closures", "reminders", "waiting-lists", "kitchens"),
        *("alerts/choices/mine", "alerts/choices/of/dijon-gresilles", "programs"),
    ):
        page.goto(f"/coordination/{path}")
        look_at(page, "main h1")
    page.locator("form[action$=calendar] button").click()
    visitor.fill({"name": "The window"})
    visitor.press("Make a token")
    look_at(page, ".notice code")
    page.goto("/coordination/programs/meals.csv")
    look_at(page, "h1")
    page.goto("/coordination/weekly")
    page.locator(".cards h3 a").first.click()
    look_at(page, ".plain-list")
    one = f"/coordination/sittings/{meal}"
    page.goto(one)
    look_at(page, "ol")
    page.goto("/coordination/sittings/new")
    look_at(page, "main form")
    visitor.press("Open this meal")
    look_at(page, ".error")
    page.goto(one + "/edit")
    visitor.fill({"seats": 1})
    look_at(page, "main form")
    visitor.press("Save")
    page.wait_for_url("**" + one)
    look_at(page, ".notice-warn")
    page.goto(one + "/cancel")
    look_at(page, ".button-danger")
    visitor.press("Yes, cancel this meal")
    look_at(page, ".badge-off")


def test_what_a_cantine_tells_of_itself(visitor: Visitor) -> None:
    page = visitor.page
    for path, seen in (
        ("/cantines", ".map"),
        ("/cantines/dijon-gresilles", ".photos"),
        ("/cantines/lyon-vaise/week", "svg"),
    ):
        page.goto(path)
        look_at(page, seen)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1, "the week fits on one sheet"
    visitor.come_in_as(HOST)
    page.goto("/table/window")
    look_at(page, ".cards")
    page.goto("/table/window/dijon-gresilles")
    look_at(page, ".photos")
    visitor.press("Show this photo")
    look_at(page, ".error")


def test_what_administrators_see(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/coordination/sign-in")
    visitor.come_in_as(ADMINISTRATOR)
    page.goto("/coordination/network")
    look_at(page, ".facts")
    menus = set()
    for path in ("/table/", "/coordination/", "/messages/letters"):
        page.goto(path)
        links = page.locator(".top nav:not(.languages) a")
        menus.add(tuple(links.evaluate_all("all => all.map(one => one.pathname)")))
        page.locator(".more summary").click()
        check_fits(page)
    (menu,) = menus  # the same on the pages of all three services, and it leads somewhere
    assert {page.request.get(path).status for path in menu} == {200}
    page.goto("/coordination/health")
    look_at(page, ".badge-ok")
    page.goto("/coordination/staff/")
    page.locator("main .cards a").first.click()
    look_at(page, "main form")
    page.goto("/coordination/network/new")
    look_at(page, "main form")
    visitor.press("Open this canteen")
    look_at(page, ".error")


def test_the_mailbox(visitor: Visitor, new_meal: NewMeal) -> None:
    page, meal, subject = visitor.page, new_meal(seats=12), {"fr": "est réservé", "en": "is booked"}
    visitor.book(meal, "Yvonne Peyrelade")
    visitor.letter(address("Yvonne Peyrelade"), subject[visitor.language.code]).click()
    look_at(page, "iframe")
    letter = visitor.new_page()  # on its own: in its frame nothing may run, not even axe
    letter.set_content(page.request.get(page.locator("iframe").get_attribute("src") or "").text())
    look_at(letter, "p", letter=True)

    number = {"fr": "06 39 98 00 77", "en": "06 39 98 00 78"}[visitor.language.code]
    visitor.book(meal, "Yvonne Peyrelade", email="", phone=number)
    visitor.letter("+33" + number.replace(" ", "")[1:], "Les Tablées des Grésilles").click()
    look_at(page, ".bubble")
    page.route("**/messages/mailbox/list*", lambda route: route.fulfill(status=204))  # it stays while it is looked at
    page.goto("/messages/mailbox")
    look_at(page, "#messages")
    page.goto("/messages/mailbox?to=nobody")
    look_at(page, "#messages")
