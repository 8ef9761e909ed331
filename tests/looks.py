"""What holds for every page, however it is looked at."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_TOO_SMALL = """
  () => [...document.querySelectorAll(
    "button, input:not([type=hidden]), select, textarea, summary, .button, .option, nav a, .demo a")]
  .filter(e => e.checkVisibility() && (!e.closest(".option") || e.matches(".option")))
  .map(e => [e.textContent.trim() || e.name, e.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44).map(([name]) => name)"""


def check_accessible(page: Page) -> None:
    """Axe finds nothing."""
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def check_fits(page: Page) -> None:
    """Nothing stands out at the side, and a finger can hit whatever is to be pressed (44 px)."""
    assert page.evaluate(_OVERFLOW) == 0, page.url
    assert page.evaluate(_TOO_SMALL) == [], page.url
