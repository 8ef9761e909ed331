"""Somebody in front of a screen: how they see the pages, and what they do there."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Page, Request, expect

from shared.languages import Languages
from tests.demo import ROOT, Demo, until

PATIENCE = 120_000  # milliseconds; generous, because the machine may be slow or busy
LANGUAGES = Languages(folder / "translations" for folder in (ROOT / "shared" / "web", *(ROOT / "services").iterdir()))

expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True)
class Look:
    """A width in pixels, a colour scheme and a language."""

    width: int = 360
    scheme: str = "light"
    language: str = "fr"

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}-{self.language}"


PHONE = Look()
SCREEN = Look(width=1280, scheme="dark", language="en")


class Visitor:
    """A browser of one's own, on one page. What it tells and whom it asks is noted."""

    def __init__(self, chromium: Browser, demo: Demo, look: Look = PHONE, *, javascript: bool = True) -> None:
        self.demo = demo
        self.javascript = javascript
        self.context: BrowserContext = chromium.new_context(
            base_url=demo.address,
            viewport={"width": look.width, "height": 800},
            color_scheme="dark" if look.scheme == "dark" else "light",
            reduced_motion="reduce",  # so that no colour is caught on its way to another
            locale=look.language,
            java_script_enabled=javascript,
        )
        self.context.set_default_timeout(PATIENCE)
        self.language = LANGUAGES[look.language]
        self.complaints: list[str] = []
        self.strangers: set[str] = set()
        self._opened: set[str] = set()
        self.page = self.new_page()

    def new_page(self) -> Page:
        """One more page in the same browser."""
        page = self.context.new_page()
        page.on("request", self._ask)
        page.on("console", self._tell)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def say(self, text: str, **values: object) -> str:
        """A text of the pages, in this visitor's language."""
        return self.language.gettext(text, **values)

    def press(self, text: str, within: Locator | None = None) -> None:
        """Press a button."""
        (within or self.page.get_by_role("main")).get_by_role("button", name=self.say(text), exact=True).click()

    def fill(self, values: Mapping[str, object]) -> None:
        """Write into fields, by their names."""
        for name, value in values.items():
            self.page.locator(f"#{name}").fill(str(value))

    def book(self, meal: str, name: str, people: int = 1, **more: object) -> None:
        """Book with the meal's form, and come to the booking's page."""
        self.page.goto(f"/meals/{meal}")
        self.fill({"people": people, "name": name, "email": address(name), **more})
        self.page.locator("section.card").get_by_role("button").click()
        self.page.wait_for_url("**/b/*")

    def becomes(self, status: str) -> None:
        """Wait until the booking on the page has this status: by itself, or, without JavaScript, by looking again."""
        if self.javascript:
            expect(self.page.locator("#status-now")).to_have_attribute("data-status", status)
        else:
            self.looks_again(status)

    def looks_again(self, status: str) -> None:
        """Load the booking's page again until it has this status."""
        until(lambda: self.reload() and self.page.locator(f"#status-now[data-status={status}]").count())

    def reload(self) -> bool:
        """Load the page again. False when it was just giving way to another, which Chromium does not reload."""
        try:
            self.page.reload()
        except Error as error:
            if "Not attached to an active page" not in error.message:
                raise
            return False
        return True

    def letter(self, to: str, subject: str) -> Locator:
        """The newest letter with these words in its subject, once it is in the mailbox."""
        path = f"/messages/mailbox?to={quote(to)}"
        until(lambda: subject in self.demo.ask("GET", path).data.decode())
        self.page.goto(path)
        return self.page.locator("#messages").get_by_role("link", name=re.compile(re.escape(subject))).first

    def opens_letter(self, to: str, subject: str) -> str:
        """What the newest letter with these words in its subject says, as HTML."""
        self.letter(to, subject).click()
        return self.page.request.get(self.page.locator("iframe").get_attribute("src") or "").text()

    def follows(self, letter: str, path: str) -> None:
        """Go where a link of a letter leads whose path begins like this; the first of them."""
        found = re.findall(rf'href="[^"]*?({path}[^"]+)"', letter)
        assert found, f"no link to {path}"
        self.page.goto(found[0].replace("&amp;", "&"))

    def come_in_as(self, name: str) -> None:
        """Take one of the demo's accounts."""
        self.page.goto("/coordination/sign-in")
        self.press(self.say("Come in as %(name)s", name=name))
        self.page.wait_for_url("**/coordination/")

    def opens_meal(self, meal: str) -> None:
        """Go on to a meal from the calendar, whose later weeks are folded: in three days it may be next week."""
        link = self.page.locator(f'a[href$="{meal}"]')
        link.wait_for(state="attached")
        if not link.is_visible():
            self.page.locator("details.week").filter(has=link).locator("> summary").click()
        link.click()

    def leave(self) -> None:
        """Close the browser. Nothing may have been complained of, and nobody else been asked."""
        self.context.close()
        assert self.complaints == []
        assert self.strangers == set()

    def _ask(self, request: Request) -> None:
        if request.is_navigation_request():
            self._opened.add(request.url)
        if not request.url.startswith(self.demo.address + "/"):
            self.strangers.add(urlsplit(request.url).netloc)

    def _tell(self, message: ConsoleMessage) -> None:
        refused = message.text.startswith("Failed to load resource") and message.location["url"] in self._opened
        if message.type in {"error", "warning"} and not refused:  # a page may be a 404; what is on it may not
            self.complaints.append(message.text)


def address(name: str) -> str:
    """Where a resident of this name is reached."""
    return f"{name.lower().replace(' ', '.')}@example.org"


@contextmanager
def busy(database: Path) -> Iterator[None]:
    """Nobody else writes to this database meanwhile: its service hears, and must wait."""
    other = sqlite3.connect(database, isolation_level=None, timeout=30)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()
