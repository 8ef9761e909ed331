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


_STRUCTURE = {rule: {"enabled": False} for rule in ("landmark-one-main", "page-has-heading-one", "region")}


def check_accessible(page: Page, *, letter: bool = False) -> None:
    """Axe finds nothing. A letter is shown inside a mail program, which has the landmarks and the main heading."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "rules": _STRUCTURE if letter else {}})
    assert len(found.response["passes"]) > 5, "axe did not look"
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def check_fits(page: Page) -> None:
    """Nothing stands out at the side, and a finger can hit whatever is to be pressed (44 px)."""
    assert page.evaluate(_OVERFLOW) == 0, page.url
    assert page.evaluate(_TOO_SMALL) == [], page.url
