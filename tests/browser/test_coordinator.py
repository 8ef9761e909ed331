"""Coordinators run their meals, with flour on their hands."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import HOST, Meet, NewMeal
from tests.browser.visitor import PHONE, SCREEN, Look
from tests.demo import until
from tests.looks import check_accessible, check_fits

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize("look", [PHONE, SCREEN], ids=str)
def test_open_change_lower_and_cancel_a_meal(meet: Meet, new_meal: NewMeal, look: Look) -> None:
    meal = new_meal(seats=12)
    guest = meet()
    email = f"helene-{look}@example.org"
    guest.book(meal, "Hélène Noiret", people=3, cooks=1, email=email)
    guest.becomes("confirmed")

    host = meet(look)
    page, say, count = host.page, host.say, host.language.ngettext
    host.come_in_as(HOST)
    host.opens_meal(meal)
    taken = "%(num)d seat taken of %(limit)d", "%(num)d seats taken of %(limit)d"
    expect(page.get_by_text(count(*taken, 3, limit=12))).to_be_visible()

    page.get_by_role("link", name=say("Change this meal")).click()
    host.fill({"menu": "Tarte aux quetsches", "seats": 2, "cook_places": 0})
    host.press("Save")
    expect(page.get_by_role("status")).to_have_text(say("The meal is changed."))
    expect(page.get_by_role("cell", name="Tarte aux quetsches")).to_be_visible()
    more = (
        "%(num)d person has a place beyond what this meal can seat and feed: nobody loses theirs.",
        "%(num)d people have a place beyond what this meal can seat and feed: nobody loses theirs.",
    )
    expect(page.get_by_text(count(*more, 1))).to_be_visible()

    page.get_by_role("link", name=say("Cancel this meal")).click()
    told = "%(num)d person has a place and will be told.", "%(num)d people have a place and will be told."
    expect(page.get_by_text(count(*told, 3))).to_be_visible()
    host.press("Yes, cancel this meal")
    expect(page.get_by_text(say("Cancelled"), exact=True)).to_be_visible()

    guest.letter(email, "Le repas du").click()
    expect(guest.page.get_by_role("heading", name="est annulé")).to_be_visible()
    guest.page.locator(".plain").get_by_role("link").click()
    expect(guest.page.get_by_role("heading", name="Ce repas est annulé.")).to_be_visible()


def test_see_that_a_meal_is_nearly_full_and_be_on_it(meet: Meet, new_meal: NewMeal) -> None:
    meal = new_meal(seats=7)
    for name, people in (("Rose Premier", 4), ("Théo Dernier", 2)):
        guest = meet()
        guest.book(meal, name, people=people, email=f"{name[:4].lower()}@example.org")
        guest.becomes("confirmed")
    host = meet()
    page, say = host.page, host.say
    page.goto("/coordination/alerts")
    assert page.url.endswith("/coordination/sign-in")
    host.press("Entrer comme " + HOST)
    page.wait_for_url("**/coordination/alerts")
    card = page.locator(".card").filter(has=page.locator(f'a[href$="{meal}"]')).filter(has_text=say("Nearly full"))
    expect(card.get_by_text("Assez de bras et de chaises")).to_be_visible()
    check_accessible(page)
    check_fits(page)
    card.get_by_role("button").click()
    page.wait_for_url(f"**/{meal}")
    expect(page.get_by_text(say("%(name)s is on it.", name=HOST))).to_be_visible()
    check_accessible(page)
    check_fits(page)


def test_say_once_what_recurs_and_write_its_menus(meet: Meet) -> None:
    host = meet(PHONE, javascript=False)
    page, say = host.page, host.say
    host.come_in_as(HOST)
    page.goto("/coordination/weekly/new")
    page.locator("#cantine").select_option("macon-saone")
    page.get_by_text(say("Monday"), exact=True).click()
    host.press("Save")
    page.locator(".card", has_text=say("Monday")).get_by_role("link").first.click()

    def made() -> bool:
        host.reload()
        return page.locator(".plain-list a").count() > 0

    until(made)
    monday = page.locator("section.card", has_text=say("Monday")).first

    def planned() -> bool:
        page.goto("/coordination/menus?cantine=macon-saone")
        return monday.count() > 0

    until(planned)
    week = page.locator("details.fold", has=monday).first
    if week.get_attribute("open") is None:
        week.locator("summary").first.click()
    monday.get_by_role("textbox").fill("Tarte aux mirabelles")
    host.press("Save all menus")
    expect(page.get_by_role("status")).to_have_text(
        host.language.ngettext("%(num)d menu is kept.", "%(num)d menus are kept.", 1)
    )


def test_come_in_by_the_link_in_a_letter(meet: Meet) -> None:
    emma = meet(Look(1280, language="en"))
    page = emma.page
    page.goto("/coordination/")
    emma.fill({"email": "emma@example.org"})
    emma.press("Send me a link")
    expect(page.get_by_role("heading", name="Look in your mailbox")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="mailbox").click()
    emma.letter("emma@example.org", "Your link to sign in").click()
    page.frame_locator("iframe").get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("heading", name="Good to see you")).to_be_visible()
    check_accessible(page)
    check_fits(page)

    # Opening the link, as mail scanners do, lets nobody in.
    scanner = emma.new_page()
    scanner.goto("/coordination/")
    expect(scanner).to_have_url(emma.demo.address + "/coordination/sign-in")

    link = page.url
    emma.press("Come in")
    expect(page.get_by_role("heading", name="Meals", exact=True)).to_be_visible()
    page.get_by_text("More", exact=True).click()
    emma.press("Sign out", page.get_by_role("banner"))
    page.goto(link)
    expect(page.get_by_role("heading", name="This link was used already.")).to_be_visible()
