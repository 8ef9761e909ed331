"""A telephone without a network: nothing is sent, nothing that was written is lost, and the page says so."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Meet, NewMeal
from tests.browser.visitor import Look, address
from tests.looks import check_accessible, check_fits

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize("look", [Look(), Look(1280, "dark", "en")], ids=str)
def test_a_form_waits_for_the_network(meet: Meet, new_meal: NewMeal, look: Look) -> None:
    guest = meet(look)
    page, name = guest.page, f"Zélie Horsligne {look.language}"
    page.goto(f"/meals/{new_meal(seats=4)}")
    note = page.locator("#no-network")
    expect(note).to_be_hidden()
    guest.fill({"people": 2, "name": name, "email": address(name)})
    guest.context.set_offline(True)
    expect(note).to_be_visible()
    guest.press("Book")
    expect(note).to_be_focused()  # so it is in view, and read aloud
    expect(note).to_be_in_viewport()
    check_accessible(page)
    check_fits(page)
    expect(page.locator("#name")).to_have_value(name)
    guest.context.set_offline(False)
    expect(note).to_be_hidden()
    guest.press("Book")
    guest.becomes("confirmed")
    guest.context.set_offline(True)  # its page no longer asks what became of it, and complains of nothing
    expect(note).to_be_visible()


def test_without_javascript_one_goes_back_to_what_one_wrote(meet: Meet, new_meal: NewMeal) -> None:
    guest = meet(javascript=False)
    page, name = guest.page, "Zénobie Horsligne"
    page.goto(f"/meals/{new_meal(seats=4)}")
    guest.fill({"people": 2, "name": name, "email": address(name)})
    guest.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/")
    page.wait_for_url("chrome-error://**")  # the browser's own page is there: to go back before would be to begin anew
    guest.context.set_offline(False)
    page.go_back()
    expect(page.locator("#name")).to_have_value(name)
    expect(page.locator("#people")).to_have_value("2")
    guest.press("Book")
    guest.becomes("confirmed")
