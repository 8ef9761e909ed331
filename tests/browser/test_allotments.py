"""Seats kept for a first visit and for a partner, from the kitchen to the table."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import HOST, Meet, NewMeal
from tests.browser.visitor import PHONE, SCREEN, Look
from tests.demo import until
from tests.looks import check_accessible, check_fits

pytestmark = pytest.mark.xdist_group("browser")

KITCHEN = "/coordination/kitchens/macon-saone"


@pytest.mark.parametrize("look", [PHONE, SCREEN], ids=str)
def test_keep_seats_for_a_first_visit_and_release_them(meet: Meet, new_meal: NewMeal, look: Look) -> None:
    meal = new_meal(seats=4, keep=2)
    guest = meet(look)
    page, say = guest.page, guest.say
    guest.book(meal, "Rose Premier", people=2, email=f"rose-{look}@example.org")
    guest.becomes("confirmed")
    page.goto(f"/meals/{meal}")
    expect(page.get_by_text(say("Places kept for a first visit"))).to_be_visible()
    check_accessible(page)
    check_fits(page)

    first = meet(look)
    first.page.goto(f"/meals/{meal}")
    first.page.get_by_text(say("It is the first time here")).click()
    first.fill({"people": 1, "name": "Nino Nouveau", "email": f"nino-{look}@example.org"})
    first.page.locator("section.card").get_by_role("button").click()
    first.becomes("confirmed")

    waits = meet(look)
    waits.book(meal, "Paul Attend", people=1, email=f"paul-{look}@example.org")
    waits.becomes("waitlisted")
    host = meet(look)
    host.come_in_as(HOST)
    host.page.goto(f"/coordination/sittings/{meal}")
    kept = host.page.get_by_role("region", name=say("Seats kept back"))
    expect(kept).to_contain_text(host.language.ngettext("%(num)d still kept", "%(num)d still kept", 1))
    check_accessible(host.page)
    check_fits(host.page)
    kept.get_by_role("button", name=re.compile(say("Release now"))).click()
    expect(host.page.get_by_role("status")).to_have_text(say("The seats are released. They go to who waits."))
    waits.becomes("confirmed")


@pytest.mark.parametrize("look", [PHONE, SCREEN], ids=str)
def test_a_partner_gets_its_address_and_books(meet: Meet, look: Look) -> None:
    host = meet(look)
    page, say = host.page, host.say
    host.come_in_as(HOST)
    page.goto(KITCHEN)
    name = f"Les Amis du Quai {look}"
    row = page.locator("#partners details").last
    number = row.locator("input[type=hidden]").get_attribute("name").split("_")[1]  # type: ignore[union-attr]
    row.locator("summary").click()
    host.fill({f"partner_{number}_name": name, f"partner_{number}_seats": 2, f"partner_{number}_monthly": 3})
    check_accessible(page)
    check_fits(page)
    host.press("Save")
    expect(page.get_by_role("status")).to_contain_text(say("Saved."))
    until(lambda: names_partner(page, name))  # booking has heard of it
    check_accessible(page)
    check_fits(page)
    address = page.get_by_role("listitem").filter(has_text=name).get_by_role("link").get_attribute("href")

    partner = meet(look)
    partner.page.goto(str(address))
    check_accessible(partner.page)
    check_fits(partner.page)
    partner.page.locator(".card .button").first.click()
    expect(partner.page.get_by_text(say("You book for: %(partner)s", partner=name))).to_be_visible()
    check_accessible(partner.page)
    partner.fill({"people": 4, "name": "Aïcha Passage", "email": f"quai-{look}@example.org"})
    partner.page.locator("section.card").get_by_role("button").click()
    partner.becomes("refused")
    left = "Your group has only %(num)d meal left that month.", "Your group has only %(num)d meals left that month."
    expect(partner.page.get_by_text(partner.language.ngettext(*left, 3))).to_be_visible()
    check_accessible(partner.page)


def names_partner(page: Page, name: str) -> bool:
    page.goto("/table/partners")
    return page.get_by_text(name).count() > 0
