"""What is kept of me, and forgetting me."""

import json
from dataclasses import replace

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from services.booking import __main__ as commands
from services.booking.__main__ import cli
from services.booking.store.tables import booking, erasure, needs
from shared.contracts.booking import BookingNotice, BookingStatus
from shared.contracts.party import NOBODY
from shared.contracts.staff import StaffRole
from tests.services.booking.house import CANTINE, BookingHouse
from tests.services.booking.pages.conftest import Browser
from tests.services.booking.pages.team import browser_of
from tests.services.booking.pages.test_mine import my_page
from tests.services.booking.pages.test_proxy import letter_link, read


def names(house: BookingHouse) -> set[str | None]:
    with house.service.read() as conn:
        return set(conn.scalars(sa.select(booking.c.name)))


def test_i_see_what_is_kept_and_until_when(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    house.confirm(house.book())
    page = my_page(house, browser)
    shown = browser.open(f"{page}/kept").text
    for words in ("Camille Exemple", "camille@example.org", "06 39 98 00 42", "forgotten by themselves", "23 February"):
        assert words in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert "agreed to nothing that lasts" in shown


def test_i_take_it_along(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    house.confirm(house.book())
    answer = browser.open(my_page(house, browser) + "/kept.json")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    (one,) = answer.get_json()["bookings"]
    assert (one["name"], one["day"], one["status"], one["people"]) == (
        *("Camille Exemple", "2026-11-25"),
        *("confirmed", 2),
    )
    assert one["kept_until"].startswith("2027-02-23")


def test_the_question_names_what_is_cancelled_and_opening_it_forgets_nothing(
    house: BookingHouse, browser: Browser
) -> None:
    house.announce()
    house.book()
    page = my_page(house, browser)
    for _ in range(2):  # a mail scanner opens it too
        question = browser.open(f"{page}/erase").text
    assert "1 booking to come is cancelled" in question and "La Tablée de Saône" in question
    assert names(house) == {"Camille Exemple"}


def test_forgetting_me_cancels_what_is_to_come_and_says_so(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    booked = house.book()
    house.confirm(booked)
    page = my_page(house, browser)
    answer = browser.send(f"{page}/erase")
    assert answer.status_code == 200
    assert "1 booking does not lead to you any more." in answer.text and "1 of them was to come" in answer.text
    assert names(house) == {None}
    assert house.wish_said(booked).party == NOBODY and house.wish_said(booked).group is None
    notice: BookingNotice = house.notice_said(booked)
    assert (notice.erased, notice.name, notice.status) == (True, None, BookingStatus.CANCELLED)
    assert house.count(erasure) == 2  # the address, and the number that is on no other booking
    assert browser.open(page).status_code == 410


FOR_JEANNE = {"name": "Jeanne Exemple", "proxy_name": "Camille Voisine", "contact_is": "proxy"}


def test_who_booked_for_somebody_who_has_a_place_leaves_it_to_them(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    browser.book(**FOR_JEANNE)
    jeannes = house.only_booking()
    house.confirm(jeannes)
    at_the_table = letter_link(house, jeannes)
    assert browser.send("/my/bookings", f"{at_the_table}/needs", diet_vegan="1", they_agree="1").status_code == 303
    browser.book(**FOR_JEANNE | {"name": "Josué Exemple"})  # nobody has answered yet
    page = my_page(house, browser)
    mine = read(browser, page)
    assert mine.count("You booked it for them.") == 2
    question = read(browser, f"{page}/erase")
    assert "1 booking to come is cancelled" in question and "1 place that you asked for somebody else stays" in question
    shown = " ".join(browser.send(f"{page}/erase").text.split())
    assert "2 bookings do not lead to you any more. 1 of them was to come, and is cancelled. 1 of them stays" in shown
    assert names(house) == {"Jeanne Exemple", None}
    left = house.find(jeannes)
    assert (left.contact.email, left.proxy, left.cancelled_at) == (None, None, None)
    assert house.count(needs) == 1, "the kitchen still knows that she eats no meat"
    notice: BookingNotice = house.notice_said(jeannes)
    assert (notice.erased, notice.name, notice.status) == (True, None, BookingStatus.CONFIRMED)
    samira = browser_of(house, "samira", StaffRole.COORDINATOR)
    assert "Jeanne Exemple" in read(samira, "/table/calls"), "the team has to tell her"
    old_link = letter_link(house, jeannes)
    assert "Allergies, diet, wheelchair" not in read(browser, old_link)
    assert browser.send("/my/bookings", f"{old_link}/needs", diet_vegan="1", agrees="1").status_code == 403


def test_what_is_kept_of_the_wish_for_a_word_is_shown(house: BookingHouse, browser: Browser) -> None:
    house.announce(cantine=replace(CANTINE, thanks=True))
    browser.book(thanks="1")
    house.confirm(house.only_booking())
    page = my_page(house, browser)
    assert "2026. You wished for a word after the meal." in read(browser, f"{page}/kept")
    (one,) = browser.open(f"{page}/kept.json").get_json()["bookings"]
    assert (one["wants_a_word_after_the_meal"], one["the_word_was_to_who"]) == (True, None)


def test_a_form_that_is_not_ours_forgets_nobody(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    house.book()
    page = my_page(house, browser)
    assert browser.client.post(f"{page}/erase").status_code == 400
    assert names(house) == {"Camille Exemple"}


def test_an_administrator_does_both_by_a_command(house: BookingHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    house.announce()
    house.book()
    monkeypatch.setattr(commands, "assemble", lambda: house.parts)
    shown = CliRunner().invoke(cli, ["export", "06 39 98 00 42"])
    assert json.loads(shown.output)["bookings"][0]["email"] == "camille@example.org"
    assert CliRunner().invoke(cli, ["erase", "camille@example.org"], input="n\n").exit_code == 1
    assert names(house) == {"Camille Exemple"}
    done = CliRunner().invoke(cli, ["erase", "camille@example.org", "--yes"])
    assert "1 bookings do not lead to them any more: 1 of them were cancelled" in done.output
    assert names(house) == {None}
    assert "does not look right" in CliRunner().invoke(cli, ["export", "camille@"]).output
