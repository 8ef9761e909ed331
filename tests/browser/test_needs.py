"""A guest tells the kitchen what they do not eat, and the host finds it on the prep sheet."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import HOST, Meet, NewMeal
from tests.browser.visitor import PHONE, SCREEN, Look
from tests.looks import check_accessible, check_fits

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize("look", [PHONE, SCREEN], ids=str)
def test_by_keyboard_with_consent_and_for_the_host_by_name(meet: Meet, new_meal: NewMeal, look: Look) -> None:
    meal, guest = new_meal(seats=8), meet(look)
    page, say, name = guest.page, guest.say, f"Bérengère Sansnoix {look.language}"
    guest.book(meal, name, people=2, email=f"sansnoix-{look}@example.org")
    guest.becomes("confirmed")
    page.locator("#needs summary").press("Enter")
    page.get_by_label(say("nuts"), exact=True).press("Space")
    guest.fill({"access_carer": "2"})
    guest.press("Tell the kitchen")
    expect(page.locator("#agrees-error")).to_be_visible()
    check_accessible(page)
    check_fits(page)
    page.locator("#agrees").press("Space")
    page.get_by_role("button", name=say("Tell the kitchen")).press("Enter")
    expect(page.locator("#access_carer-error")).to_be_visible()
    guest.fill({"access_carer": "1"})
    page.locator("#agrees").press("Space")
    page.get_by_role("button", name=say("Tell the kitchen")).press("Enter")
    expect(page.get_by_role("status").first).to_have_text(say("Thank you: the kitchen knows."))

    host = meet(look)
    host.come_in_as(HOST)
    host.page.goto(f"/table/{meal}/prep")
    alone = host.page.get_by_role("region", name=say("For the host alone, not printed"))
    expect(alone).to_contain_text(re.compile(f"{name}.*1 (carer|personne qui aide)"))
    expect(host.page.get_by_text(say("allergens not yet known"))).to_be_visible()
    check_accessible(host.page)
    check_fits(host.page)
    host.page.emulate_media(media="print")
    expect(alone).to_be_hidden()
