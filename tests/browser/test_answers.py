"""A guest with nothing but a telephone answers in words; the coordinators read what only they can understand."""

import os
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import HOST, Meet, NewMeal
from tests.browser.test_looks import look_at
from tests.browser.visitor import Look
from tests.demo import Demo, until

pytestmark = pytest.mark.xdist_group("browser")

SHOTS = os.environ.get("SCREENSHOTS")


def shoot(page: Page, name: str) -> None:
    """Keep a picture, if somebody wants to look at it."""
    for width, scheme in ((360, "dark"), (1280, "light")) if SHOTS else ():
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.screenshot(path=Path(SHOTS or ".") / f"{name}-{width}-{scheme}.png", full_page=True)


@pytest.mark.parametrize(("language", "number"), [("fr", "0639980051"), ("en", "0639980052")])
def test_a_guest_answers_by_text(meet: Meet, new_meal: NewMeal, demo: Demo, language: str, number: str) -> None:
    meal, guest = new_meal(seats=12), meet(Look(language=language))
    page, phone = guest.page, f"+33{number[1:]}"
    page.goto(f"/meals/{meal}")
    guest.fill({"people": 2, "name": "Odile Petit", "phone": number})
    page.locator("section.card").get_by_role("button").click()
    page.wait_for_url("**/b/*")
    own_page = page.url
    guest.becomes("confirmed")
    page.goto(f"{own_page}?coming=1")
    look_at(page, "#coming")
    shoot(page, f"coming-{language}")
    page.locator("#coming").click()
    look_at(page, ".notice-ok")

    mailbox = f"/messages/mailbox?to={quote(phone)}"
    until(lambda: "messages/mailbox/" in demo.ask("GET", mailbox).data.decode().split('id="messages"')[1])
    page.goto(mailbox)
    page.locator("#messages a").first.click()
    look_at(page, "#text")
    shoot(page, f"reply-{language}")
    page.locator("#text").fill("Je serai un peu en retard, désolée")
    page.locator("#text").press("Enter")
    page.wait_for_url("**/mailbox?to=*")
    passed_on = "transmis" if language == "fr" else "passed your message on"
    until(lambda: passed_on in demo.ask("GET", mailbox).data.decode())

    host = meet(Look(language=language))
    host.come_in_as(HOST)
    host.page.goto("/messages/texts")
    for summary in host.page.locator("summary").all():
        summary.click()
    look_at(host.page, "blockquote")
    shoot(host.page, f"texts-{language}")
    host.page.locator("li.card form button").first.click()
    expect(host.page.get_by_text("Je serai un peu en retard")).to_have_count(0)
    look_at(host.page, ".notice-ok")
    host.page.goto(f"/table/{meal}")
    look_at(host.page, "#guest-list .badge-ok")
    shoot(host.page, f"guests-{language}")

    page.goto(mailbox)
    page.locator("#messages a").last.click()
    page.locator("#text").fill("Annuler")
    page.locator("#text").press("Enter")
    page.wait_for_url("**/mailbox?to=*")
    released = "servation annul" if language == "fr" else "is cancelled"
    until(lambda: released in demo.ask("GET", mailbox).data.decode())
    page.goto(own_page)
    guest.becomes("cancelled")
