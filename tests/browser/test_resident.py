"""Residents book a meal, as they do at home."""

import sqlite3

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Meet, NewMeal
from tests.browser.visitor import PHONE, SCREEN, Look, busy
from tests.demo import Demo, until

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize("look", [PHONE, SCREEN, Look(language="en"), Look(1280)], ids=str)
def test_book_see_it_confirmed_change_and_cancel(meet: Meet, new_meal: NewMeal, demo: Demo, look: Look) -> None:
    menu = f"Gratin {look}"
    new_meal(seats=8, menu=menu)
    guest = meet(look)
    page, say = guest.page, guest.say
    email = f"odile-{look}@example.org"

    page.goto("/")
    page.get_by_label(say("City"), exact=True).select_option("Dijon")
    guest.press("Show these meals")
    page.get_by_role("listitem").filter(has_text=menu).get_by_role("link").click()
    expect(page.get_by_text(guest.language.ngettext("%(num)d place left", "%(num)d places left", 8))).to_be_visible()
    guest.fill({"people": 2, "cooks": 1, "name": "Odile Fontanel", "email": email})

    # The page answers at once, and turns by itself: it is never loaded again.
    with busy(demo.folder / "capacity.db"):
        guest.press("Book")
        expect(page.get_by_text(say("Being checked"), exact=True)).to_be_visible()
        page.evaluate("() => { window.stillHere = true }")
    expect(page.get_by_text(say("Confirmed"), exact=True)).to_be_visible()
    assert page.evaluate("() => window.stillHere") is True
    own_page = page.url
    guest.letter(email, say("is booked" if look.language == "en" else "est réservé"))

    page.goto(own_page)
    page.get_by_text(say("Change how many come")).click()
    guest.fill({"people": 3})
    guest.press("Ask for this change")
    three = guest.language.ngettext("%(num)d person", "%(num)d people", 3)
    expect(page.get_by_role("heading", name=three)).to_be_visible()
    expect(page.locator("#status-now")).not_to_have_attribute("hx-get", "")

    page.get_by_text(say("Cancel the booking"), exact=True).click()
    guest.press("Yes, cancel my booking")
    expect(page.get_by_text(say("Booking cancelled"), exact=True)).to_be_visible()
    guest.letter(email, "is cancelled" if look.language == "en" else "est annulée")


def test_a_part_that_was_opened_stands_open_when_the_form_comes_back(meet: Meet, new_meal: NewMeal) -> None:
    guest, folds = meet(), ("I book for somebody else", "Who comes with you, and the others (optional)")
    page = guest.page
    page.goto(f"/meals/{new_meal(seats=2)}")
    for number, fold in enumerate(folds):
        expect(page.locator("details.group[open]")).to_have_count(number)
        page.get_by_text(guest.say(fold), exact=True).click()
        guest.press("Book")
        expect(page.locator("#name-error")).to_be_visible()
    expect(page.locator("details.group[open]")).to_have_count(2)
    page.get_by_text(guest.say(folds[0]), exact=True).click()
    guest.press("Book")
    expect(page.locator("details.group[open]")).to_have_count(1)


def test_a_part_that_was_opened_and_left_empty_changes_no_question(meet: Meet, new_meal: NewMeal) -> None:
    guest = meet()
    page, say = guest.page, guest.say
    own, others = say("Your name"), say("Name of who comes")
    page.goto(f"/meals/{new_meal(seats=2)}")
    page.get_by_text(say("I book for somebody else"), exact=True).click()
    guest.press("Book")
    expect(page.locator("#name-error")).to_have_text(say("Please write your name."))
    expect(page.locator("label[for=name]")).to_have_text(own, use_inner_text=True)
    page.locator("[name=contact_is][value=guest]").check()
    expect(page.locator("label[for=name]")).to_have_text(others, use_inner_text=True)
    page.locator("[name=contact_is][value='']").check()
    guest.fill({"proxy_name": "Ursuline Voisine"})
    expect(page.locator("label[for=name]")).to_have_text(others, use_inner_text=True)
    guest.fill({"proxy_name": ""})
    expect(page.locator("label[for=name]")).to_have_text(own, use_inner_text=True)


