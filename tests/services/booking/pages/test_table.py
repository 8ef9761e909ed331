"""Who sees which guests, and how much of them."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest

from services.booking.domain.contact import Contact
from services.booking.domain.staff import short_name
from services.booking.domain.wish import Wish
from services.booking.use_cases.book import book
from shared.contracts.party import Party
from shared.contracts.sitting import PartnerPlaces
from shared.contracts.staff import StaffRole
from tests.services.booking.house import CAMILLE, STARTS_AT, TWO, BookingHouse
from tests.services.booking.pages.team import browser_of, hears_of

JEANNE = Contact(name="Jeanne du Moulin", email="jeanne@example.org", phone="+33639980051", language="fr")


def test_a_coordinator_sees_at_a_glance_who_comes(house: BookingHouse) -> None:
    house.announce()
    house.confirm(house.book(TWO))
    house.put_on_waiting_list(house.book(Party(eaters=3), who=JEANNE))
    page = browser_of(house, "samira", StaffRole.COORDINATOR).open("/table/").text
    for words in ("2 people come", "1 cooking", "1 booking is waiting."):
        assert words in page
    one = browser_of(house, "samira", StaffRole.COORDINATOR).open("/table/lunch").text
    for words in ("Camille Exemple", "06\N{NO-BREAK SPACE}39", "Jeanne du Moulin", "Waiting list", "Being"):
        assert (words in one) is (words != "Being")


def test_a_helper_sees_first_name_and_initial_and_no_number(house: BookingHouse) -> None:
    house.announce()
    house.confirm(house.book(TWO, who=JEANNE))
    yanis = browser_of(house, "yanis", StaffRole.HELPER)
    page = yanis.open("/table/lunch").text
    assert "Jeanne M." in page
    for secret in ("Moulin", "+336", "39\N{NO-BREAK SPACE}98", "example.org"):
        assert secret not in page
    for closed in ("/table/calls", "/table/lunch/phone"):
        assert yanis.open(closed).status_code == 403


def test_new_faces_are_counted(house: BookingHouse) -> None:
    house.announce()
    new = Wish(party=TWO, contact=JEANNE, newcomer=True)
    house.confirm(book(house.service, house.voice, "lunch", new).id)
    house.put_on_waiting_list(book(house.service, house.voice, "lunch", new).id)
    samira = browser_of(house, "samira", StaffRole.COORDINATOR)
    for path in ("/table/", "/table/lunch"):
        assert "1 first visit" in samira.open(path).text
    assert '<th scope="row">First visits</th><td>1</td>' in samira.open("/table/lunch/prep").text


class TestAsATable:
    def test_each_sees_in_it_what_they_see_on_the_page(self, house: BookingHouse) -> None:
        house.announce(partners=(PartnerPlaces(id="quai", name="Les Amis du Quai", kept=1),))
        wish = Wish(party=TWO, contact=JEANNE, newcomer=True, partner="quai")
        house.confirm(book(house.service, house.voice, "lunch", wish).id)
        answer = browser_of(house, "samira", StaffRole.COORDINATOR).open("/table/lunch/guests.csv")
        assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/csv", "no-store")
        _header, line = answer.text.splitlines()
        assert line == (
            "Jeanne du Moulin,2,1,0,Confirmed,yes,,Les Amis du Quai,,06 39 98 00 51,jeanne@example.org,,".replace(
                "06 39 98 00 51", "06 39 98 00 51".replace(" ", "\N{NO-BREAK SPACE}")
            )
        )
        _header, line = browser_of(house, "yanis", StaffRole.HELPER).open("/table/lunch/guests.csv").text.splitlines()
        assert line == "Jeanne M.,2,1,0,Confirmed,yes,,Les Amis du Quai,"

    def test_of_another_cantine_is_none(self, house: BookingHouse) -> None:
        house.announce()
        hugo = browser_of(house, "hugo", StaffRole.HOST, "dijon")
        assert hugo.open("/table/lunch/guests.csv").status_code == 404

    def test_computes_no_name(self, house: BookingHouse) -> None:
        house.announce()
        house.confirm(house.book(who=Contact(name="=1+1", email=None, phone=None, language="fr")))
        page = browser_of(house, "samira", StaffRole.COORDINATOR).open("/table/lunch/guests.csv").text
        assert "\n'=1+1," in page.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("name", "short"), [("Jeanne Exemple", "Jeanne E."), ("Zoé", "Zoé"), ("Ana de la Cruz", "Ana C.")]
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


def test_nobody_sees_the_guests_of_another_cantine(house: BookingHouse) -> None:
    house.announce()
    booking = house.book(TWO, who=Contact(name="Jocelyne", email=None, phone=None, language="fr"))
    house.confirm(booking)
    hugo = browser_of(house, "hugo", StaffRole.HOST, "dijon")
    assert "lunch" not in hugo.open("/table/").text
    for path in ("/table/lunch", "/table/lunch/guests", "/table/lunch/phone", "/table/nowhere", "/table/%00"):
        assert hugo.open(path).status_code == 404
    said = {"booking": booking, "about": "standing", "news": "1"}
    assert "Jocelyne" not in hugo.open("/table/calls").text
    assert hugo.send("/table/", "/table/calls", **said).status_code == 404
    assert hugo.send("/table/", "/table/lunch/phone", people="1", name="X").status_code == 404


def test_an_administrator_sees_every_cantine(house: BookingHouse) -> None:
    house.announce()
    house.confirm(house.book())
    hears_of(house, "nora", StaffRole.ADMINISTRATOR)
    assert "Camille Exemple" in browser_of(house, "nora", StaffRole.ADMINISTRATOR).open("/table/lunch").text


def test_whoever_is_removed_is_signed_out_at_their_next_click(house: BookingHouse) -> None:
    house.announce()
    samira = browser_of(house, "samira", StaffRole.COORDINATOR)
    assert samira.open("/table/lunch").status_code == 200
    hears_of(house, "samira", StaffRole.COORDINATOR, revoked=True)
    assert samira.open("/table/lunch").location == "/coordination/sign-in"
    with samira.client.session_transaction() as session:
        assert "staff" not in session


def test_whoever_loses_a_cantine_no_longer_sees_it(house: BookingHouse) -> None:
    house.announce()
    samira = browser_of(house, "samira", StaffRole.COORDINATOR)
    hears_of(house, "samira", StaffRole.COORDINATOR, "dijon")
    assert samira.open("/table/lunch").status_code == 404


def test_of_whom_nothing_was_heard_yet_is_asked_to_wait_and_stays_signed_in(house: BookingHouse) -> None:
    client = house.web.test_client()
    with client.session_transaction() as session:
        session.update(staff="just invited", name="", cantines=[], since=int(time.time()))
    assert client.get("/table/").status_code == 503
    with client.session_transaction() as session:
        assert session["staff"] == "just invited"


def test_what_changes_after_the_shopping_is_shown_as_late(house: BookingHouse) -> None:
    house.announce()
    stays, shrinks, leaves = (
        house.book(Party(eaters=2), who=who) for who in (CAMILLE, JEANNE, Contact(**{**vars(JEANNE), "name": "Ali"}))
    )
    for one in (stays, shrinks, leaves):
        house.confirm(one)
    house.clock.at = STARTS_AT - timedelta(hours=3)
    house.change(shrinks, Party(eaters=1))
    house.confirm(shrinks)
    house.cancel(leaves)
    samira = browser_of(house, "samira", StaffRole.COORDINATOR)
    assert "2 late changes" in samira.open("/table/").text
    page = samira.open("/table/lunch").text
    assert page.count("Changed late") == page.count("Cancelled late") == 1


def test_guests_stand_in_order_of_their_names_whatever_the_accents(house: BookingHouse) -> None:
    house.announce()
    for name in ("Yvonne Exemple", "Élise Exemple"):
        house.confirm(house.book(who=replace(JEANNE, name=name)))
    page = browser_of(house, "samira", StaffRole.COORDINATOR).open("/table/lunch").text
    assert page.index("Élise") < page.index("Yvonne")


def test_guests_come_before_what_else_can_be_done_and_no_dead_end_is_offered(house: BookingHouse) -> None:
    house.announce()
    house.confirm(house.book())
    samira = browser_of(house, "samira", StaffRole.COORDINATOR)
    page = samira.open("/table/lunch").text
    assert page.index("Book by phone") < page.index("Camille Exemple") < page.index("Prep sheet")
    house.clock.at = STARTS_AT - timedelta(hours=1)
    page = samira.open("/table/lunch").text
    assert "Book by phone" not in page and 'href="#walk-ins"' in page and 'id="walk-ins"' in page
