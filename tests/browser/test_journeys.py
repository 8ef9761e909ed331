"""Whole ways through the site, from the first page to the last letter: by telephone and on a screen, in both languages,
with and without JavaScript. Each way is gone twice, so that it meets both of each.
"""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Meet, NewMeal
from tests.browser.visitor import Look, Visitor, address
from tests.demo import until

pytestmark = pytest.mark.xdist_group("browser")

PLAIN, LIVELY = False, True  # without JavaScript, and with
BOOKED = {"fr": "est réservé", "en": "is booked"}
CANCELLED = {"fr": "est annulée", "en": "is cancelled"}
OFFERED = {"fr": "Une place", "en": "A place"}


def ways(*pairs: tuple[Look, bool]) -> pytest.MarkDecorator:
    names = [f"{look}-{'lively' if javascript else 'plain'}" for look, javascript in pairs]
    return pytest.mark.parametrize(("look", "javascript"), pairs, ids=names)


def a_name(first: str, guest: Visitor) -> str:
    """A name of this journey alone, since letters are found by it."""
    return f"{first} {'Lively' if guest.javascript else 'Plain'}"


@ways((Look(language="fr"), PLAIN), (Look(1280, language="en"), LIVELY))
def test_somebody_comes_for_the_first_time(meet: Meet, new_meal: NewMeal, look: Look, javascript: bool) -> None:
    guest = meet(look, javascript=javascript)
    page, name, menu = guest.page, a_name("Prudence", guest), f"Blanquette {look}"
    new_meal(seats=6, menu=menu)
    page.goto("/")
    page.get_by_label(guest.say("City"), exact=True).select_option("Dijon")
    guest.press("Show these meals")
    page.get_by_role("listitem").filter(has_text=menu).get_by_role("link").click()
    expect(page.get_by_role("heading", name=guest.say("How the day goes"))).to_be_visible()
    page.get_by_text(guest.say("It is the first time here")).click()
    guest.fill({"people": 1, "name": name, "email": address(name)})
    guest.press("Book")
    guest.becomes("confirmed")
    assert name in guest.opens_letter(address(name), BOOKED[look.language])


@ways((Look(language="en"), PLAIN), (Look(1280, language="fr"), LIVELY))
def test_a_cook_brings_more_and_then_fewer(meet: Meet, new_meal: NewMeal, look: Look, javascript: bool) -> None:
    guest = meet(look, javascript=javascript)
    page, name = guest.page, a_name("Capucine", guest)
    guest.book(new_meal(seats=6, cook_places=3), name, people=2, cooks=1)
    guest.becomes("confirmed")
    for people, cooks in ((4, 2), (1, 1)):
        page.get_by_text(guest.say("Change how many come")).click()
        guest.fill({"people": people, "cooks": cooks})
        guest.press("Ask for this change")
        words = guest.language.ngettext("%(num)d person", "%(num)d people", people)
        until(partial(_shows, guest, words))


def _shows(guest: Visitor, words: str) -> bool:
    if not guest.javascript:
        guest.reload()
    return guest.page.get_by_role("heading", name=words).count() == 1


@ways((Look(1280, language="fr"), PLAIN), (Look(language="en"), LIVELY))
def test_somebody_waits_is_offered_a_place_and_takes_it(
    meet: Meet, new_meal: NewMeal, look: Look, javascript: bool
) -> None:
    evening = datetime.now(ZoneInfo("Europe/Paris")).hour >= 18
    meal = new_meal(seats=2, days=2 if evening else 1, cutoff="17:00" if evening else "20:00")  # in less than a day
    first, guest = meet(look), meet(look, javascript=javascript)
    first.book(meal, a_name("Premier", guest), people=2)
    first.becomes("confirmed")
    name = a_name("Ombeline", guest)
    guest.book(meal, name, people=2)
    guest.becomes("waitlisted")
    waiting = guest.page.url
    first.page.get_by_text(first.say("Cancel the booking"), exact=True).click()
    first.press("Yes, cancel my booking")
    first.becomes("cancelled")
    guest.looks_again("offered")  # the page would look by itself in a quarter of a minute
    letter = guest.opens_letter(address(name), OFFERED[look.language])
    guest.follows(letter, "/b/")
    guest.page.locator("#accept").click()
    guest.becomes("confirmed")
    guest.page.goto(waiting)
    guest.becomes("confirmed")


