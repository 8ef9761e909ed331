"""Who comes for the first time, and who comes with a partner."""

import html
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.booking.use_cases.voice import PARTNER
from shared.contracts.party import NOBODY
from shared.contracts.seats import Standing, Why
from shared.contracts.sitting import PartnerPlaces, SittingStatus
from shared.contracts.staff import StaffRole
from shared.links import Links
from tests.services.booking.house import CANTINE, STARTS_AT, BookingHouse
from tests.services.booking.pages.conftest import FILLED_IN, Browser
from tests.services.booking.pages.team import browser_of
from tests.services.booking.pages.test_phone import CALL, PATH

QUAI = PartnerPlaces(id="quai", name="Les Amis du Quai", kept=3)


def address(house: BookingHouse, partner: str = "quai", cantine: str = "lyon-saone") -> str:
    return f"/partner/{Links(house.parts.settings.secret_keys).sign(PARTNER, f'{cantine} {partner}')}"


class TestAFirstVisit:
    def test_is_asked_kindly_and_said_to_capacity(self, house: BookingHouse, browser: Browser) -> None:
        house.announce()
        assert "It is the first time here" in browser.open("/meals/lunch").text
        browser.book(newcomer="1")
        wish = house.wish_said(house.only_booking())
        assert (wish.newcomer, wish.allotment) == (True, None)

    def test_stays_one_when_the_party_changes(self, house: BookingHouse, browser: Browser) -> None:
        house.announce()
        page = browser.book(newcomer="1").location
        browser.send(page, f"{page}/party", people="3", cooks="0", children="0")
        wish = house.wish_said(house.only_booking())
        assert (wish.party.seats, wish.newcomer) == (3, True)

    def test_what_was_ticked_stays_ticked(self, house: BookingHouse, browser: Browser) -> None:
        house.announce()
        answer = browser.book(newcomer="1", name="")
        assert answer.status_code == 422
        assert re.search(r'name="newcomer"[^>]* checked', answer.text)

    def test_is_possible_at_a_meal_that_is_full_for_others(self, house: BookingHouse, browser: Browser) -> None:
        house.announce(seats_left=0, newcomer_seats=2)
        assert "Places kept for a first visit" in browser.open("/").text
        page = browser.open("/meals/lunch").text
        assert "Places are kept for a first visit: you are welcome." in page
        assert "Book a first visit, or join the waiting list" in page
        house.announce(revision=2, seats_left=1, newcomer_seats=2)
        assert "kept for a first visit" not in browser.open("/meals/lunch").text
        house.announce(revision=3, seats_left=0, newcomer_seats=0)
        assert "kept for a first visit" not in browser.open("/meals/lunch").text

    def test_is_seen_by_the_team(self, house: BookingHouse, browser: Browser) -> None:
        house.announce()
        browser.book(newcomer="1")
        samira = browser_of(house, "samira", StaffRole.COORDINATOR)
        assert "First visit" in samira.open("/table/lunch").text

    def test_over_the_api(self, house: BookingHouse, browser: Browser) -> None:
        house.announce(seats_left=0, newcomer_seats=2)
        shown = browser.open("/api/v1/sittings/lunch").json
        assert shown and (shown["availability"], shown["newcomer_seats"], "partners" in shown) == ("full", 2, False)
        wish = {"sitting": "lunch", "party": {"people": 1}, "name": "Zoé", "email": "zoe@example.org", "newcomer": True}
        assert browser.client.post("/api/v1/bookings", json=wish).status_code == 202
        assert house.wish_said(house.only_booking()).newcomer


