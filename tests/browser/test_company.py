"""Somebody comes for the first time and would like company; the host sees who could welcome them."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import HOST, Meet, NewMeal
from tests.browser.visitor import PHONE, SCREEN, Look
from tests.demo import until
from tests.looks import check_accessible, check_fits

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize(("look", "javascript"), [(PHONE, False), (SCREEN, True)], ids=str)
def test_a_first_visit_and_who_welcomes_it(meet: Meet, new_meal: NewMeal, look: Look, javascript: bool) -> None:
    meal, old, new = new_meal(seats=8), meet(look), meet(look, javascript=javascript)
    say, page = new.say, old.page
    old.page.goto(f"/meals/{meal}")
    page.get_by_text(say("Who comes with you, and the others (optional)")).press("Enter")
    expect(page.locator("#welcomed")).to_be_hidden()
    page.locator("#welcomes").check()
    page.locator("#shows_name").check()
    old.fill({"people": 2, "name": "Odile Grandpré", "email": f"odile-{look}@example.org", "companions": "Ana, Paul"})
    page.locator("section.card").get_by_role("button").click()
    expect(page.locator("#companions-error")).to_be_visible()
    expect(page.locator("#shows_name")).to_be_checked()
    check_accessible(page)
    check_fits(page)
    old.fill({"companions": "Ana"})
    page.locator("section.card").get_by_role("button").click()
    page.wait_for_url("**/b/*")
    old.becomes("confirmed")

    page = new.page
    page.goto(f"/meals/{meal}")
    page.locator("#newcomer").check()
    page.get_by_text(say("Who comes with you, and the others (optional)")).click()
    expect(page.locator("#welcomes")).to_be_hidden()
    page.locator("#welcomed").check()
    new.fill({"name": "Simon Exemple", "email": f"simon-{look}@example.org"})
    page.locator("section.card").get_by_role("button").click()
    page.wait_for_url("**/b/*")
    seen = page.get_by_role("heading", name=say("Also at the table"))
    until(lambda: new.reload() and seen.count())
    expect(page.get_by_text("Odile", exact=True)).to_be_visible()
    if javascript:  # by which axe looks
        check_accessible(page)
        check_fits(page)

    host = meet(look)
    host.come_in_as(HOST)
    host.page.goto(f"/table/{meal}")
    expect(host.page.get_by_role("region", name=say("To bring together"))).to_contain_text(
        say(
            "%(new)s comes for the first time: %(greeter)s would welcome somebody new.",
            new="Simon E.",
            greeter="Odile G.",
        )
    )
    expect(host.page.get_by_text(say("with %(names)s", names="Ana"))).to_be_visible()
    check_accessible(host.page)
    check_fits(host.page)
