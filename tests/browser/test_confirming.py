"""A booking that its guest confirms by a link, and a device that remembers its guest."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route, expect

from services.booking.bootstrap import assemble
from shared.clock import SetClock
from shared.contracts.guest_link import GuestLink
from tests.browser.conftest import Meet, NewMeal
from tests.browser.visitor import LANGUAGES, PHONE, SCREEN, Look
from tests.databases import Databases
from tests.looks import check_accessible, check_fits
from tests.services.booking.conftest import SETTINGS
from tests.services.booking.house import BookingHouse

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def house(databases: Databases, clock: SetClock) -> Iterator[BookingHouse]:
    """Booking alone, of a network that asks to confirm: a demo of its own for that would be dear."""
    with databases.lend("sqlite", "booking") as url:
        parts = assemble({"BOOKING_DATABASE_URL": url, **SETTINGS, "CONFIRM_BOOKINGS": "all"}, clock=clock)
        house = BookingHouse(parts, clock)
        house.announce()
        yield house
        parts.service.database.dispose()


@pytest.fixture
def open_page(chromium: Browser, house: BookingHouse) -> Iterator[Callable[[Look], Page]]:
    """Opens a browser whose every request its web application answers, without a server."""
    client, contexts = house.parts.make_web().test_client(), []

    def opened(look: Look) -> Page:
        context = chromium.new_context(
            base_url=SETTINGS["PUBLIC_URL"],
            viewport={"width": look.width, "height": 800},
            color_scheme="dark" if look.scheme == "dark" else "light",
            reduced_motion="reduce",
            locale=look.language,
        )
        contexts.append(context)
        context.route("**/*", lambda route: _answer(route, client))
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def _answer(route: Route, client: FlaskClient) -> None:
    asked = route.request
    path = asked.url.removeprefix(SETTINGS["PUBLIC_URL"])
    headers = {name: value for name, value in asked.headers.items() if name != "cookie"}  # the client keeps its own
    answer = client.open(
        path, method=asked.method, data=asked.post_data, headers=headers, follow_redirects=True, buffered=True
    )
    route.fulfill(status=answer.status_code, content_type=answer.content_type, body=answer.data)


@pytest.mark.parametrize("look", [PHONE, SCREEN], ids=str)
def test_a_guest_confirms_by_the_link_of_a_letter(
    house: BookingHouse, open_page: Callable[[Look], Page], look: Look
) -> None:
    page, say = open_page(look), LANGUAGES[look.language].gettext
    page.goto("/meals/lunch")
    for field, value in {"people": "2", "name": "Camille Exemple", "email": "camille@example.org"}.items():
        page.locator(f"#{field}").fill(value)
    page.locator("section.card").get_by_role("button").click()
    expect(page.get_by_role("heading", name=say("Look at your messages"))).to_be_visible()
    check_accessible(page)
    check_fits(page)

    (thing,) = house._bodies(GuestLink)
    page.goto(house.said(GuestLink, thing).link.removeprefix(SETTINGS["PUBLIC_URL"]).partition("?")[0])
    expect(page.get_by_role("heading", name=say("Please confirm your booking"))).to_be_visible()
    check_accessible(page)
    check_fits(page)
    page.get_by_role("button", name=say("Yes, book it")).click()
    expect(page.locator("#status-now")).to_have_attribute("data-status", "requested")
    assert house.find(house.only_booking()).contact.name == "Camille Exemple"


def test_a_device_remembers_its_guest_until_it_is_told_to_forget(meet: Meet, new_meal: NewMeal) -> None:
    meal, guest = new_meal(seats=4), meet()
    page, name = guest.page, "Sidonie Mémoire"
    page.goto(f"/meals/{meal}")
    page.locator("#remember").check()
    guest.fill({"people": 1, "name": name, "email": "sidonie@example.org"})
    page.locator("section.card").get_by_role("button").click()
    page.wait_for_url("**/b/*")

    page.goto(f"/meals/{meal}")
    expect(page.locator("#name")).to_have_value(name)
    check_accessible(page)
    check_fits(page)
    page.get_by_role("button", name=guest.say("Forget me on this device")).click()
    expect(page.get_by_role("status").first).to_have_text(guest.say("This device has forgotten you."))
    expect(page.locator("#name")).to_have_value("")