class TestAPartner:
    def test_books_at_an_address_of_its_own(self, house: BookingHouse, browser: Browser) -> None:
        house.announce(seats_left=0, partners=(QUAI,))
        page = browser.open(address(house))
        assert "Les Amis du Quai" in page.text and "3 places kept for you" in page.text
        assert page.headers["Cache-Control"] == "no-store" and page.headers["Referrer-Policy"] == "no-referrer"
        booked = browser.send(f"{address(house)}/lunch", **FILLED_IN)
        assert booked.status_code == 303 and "/b/" in booked.location
        wish = house.wish_said(house.only_booking())
        assert (wish.allotment, wish.newcomer) == ("quai", False)

    def test_is_told_what_is_wrong_and_loses_nothing(self, house: BookingHouse, browser: Browser) -> None:
        house.announce(partners=(QUAI,))
        answer = browser.send(f"{address(house)}/lunch", **FILLED_IN | {"people": "0"})
        assert answer.status_code == 422
        assert "You book for: Les Amis du Quai" in answer.text and 'value="Camille Exemple"' in answer.text

    @pytest.mark.parametrize("field", ["partner", "allotment"])
    def test_is_nobody_who_only_says_so(self, house: BookingHouse, browser: Browser, field: str) -> None:
        house.announce(partners=(QUAI,))
        browser.book(**{field: "quai"})
        assert house.wish_said(house.only_booking()).allotment is None

    def test_of_another_cantine_books_nothing_here(self, house: BookingHouse, browser: Browser) -> None:
        house.announce(partners=(QUAI,))
        assert browser.open(f"{address(house, cantine='metz-sablon')}/lunch").status_code == 404
        assert browser.open("/partner/forged").status_code == 404
        assert browser.open("/partner/f%C3%B4rged/lunch").status_code == 404

    def test_that_is_one_no_longer_is_told_so(self, house: BookingHouse, browser: Browser) -> None:
        house.announce()
        for path in (address(house), f"{address(house)}/lunch"):
            answer = browser.open(path)
            assert answer.status_code == 410 and "no longer in use" in answer.text

    def test_sees_only_meals_that_it_can_book(self, house: BookingHouse, browser: Browser) -> None:
        house.announce(partners=(QUAI,), status=SittingStatus.CANCELLED)
        page = browser.open(address(house))
        assert page.status_code == 200 and "There is no meal to book for now." in page.text

    @pytest.mark.parametrize(
        ("left", "words"),
        [(0, "had all its meals of that month"), (1, "only 1 meal left"), (3, "only 3 meals left"), (None, "had all")],
    )
    def test_hears_how_many_meals_are_left(
        self, house: BookingHouse, browser: Browser, left: int | None, words: str
    ) -> None:
        house.announce(partners=(QUAI,))
        page = browser.send(f"{address(house)}/lunch", **FILLED_IN).location
        booking = house.only_booking()
        house.hear(house.answer(booking, Standing.REFUSED, NOBODY, why=Why.MEALS_USED_UP, meals_left=left))
        text = html.unescape(browser.open(page).text)
        assert words in text and "Not possible" in text
        assert house.notice_said(booking).why is Why.MEALS_USED_UP

    def test_hears_it_too_where_a_change_was_not_made(self, house: BookingHouse, browser: Browser) -> None:
        house.announce(partners=(QUAI,))
        page = browser.send(f"{address(house)}/lunch", **FILLED_IN).location
        booking = house.only_booking()
        held = house.find(booking).party
        house.hear(house.answer(booking, Standing.HELD, held, why=Why.MEALS_USED_UP, meals_left=2))
        assert "only 2 meals left" in browser.open(page).text

    def test_cannot_wish_for_letters_in_the_name_of_others(self, house: BookingHouse, browser: Browser) -> None:
        house.announce(partners=(QUAI,), cantine=replace(CANTINE, thanks=True))
        assert 'name="thanks"' not in browser.open(f"{address(house)}/lunch").text
        browser.send(f"{address(house)}/lunch", **FILLED_IN, thanks="1")
        assert not house.find(house.only_booking()).preferences.thanks

    def test_may_be_as_many_on_one_booking_as_the_meal_says_of_it(self, house: BookingHouse, browser: Browser) -> None:
        house.announce(largest_party=3, partners=(replace(QUAI, largest_party=5),))
        assert "5 people at most on one booking" in browser.open(f"{address(house)}/lunch").text
        answer = browser.send(f"{address(house)}/lunch", **FILLED_IN | {"people": "6"})
        assert answer.status_code == 422 and 'id="people-error"' in answer.text
        page = browser.send(f"{address(house)}/lunch", **FILLED_IN | {"people": "5"}).location
        assert "5 people at most on one booking" in browser.open(page).text
        assert browser.send(page, f"{page}/party", people="6", cooks="0", children="0").status_code == 422

    def test_that_is_too_many_finds_dates_and_not_the_address_of_its_partner(
        self, house: BookingHouse, browser: Browser
    ) -> None:
        """Who is booked for is not to book in the name of the partner."""
        announce_days(house, 1, seats_left=0)
        announce_days(house, 2, seats_left=0, partners=(replace(QUAI, kept=1),))
        house.announce(partners=(QUAI,))
        page = browser.send(f"{address(house)}/lunch", **FILLED_IN).location
        house.refuse(house.only_booking(), Why.GROUP_TOO_LARGE)
        text = html.unescape(browser.open(page).text)
        assert "With the other bookings of your group, or on your contact," in text and "Not possible" in text
        assert "Thursday 26 November" in text and "Friday 27 November" not in text and "the group’s own address" in text
        assert "/partner/" not in text and "/meals/" not in text.split('id="status-now"')[1].split("</ul>")[0]

    def test_without_meals_this_month_finds_dates_of_the_next(self, house: BookingHouse, browser: Browser) -> None:
        announce_days(house, 1, 40)
        house.announce(partners=(QUAI,))
        page = browser.send(f"{address(house)}/lunch", **FILLED_IN).location
        house.hear(house.answer(house.only_booking(), Standing.REFUSED, NOBODY, why=Why.MEALS_USED_UP, meals_left=1))
        text = browser.open(page).text
        assert "Thursday 26 November" not in text and "Monday 4 January" in text