@pytest.mark.parametrize("look", [PHONE, SCREEN], ids=str)
def test_find_the_meals_of_a_city(meet: Meet, look: Look) -> None:
    guest = meet(look)
    page = guest.page
    page.goto("/")
    page.get_by_label(guest.say("City"), exact=True).select_option("Lyon")
    guest.press("Show these meals")
    page.wait_for_url("**/?city=Lyon&cantine=")
    expect(page.locator(".meals .eyebrow").first).to_be_visible()
    assert set(page.locator(".meals .eyebrow").all_inner_texts()) == {"Lyon"}

    page.get_by_label(guest.say("City"), exact=True).select_option("")
    guest.press("Show these meals")
    page.wait_for_url("**/?city=&cantine=")


def test_wait_in_line_and_move_up(meet: Meet, new_meal: NewMeal) -> None:
    meal = new_meal(seats=2)
    first, second = meet(), meet(SCREEN)
    first.book(meal, "Karim Early", people=2)
    first.becomes("confirmed")

    second.page.goto(f"/meals/{meal}")
    until(lambda: second.reload() and second.page.get_by_text("Waiting list open").is_visible())
    expect(second.page.get_by_role("button", name="Join the waiting list")).to_be_visible()
    second.book(meal, "Solange Later")
    second.becomes("waitlisted")
    expect(second.page.get_by_role("heading", name="You are number 1 on the waiting list")).to_be_visible()

    first.page.get_by_text(first.say("Cancel the booking"), exact=True).click()
    first.press("Yes, cancel my booking")
    until(lambda: second.reload() and second.page.get_by_text("Confirmed", exact=True).is_visible())


@pytest.mark.parametrize("look", [PHONE, SCREEN], ids=str)
def test_mistakes_are_told_at_the_field_and_nothing_is_lost(meet: Meet, new_meal: NewMeal, look: Look) -> None:
    meal = new_meal(seats=4)
    guest = meet(look)
    page = guest.page
    page.goto(f"/meals/{meal}")
    guest.fill({"people": 0, "name": "Yvonne Valombre"})
    guest.press("Book")

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()  # so it is in view, and read aloud
    expect(summary).to_be_in_viewport()
    expect(summary.get_by_role("link")).to_have_count(2)
    people, email = page.locator("#people"), page.locator("#email")
    expect(people).to_have_value("0")
    expect(people).to_have_accessible_description(
        guest.say("Please say how many you are, from 1 to 12. For more, call the canteen.")
        + " "
        + guest.say("Everybody, children included.")
    )
    expect(email).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#name")).to_have_value("Yvonne Valombre")
    summary.get_by_role("link").last.click()
    expect(email).to_be_focused()

    guest.fill({"people": 1, "email": "yvonne@example.org"})
    guest.press("Book")
    guest.becomes("confirmed")


def test_without_javascript(meet: Meet, new_meal: NewMeal) -> None:
    meal = new_meal(seats=4)
    guest = meet(javascript=False)
    guest.book(meal, "Georges Sansscript")
    until(lambda: guest.reload() and guest.page.get_by_text("Confirmée").is_visible())
    expect(guest.page.get_by_role("heading", name="Nous vous attendons")).to_be_visible()


def test_pressing_twice_books_once(meet: Meet, new_meal: NewMeal, demo: Demo) -> None:
    meal = new_meal(seats=4)
    guest = meet()
    page = guest.page
    page.goto(f"/meals/{meal}")
    guest.fill({"name": "Simone Clicdouble", "email": "simone@example.org"})
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None)
    page.get_by_role("button", name="Réserver").dblclick()
    guest.becomes("confirmed")

    # A browser may drop the first of two clicks; so the very same form comes once more.
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    again = page.request.post(f"/meals/{meal}", data=sent[0], headers=form)
    assert "/b/" in again.url
    with sqlite3.connect(demo.folder / "booking.db") as database:
        assert database.execute("SELECT count(*) FROM booking WHERE sitting = ?", (meal,)).fetchone() == (1,)