@ways((Look(1280, language="en"), PLAIN), (Look(language="fr"), LIVELY))
def test_a_neighbour_books_and_the_guest_refuses(meet: Meet, new_meal: NewMeal, look: Look, javascript: bool) -> None:
    neighbour, guest = meet(look, javascript=javascript), meet(look, javascript=javascript)
    page, name = neighbour.page, a_name("Philiberte", guest)
    page.goto(f"/meals/{new_meal(seats=4)}")
    page.get_by_text(neighbour.say("I book for somebody else"), exact=True).click()
    page.locator("[name=contact_is][value=guest]").check()
    neighbour.fill({"proxy_name": "Ursuline Voisine", "name": name, "email": address(name)})
    neighbour.press("Book")
    neighbour.becomes("confirmed")
    letter = guest.opens_letter(address(name), BOOKED[look.language])
    assert "Ursuline Voisine" in letter
    guest.follows(letter, "/b/")
    guest.page.get_by_text(guest.say("Cancel the booking"), exact=True).click()
    guest.press("Yes, cancel my booking")
    guest.becomes("cancelled")


@ways((Look(language="fr"), PLAIN), (Look(1280, language="en"), LIVELY))
def test_somebody_cancels_from_a_mail(meet: Meet, new_meal: NewMeal, look: Look, javascript: bool) -> None:
    guest = meet(look, javascript=javascript)
    name = a_name("Anatole", guest)
    guest.book(new_meal(seats=4), name)
    guest.becomes("confirmed")
    guest.follows(guest.opens_letter(address(name), BOOKED[look.language]), "/b/")
    guest.page.goto(f"{guest.page.url.split('?')[0]}?cancel=1")
    guest.press("Yes, cancel my booking")
    guest.becomes("cancelled")
    guest.letter(address(name), CANCELLED[look.language])


@ways((Look(language="en"), PLAIN), (Look(1280, language="fr"), LIVELY))
def test_somebody_asks_to_be_forgotten(meet: Meet, new_meal: NewMeal, look: Look, javascript: bool) -> None:
    guest = meet(look, javascript=javascript)
    page, name = guest.page, a_name("Oubliette", guest)
    guest.book(new_meal(seats=4), name)
    guest.becomes("confirmed")
    booking = page.url
    page.goto("/my/bookings")
    guest.fill({"contact": address(name)})
    guest.press("Send me the link")
    link = {"fr": "Le lien vers", "en": "The link to"}[look.language]
    guest.follows(guest.opens_letter(address(name), link), "/my/")
    expect(page.get_by_text(address(name))).to_be_visible()
    page.get_by_role("link", name=guest.say("Forget me"), exact=True).click()
    guest.press("Yes, cancel my bookings and forget me")
    expect(page.locator(".lead")).to_be_visible()
    page.goto(booking)
    guest.becomes("cancelled")
    expect(page.get_by_text(name)).to_have_count(0)


@pytest.mark.parametrize("look", [Look(language="fr"), Look(1280, "dark", "en")], ids=str)
def test_with_the_keyboard_alone(meet: Meet, new_meal: NewMeal, look: Look) -> None:
    guest, menu = meet(look), f"Clafoutis {look}"
    page, name = guest.page, f"Tabitha Clavier {look.language}"
    new_meal(seats=5, menu=menu)
    page.goto("/")
    _tab_to(guest, page.get_by_label(guest.say("City"), exact=True))
    page.keyboard.type("Dijon")
    _tab_to(guest, page.get_by_role("button", name=guest.say("Show these meals")))
    page.keyboard.press("Enter")
    page.wait_for_url("**/?city=Dijon*")
    _tab_to(guest, page.get_by_role("listitem").filter(has_text=menu).get_by_role("link"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/meals/*")
    for field, value in (("people", "2"), ("name", name), ("email", address(f"tabitha {look.language}"))):
        _tab_to(guest, page.locator(f"#{field}"))
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(value)
    page.keyboard.press("Enter")
    guest.becomes("confirmed")
    _tab_to(guest, page.locator("summary", has_text=guest.say("Cancel the booking")))
    page.keyboard.press("Space")
    _tab_to(guest, page.get_by_role("button", name=guest.say("Yes, cancel my booking")))
    page.keyboard.press("Enter")
    guest.becomes("cancelled")


def _tab_to(guest: Visitor, wanted: Locator) -> None:
    """Press Tab until the focus is there, as somebody does who has no mouse."""
    for _ in range(150):
        if wanted.evaluate("e => e === document.activeElement"):
            return
        guest.page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key never comes to {wanted}")
