"""What a page costs somebody with an old telephone and few megabytes: all that travels for it, photos apart."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import Meet, NewMeal
from tests.demo import Demo

pytestmark = pytest.mark.xdist_group("browser")

MOST = 60_000  # bytes over the wire, with headers, for who comes for the first time
PUBLIC = (
    *("/", "/?city=Lyon", "/?cantine=dijon-gresilles", "/?city=Nowhere", "/cantines", "/cantines/dijon-gresilles"),
    *("/cantines/dijon-gresilles/week", "/my/bookings", "/privacy", "/cantines/dijon-gresilles/privacy", "/legal"),
    *("/accessibility", "/nowhere"),
)


@contextmanager
def a_first_visit(chromium: Browser, demo: Demo) -> Iterator[Page]:
    """A browser in which nothing is kept yet."""
    context = chromium.new_context(base_url=demo.address, locale="fr", viewport={"width": 360, "height": 800})
    yield context.new_page()
    context.close()


def test_every_page_is_light_and_nothing_comes_from_elsewhere(
    chromium: Browser, demo: Demo, meet: Meet, new_meal: NewMeal
) -> None:
    meal, guest = new_meal(seats=6), meet()
    guest.book(meal, "Firmin Légerpas")
    guest.becomes("confirmed")
    own_page = guest.page.url.removeprefix(demo.address)
    for path in (*PUBLIC, f"/meals/{meal}", own_page):
        with a_first_visit(chromium, demo) as page:
            came = _asked_for(page, path)
            sizes = [one.sizes() for one in came if not one.url.endswith(".webp")]
            weight = sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes)
            assert 10_000 < weight < MOST, f"{path}: {weight} bytes"
            assert len(sizes) >= 4, "the page, its two stylesheets, its script"
            assert {one.url[: len(demo.address) + 1] for one in came} == {f"{demo.address}/"}


def _asked_for(page: Page, path: str) -> list[Request]:
    came: list[Request] = []

    def note(request: Request) -> None:
        came.append(request)

    page.on("requestfinished", note)
    page.goto(path)
    expect(page.locator("main")).to_be_visible()
    return came
