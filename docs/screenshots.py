"""Takes the pictures of the README anew, from a fresh running demo: `make demo-reset demo`, and in another terminal
`.venv/bin/python docs/screenshots.py [address]`.

Needs the development environment (playwright) and Chromium.
"""

import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parent / "images"
GUEST = "odile.fontanel@example.org"


def main(address: str) -> None:
    """Book a meal as Odile, look at it as Camille, and take a picture of each page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        phone, screen = (_page(browser, address, *size) for size in ((360, 800), (1280, 860)))
        screen.goto("/")
        _take(screen, "home")
        _book(phone, screen)
        _take(phone, "booking")
        screen.goto("/cantines/dijon-gresilles", wait_until="networkidle")
        _take(screen, "canteen")
        screen.goto(f"/messages/mailbox?to={GUEST}")
        screen.locator("#messages a").first.click()
        _take(screen, "mailbox")
        screen.goto("/coordination/sign-in")
        screen.get_by_role("button", name="Camille").click()
        screen.wait_for_url("**/coordination/")
        _take(screen, "calendar")
        browser.close()


def _page(browser: Browser, address: str, width: int, height: int) -> Page:
    viewport = {"width": width, "height": height}
    context = browser.new_context(base_url=address, viewport=viewport, locale="fr-FR", reduced_motion="reduce")  # type: ignore[arg-type]
    return context.new_page()


def _book(phone: Page, screen: Page) -> None:
    """Take a place for two at a meal that has some."""
    screen.goto("/?city=Lyon")
    screen.get_by_role("link", name="Réserver : Les Tablées de Vaise").last.click()
    _take(screen, "meal")
    phone.goto(screen.url)
    for field, value in {"people": "2", "cooks": "1", "name": "Odile Fontanel", "email": GUEST}.items():
        phone.locator(f"#{field}").fill(value)
    phone.get_by_role("button", name="Réserver").click()
    phone.wait_for_selector("[data-status=confirmed]")
    while screen.goto(f"/messages/mailbox?to={GUEST}") and not screen.locator("#messages a").count():
        screen.wait_for_timeout(500)


def _take(page: Page, name: str) -> None:
    """Take a picture of what is to be seen at once, in 256 colours: the pages have few, and the file is a third."""
    file = IMAGES / f"{name}.png"
    page.screenshot(path=file)
    Image.open(file).convert("RGB").quantize(256).save(file, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
