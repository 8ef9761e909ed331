"""For eyes and hands that need more: a telephone at 200 %, and nothing that moves."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Meet, NewMeal
from tests.browser.visitor import Look
from tests.demo import Demo

pytestmark = pytest.mark.xdist_group("browser")

# What stands out at the side, or is so narrow that a word is taken apart into its letters.
LOST = """
  () => [...document.querySelectorAll("main *, header *, footer *")]
    .filter(e => e.checkVisibility() && !e.closest(".visually-hidden, svg, [aria-hidden=true]"))
    .filter(e => {
      const box = e.getBoundingClientRect(), edge = document.documentElement.clientWidth;
      const narrow = e.matches("td, dd, li, p, h1, h2, h3") && box.width < 60 && e.textContent.trim().length > 12;
      return box.right > edge + 1 || box.left < -1 || narrow;
    }).map(e => `${e.tagName} ${e.textContent.trim().slice(0, 40)}`)"""


def check_nothing_is_lost(page: Page) -> None:
    for summary in page.locator("summary:visible").all():
        summary.click()
    assert page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert page.evaluate(LOST) == [], page.url


def test_a_telephone_at_200_percent_shows_everything(meet: Meet, new_meal: NewMeal, demo: Demo) -> None:
    guest = meet(Look(width=180))  # 360 pixels, each twice as large
    page, meal = guest.page, new_meal(seats=6)
    for path in ("/", f"/meals/{meal}", "/cantines", "/cantines/dijon-gresilles", "/my/bookings", "/legal", "/nowhere"):
        page.goto(path)
        check_nothing_is_lost(page)
    guest.book(meal, "Hyacinthe Grandeslettres", people=2)
    guest.becomes("confirmed")
    check_nothing_is_lost(page)


def test_nothing_moves_for_who_asked_for_that(meet: Meet) -> None:
    page = meet().page  # visitors ask for it
    page.goto("/")
    page.locator(".badge").first.evaluate("e => e.classList.add('pulse')")
    expect(page.locator(".pulse")).to_have_css("animation-name", "none")
    assert page.locator(".button").first.evaluate("e => getComputedStyle(e).transitionDuration") == "0s"
    page.emulate_media(reduced_motion="no-preference")
    expect(page.locator(".pulse")).to_have_css("animation-name", "pulse")
