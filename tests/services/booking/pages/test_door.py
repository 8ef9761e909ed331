"""Check-in with one thumb, with and without scripts."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.contracts.party import Party
from shared.contracts.staff import StaffRole
from tests.services.booking.house import CAMILLE, STARTS_AT, BookingHouse
from tests.services.booking.pages.conftest import Browser, hidden
from tests.services.booking.pages.team import browser_of

LIST, DOOR = "/table/lunch", "/table/lunch/door"


@pytest.fixture
def yanis(house: BookingHouse) -> Browser:
    """A helper at the door, at noon."""
    house.announce()
    house.confirm(house.book(Party(eaters=3)))
    house.clock.at = STARTS_AT
    return browser_of(house, "yanis", StaffRole.HELPER)


def booking_on(page: str) -> str:
    found = re.search(r'name="booking" value="([^"]+)"', page)
    assert found
    return found[1]


def test_arrived_only_some_absent_and_corrected(yanis: Browser) -> None:
    page = yanis.open(LIST).text
    booking = booking_on(page)
    for came, words in (
        ("all", "3 people are here"),
        ("unknown", "0 people are here"),
        ("2", "2 arrived"),
        ("0", "3 absent"),
    ):
        answer = yanis.send(LIST, f"{DOOR}/guest", booking=booking, came=came)
        assert (answer.status_code, answer.location) == (303, LIST)
        assert words in yanis.open(LIST).text


def test_a_page_with_scripts_gets_the_list_alone(yanis: Browser) -> None:
    token = hidden(yanis.open(LIST).text)["csrf_token"]
    data = {"csrf_token": token, "people": "2", "form_token": "x"}
    answer = yanis.client.post(f"{DOOR}/walk-in", data=data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith("<section")
    assert "of whom 2 had not reserved" in answer.text


def test_those_without_a_booking_are_counted_among_those_present(house: BookingHouse, yanis: Browser) -> None:
    page = yanis.open(LIST).text
    yanis.send(LIST, f"{DOOR}/guest", booking=booking_on(page), came="2")
    yanis.send(LIST, f"{DOOR}/walk-in", people="2", form_token="x")
    counted = re.sub(r"<[^>]+>|\s+", " ", yanis.open(LIST).text)
    assert "4 people are here , of whom 2 had not reserved; 1 absent" in re.sub(r" +", " ", counted)


def test_walk_ins_come_even_when_full_and_are_taken_back(house: BookingHouse, yanis: Browser) -> None:
    house.announce(revision=2, seats_left=0)
    yanis.send(LIST, f"{DOOR}/walk-in", people="3")
    assert "3 people are here" in yanis.open(LIST).text
    key = re.search(r'name="walk_in" value="([^"]+)"', yanis.open(LIST).text)
    assert key
    yanis.send(LIST, f"{DOOR}/walk-in/take-back", walk_in=key[1])
    assert "0 people are here" in yanis.open(LIST).text


def test_all_the_others_came(yanis: Browser) -> None:
    assert "Take back" not in yanis.open(LIST).text
    yanis.send(LIST, f"{DOOR}/others")
    shown = yanis.open(LIST).text
    assert "Correct this" in shown and "All the others came</button>" not in shown and "Everybody is marked." in shown


def test_a_slip_that_marks_everybody_is_taken_back_at_once(house: BookingHouse, yanis: Browser) -> None:
    house.clock.at = STARTS_AT - timedelta(days=2)
    others = [house.book(who=replace(CAMILLE, email=f"guest-{number}@example.org")) for number in range(3)]
    for one in others:
        house.confirm(one)
    house.clock.at = STARTS_AT
    yanis.send(LIST, f"{DOOR}/others")
    places = [yanis.open(LIST).text.index(f'id="{one}"') for one in ("others", "walk-in-1", "not-others")]
    assert places == sorted(places), "a second tap at the same place takes nothing back"
    house.clock.pass_time(minutes=1)
    yanis.send(LIST, f"{DOOR}/guest", booking=others[0], came="0")
    (pressed,) = re.findall(
        r'name="at" value="([^"]+)"[^>]*>Take back “All the others came” \(3\)', yanis.open(LIST).text
    )
    yanis.send(LIST, f"{DOOR}/others/take-back", at=pressed)
    shown = yanis.open(LIST).text
    assert "0 people are here" in shown and "2 absent" in shown, "who was marked since stays so"
    assert "All the others came</button>" in shown and 'id="not-others"' not in shown


@pytest.mark.parametrize(
    ("where", "said", "status"),
    [
        ("guest", {"booking": "nobody", "came": "1"}, 404),
        ("guest", {"booking": "\x00", "came": "1"}, 400),
        ("guest", {"booking": "x", "came": "-1"}, 400),
        ("guest", {"booking": "x", "came": "²"}, 400),
        ("walk-in", {"people": "0"}, 422),
        ("walk-in", {"people": "51"}, 422),
        ("walk-in/take-back", {"walk_in": "\x00"}, 400),
        ("others/take-back", {"at": "yesterday"}, 400),
        ("others/take-back", {"at": "9999-12-31T23:59:59-23:00"}, 400),
    ],
)
def test_nothing_unreadable_is_counted(yanis: Browser, where: str, said: dict[str, str], status: int) -> None:
    assert yanis.send(LIST, f"{DOOR}/{where}", **said).status_code == status


def test_before_the_day_there_is_nothing_to_press(house: BookingHouse) -> None:
    house.announce()
    house.confirm(house.book())
    yanis = browser_of(house, "yanis", StaffRole.HELPER)
    assert "Arrived" not in yanis.open(LIST).text
    assert yanis.send("/table/", f"{DOOR}/others").status_code == 409
