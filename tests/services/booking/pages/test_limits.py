"""An end to machines, and room for people: limits of bookings, and a field that nobody sees."""

from collections.abc import Callable, Iterator

import pytest

from services.booking.bootstrap import assemble
from services.booking.domain.guest_links import MOST_FROM_ONE_PLACE, most_from_one_place, place_of
from services.booking.settings import Settings
from services.booking.store.tables import booking
from shared.clock import SetClock
from shared.settings import WrongSetting
from tests.services.booking.conftest import SETTINGS
from tests.services.booking.house import BookingHouse
from tests.services.booking.pages.conftest import FILLED_IN, Browser, hidden

LIMITS = {
    "BOOKINGS_FROM_ONE_PLACE": "4",
    "BOOKINGS_WITH_ONE_CONTACT": "2",
    "OPEN_BOOKINGS_OF_ONE_CONTACT": "3",
}


@pytest.fixture
def strict(database_of: Callable[[str], str], clock: SetClock) -> Iterator[BookingHouse]:
    """A network with low limits, and one meal."""
    parts = assemble({"BOOKING_DATABASE_URL": database_of("booking"), **SETTINGS, **LIMITS}, clock=clock)
    house = BookingHouse(parts, clock)
    house.announce()
    yield house
    parts.service.database.dispose()


@pytest.fixture
def visitor(strict: BookingHouse) -> Browser:
    client = strict.parts.make_web().test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return Browser(client)


def test_from_one_place_come_so_many_and_then_nothing_typed_is_lost(strict: BookingHouse, visitor: Browser) -> None:
    for number in range(4):
        assert visitor.book(email=f"guest-{number}@example.org").status_code == 303
    refused = visitor.book(name="Fifth Exemple", email="fifth@example.org")
    assert refused.status_code == 429
    for words in ("from this connection", "Nothing that you wrote is lost", "06\N{NO-BREAK SPACE}39"):
        assert words in refused.text
    assert 'value="Fifth Exemple"' in refused.text and 'value="fifth@example.org"' in refused.text
    visitor.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert visitor.book(email="fifth@example.org").status_code == 303
    visitor.client.environ_base["REMOTE_ADDR"] = "127.0.0.1"
    strict.clock.pass_time(minutes=61)
    assert visitor.book(email="sixth@example.org").status_code == 303


def test_from_one_place_many_links_are_asked_for_but_not_without_end(strict: BookingHouse, visitor: Browser) -> None:
    for number in range(MOST_FROM_ONE_PLACE):
        assert visitor.send("/my/bookings", contact=f"guest-{number}@example.org").status_code == 303
    answer = visitor.send("/my/bookings", contact="camille@example.org")
    assert answer.status_code == 429 and "try again in an hour" in answer.text
    visitor.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert visitor.send("/my/bookings", contact="camille@example.org").status_code == 303


@pytest.mark.parametrize(("bookings", "links"), [(0, None), (4, 40), (60, 60), (1000, 1000)])
def test_where_more_bookings_may_come_from_one_place_more_links_may(bookings: int, links: int | None) -> None:
    assert most_from_one_place(bookings) == links


def test_with_one_contact_come_so_many_in_an_hour_and_so_many_are_open(strict: BookingHouse, visitor: Browser) -> None:
    made = []
    for _ in range(2):
        made.append(visitor.book(email="Camille@example.org").headers["Location"])
    assert "with this contact within the hour" in visitor.book(email="camille@example.org").text
    strict.clock.pass_time(minutes=61)
    assert visitor.book(email="camille@example.org").status_code == 303
    strict.clock.pass_time(minutes=61)
    full = visitor.book(email="camille@example.org")
    assert full.status_code == 429 and "Cancel one that you do not need" in full.text
    visitor.send(made[0], f"{made[0]}/cancel")
    assert visitor.book(email="camille@example.org").status_code == 303


def test_programs_are_held_by_the_same_limits(strict: BookingHouse, visitor: Browser) -> None:
    def ask(number: int) -> int:
        wish = {"sitting": "lunch", "party": {"people": 1}, "name": "A", "email": f"guest-{number}@example.org"}
        return visitor.client.post("/api/v1/bookings", json=wish).status_code

    assert [ask(number) for number in range(5)] == [202, 202, 202, 202, 429]


def test_the_same_form_sent_again_is_no_second_booking(strict: BookingHouse, visitor: Browser) -> None:
    form = hidden(visitor.open("/meals/lunch").text) | FILLED_IN
    answers = [visitor.client.post("/meals/lunch", data=form).status_code for _ in range(6)]
    assert answers == [303] * 6 and strict.count(booking) == 1


def test_a_machine_that_fills_in_everything_books_nothing_and_a_person_loses_nothing(
    house: BookingHouse, browser: Browser
) -> None:
    house.announce()
    answer = browser.book(homepage="https://example.org")
    assert answer.status_code == 422 and "Please send this again." in answer.text
    assert 'value="Camille Exemple"' in answer.text and "https://example.org" not in answer.text
    assert house.count(booking) == 0


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::1", "2001:db8:1:2::"),
        (None, ""),
        ("unix", "unix"),
    ],
)
def test_a_household_is_one_place(address: str | None, place: str) -> None:
    assert place_of(address) == place


def test_limits_that_are_none_stop_the_start() -> None:
    with pytest.raises(WrongSetting, match="Limits"):
        Settings.from_env({"BOOKING_DATABASE_URL": "sqlite:///x", **SETTINGS, "BOOKINGS_FROM_ONE_PLACE": "-1"})
