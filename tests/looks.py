"""What holds for every page, however it is looked at."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
_TOO_SMALL = """
  () => [...document.querySelectorAll(
    "button, input:not([type=hidden]), select, textarea, summary, .button, .option, nav a, .demo a")]
  .filter(e => e.checkVisibility() && !e.closest("[aria-hidden=true]"))
  .filter(e => !e.closest(".option") || e.matches(".option"))
  .map(e => [e.textContent.trim() || e.name, e.getBoundingClientRect()])
  .filter(([, box]) => box.height < 44 || box.width < 44).map(([name]) => name)"""


_STRUCTURE = {rule: {"enabled": False} for rule in ("landmark-one-main", "page-has-heading-one", "region")}


_TARGETS = {"target-size": {"enabled": True}}  # 24 px, or as much room around it (WCAG 2.2): not looked at unless asked


def check_accessible(page: Page, *, letter: bool = False) -> None:
    """Axe finds nothing. A letter is shown inside a mail program, which has the landmarks and the main heading."""
    rules = _TARGETS | (_STRUCTURE if letter else {})
    found = Axe().run(page, options={"resultTypes": ["violations"], "rules": rules})
    assert len(found.response["passes"]) > 5, "axe did not look"
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def check_fits(page: Page) -> None:
    """Nothing stands out at the side, and a finger can hit whatever is to be pressed (44 px)."""
    assert page.evaluate(_OVERFLOW) == 0, page.url
    assert page.evaluate(_TOO_SMALL) == [], page.url


_MARK_STOPS = """
  () => {
    const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
      .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility() && (e.type !== "radio" || e.checked));
    all.forEach((e, number) => e.dataset.stop = number);
    return all.map(e => e.textContent.trim() || e.name || e.href);
  }"""


def check_keyboard(page: Page) -> None:
    """With the Tab key alone one comes to everything that can be used, and it shows where one is (at first, at a link
    that shows itself).
    """
    wanted = page.evaluate(_MARK_STOPS)
    reached: set[int] = set()
    page.locator(".skip").focus()
    for _ in range(3 * len(wanted) + 20):  # a date has three stops, a letter in its frame has its own
        stop, shown = page.evaluate("""() => {
          const e = document.activeElement, label = e.closest(".option") || e;
          return [e.dataset?.stop, getComputedStyle(label).outlineStyle !== "none"] }""")
        if stop is not None:
            assert shown or not reached, f"{page.url}: nothing shows that one is at {wanted[int(stop)]!r}"
            reached.add(int(stop))
        if len(reached) == len(wanted):
            return
        page.keyboard.press("Tab")
    missed = [name for number, name in enumerate(wanted) if number not in reached]
    raise AssertionError(f"{page.url}: the Tab key never comes to {missed}")
