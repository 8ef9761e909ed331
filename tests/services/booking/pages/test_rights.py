"""What is kept of me, and forgetting me."""

import json

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from services.booking import __main__ as commands
from services.booking.__main__ import cli
from services.booking.store.tables import booking, erasure
from shared.contracts.booking import BookingNotice, BookingStatus
from shared.contracts.party import NOBODY
from tests.services.booking.house import BookingHouse
from tests.services.booking.pages.conftest import Browser
from tests.services.booking.pages.test_mine import my_page


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
    assert "1 booking leads to nobody any more." in answer.text and "1 of them was to come" in answer.text
    assert names(house) == {None}
    assert house.wish_said(booked).party == NOBODY and house.wish_said(booked).group is None
    notice: BookingNotice = house.notice_said(booked)
    assert (notice.erased, notice.name, notice.status) == (True, None, BookingStatus.CANCELLED)
    assert house.count(erasure) == 2  # the address, and the number that is on no other booking
    assert browser.open(page).status_code == 410


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
    assert "1 bookings lead to nobody any more" in done.output
    assert names(house) == {None}
    assert "does not look right" in CliRunner().invoke(cli, ["export", "camille@"]).output