def announce_days(house: BookingHouse, *days: int, **changes: Any) -> None:
    """A meal so many days after the one that is booked."""
    for number in days:
        starts_at = STARTS_AT + timedelta(days=number)
        when = {"starts_at": starts_at, "cutoff_at": starts_at - timedelta(hours=16), "date": starts_at.date()}
        house.announce(f"day {number}", **when | {"partners": (QUAI,)} | changes)


class TestTheTeam:
    @pytest.fixture
    def samira(self, house: BookingHouse) -> Browser:
        house.announce(partners=(QUAI,))
        return browser_of(house, "samira", StaffRole.COORDINATOR)

    def test_books_by_phone_for_a_partner_and_for_who_comes_first(self, house: BookingHouse, samira: Browser) -> None:
        assert "Les Amis du Quai" in samira.open(PATH).text
        samira.send(PATH, **CALL, partner="quai", newcomer="1")
        wish = house.wish_said(house.only_booking())
        assert (wish.allotment, wish.newcomer) == ("quai", True)
        assert "Les Amis du Quai" in samira.open("/table/lunch").text

    def test_cannot_choose_a_partner_that_is_none(self, samira: Browser) -> None:
        answer = samira.send(PATH, **CALL, partner="gone")
        assert answer.status_code == 422 and 'id="partner-error"' in answer.text

    def test_finds_the_addresses_of_its_partners(self, house: BookingHouse, samira: Browser) -> None:
        page = samira.open("/table/partners").text
        found = re.search(r'href="[^"]*(/partner/[^"]+)"', page)
        assert found and samira.open(found[1]).status_code == 200
        other = browser_of(house, "autre", StaffRole.COORDINATOR, "metz-sablon")
        assert "Les Amis du Quai" not in other.open("/table/partners").text
        helper = browser_of(house, "aide", StaffRole.HELPER)
        assert helper.open("/table/partners").status_code == 403

    def test_counts_who_is_expected_without_reserving_once(self, house: BookingHouse, samira: Browser) -> None:
        house.announce(revision=2, walk_ins=4)
        page = " ".join(samira.open("/table/lunch/prep").text.split())
        assert '<th scope="row">Without reserving, usually</th><td>4</td>' in page
