"""What the shared frame looks like to those who see it and to those who hear it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.demo import ROOT
from tests.looks import check_accessible, check_fits

AWAY = ROOT / "deploy" / "nginx" / "away.html"
PAGES = ["/", "/wrong", "/nowhere", "/problem/429", "/problem/500", "/problem/503"]


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[360, 1280])
def page(chromium: Browser, scheme: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = chromium.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": request.param, "height": 800},
        locale="fr-FR",
    )
    yield context.new_page()
    context.close()


def test_axe_finds_nothing_and_nothing_overflows(page: Page, address: str) -> None:
    for path in PAGES:
        page.goto(address + path)
        check_accessible(page)
        check_fits(page)


def test_the_page_that_nginx_shows_while_a_service_is_away_is_as_good(page: Page) -> None:
    page.goto(AWAY.as_uri())
    check_accessible(page)
    check_fits(page)


def test_a_page_enlarged_twice_still_fits(chromium: Browser, address: str) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 640}, device_scale_factor=2)  # 640 px at 200 %
    for path in PAGES:
        page.goto(address + path)
        check_fits(page)
    page.close()


def test_no_page_breaks_its_own_content_policy(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.goto(address + "/wrong")
    assert page.evaluate("() => htmx.config.allowEval") is False
    assert told == []
    page.close()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    page.goto(address)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "content"
    page.close()


def test_an_error_is_said_with_its_field_and_linked_from_the_top(chromium: Browser, address: str) -> None:
    page = chromium.new_page(locale="fr-FR")
    page.goto(address + "/wrong")
    page.get_by_role("alert").get_by_role("link", name="De 1 à 20.").click()
    assert page.evaluate("() => document.activeElement.id") == "party"
    field = page.get_by_role("spinbutton", name="Combien serez-vous ?")
    assert field.get_attribute("aria-invalid") == "true"
    assert field.get_attribute("aria-describedby") == "party-error party-hint"
    page.close()
