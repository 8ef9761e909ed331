"""The pages of those who look after the letters."""

import pytest

from tests.browser.conftest import ADMINISTRATOR, Meet
from tests.browser.test_looks import look_at
from tests.browser.visitor import Look

pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_administrators_see_of_letters(meet: Meet, language: str) -> None:
    nora = meet(Look(language=language))
    page = nora.page
    nora.come_in_as(ADMINISTRATOR)
    page.goto("/messages/preview")
    look_at(page, ".kinds")
    page.goto("/messages/preview/cook_call")
    look_at(page, "iframe")
    page.goto("/messages/letters?state=sent&kind=confirmed")
    look_at(page, ".letters")
    page.locator(".letters li").filter(has_not_text=nora.say("sent again")).locator("a").first.click()
    look_at(page, "#again")
    nora.press("Send it again")
    look_at(page, ".notice-ok")
    page.goto("/messages/letters?state=delivered&kind=moved")
    look_at(page, "h1")
    nora.press("Search")
    look_at(page, ".error")
    for post in ("/messages/post", "/coordination/post", "/table/post"):
        page.goto(post)
        look_at(page, "h1")
    page.goto("/messages/figures")
    look_at(page, ".facts")
