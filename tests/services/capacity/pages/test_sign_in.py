"""Signing in, and what stays closed."""

from collections.abc import Callable

import pytest

from services.capacity.bootstrap import assemble
from services.capacity.use_cases.add_coordinator import add_coordinator
from shared.clock import SetClock
from shared.contracts.sign_in import SignInLink
from tests.services.capacity.house import SETTINGS, CapacityHouse
from tests.services.capacity.pages.conftest import Browser


def test_the_answer_is_the_same_for_everybody(browser: Browser) -> None:
    known = browser.sends("/coordination/sign-in", email="Camille@example.org ")
    unknown = browser.sends("/coordination/sign-in", email="stranger@example.org")
    assert (
        (known.status_code, known.location)
        == (unknown.status_code, unknown.location)
        == (
            303,
            "/coordination/sign-in/sent",
        )
    )
    assert len(browser.house.said(SignInLink)) == 1
    assert "Look in your mailbox" in browser.opens("/coordination/sign-in/sent").text


def test_what_is_no_address_is_said_at_the_field_and_kept(browser: Browser) -> None:
    answer = browser.sends("/coordination/sign-in", email="camille at example")
    assert answer.status_code == 422
    assert 'value="camille at example"' in answer.text
    assert 'id="email-error"' in answer.text


def test_an_address_that_no_database_can_hold_is_none(browser: Browser) -> None:
    assert browser.sends("/coordination/sign-in", email="camille\x00@example.org").status_code == 422


def test_who_is_signed_out_at_an_address_that_leads_nowhere_can_sign_in_all_the_same(browser: Browser) -> None:
    browser.opens("/coordination/sittings/%00%0A")
    assert browser.signs_in().location == "/coordination/"


def test_opening_the_link_does_not_use_it_but_the_button_does(browser: Browser) -> None:
    link = browser.asks_for_a_link()
    for _ in range(3):
        assert "Come in" in browser.opens(link).text
    assert browser.sends(link).location == "/coordination/"
    assert browser.opens("/coordination/").status_code == 200


def test_a_link_is_good_once_and_for_half_an_hour(browser: Browser) -> None:
    used, old = browser.asks_for_a_link(), browser.asks_for_a_link()
    browser.sends(used)
    assert browser.opens(used).status_code == 410
    browser.house.clock.pass_time(minutes=31)
    answer = browser.opens(old)
    assert (answer.status_code, "too old" in answer.text) == (410, True)


def test_a_forged_link_opens_nothing(browser: Browser) -> None:
    for token in ("forged", "%00"):
        assert browser.opens(f"/coordination/sign-in/{token}").status_code == 404


def test_without_the_token_of_the_form_nothing_happens(browser: Browser) -> None:
    link = browser.asks_for_a_link()
    assert browser.client.post(link).status_code == 400
    assert browser.opens(link).status_code == 200


def test_after_signing_in_one_is_where_one_wanted_to_go(browser: Browser) -> None:
    sitting = browser.house.opens()
    wanted = f"/coordination/sittings/{sitting}"
    assert browser.opens(wanted).location == "/coordination/sign-in"
    assert browser.signs_in().location == wanted


@pytest.mark.parametrize("path", ["/coordination/", "/coordination/sittings/new", "/coordination/sittings/x/cancel"])
def test_who_is_signed_out_is_asked_to_sign_in(browser: Browser, path: str) -> None:
    assert browser.opens(path).location == "/coordination/sign-in"


def test_signing_out_ends_it(camille: Browser) -> None:
    camille.sends("/coordination/sign-out", page="/coordination/")
    assert camille.opens("/coordination/").status_code == 303


def test_who_no_longer_looks_after_a_cantine_sees_it_no_longer(camille: Browser) -> None:
    sitting = camille.house.opens()
    assert camille.opens(f"/coordination/sittings/{sitting}").status_code == 200
    with camille.house.parts.service.work() as work:
        add_coordinator(work, email="camille@example.org", name="Camille", language="fr", cantines=["metz-sablon"])
    assert camille.opens(f"/coordination/sittings/{sitting}").status_code == 404


def test_one_click_accounts_exist_in_the_demo_only(
    camille: Browser, database_of: Callable[[str], str], clock: SetClock
) -> None:
    path = "/coordination/demo/sign-in"
    stranger = Browser(camille.house.web.test_client(), camille.house)
    assert "camille@example.org</p>" not in stranger.opens("/coordination/sign-in").text
    answer = stranger.sends(path, page="/coordination/sign-in", staff=camille.house.camille)
    assert answer.status_code == 404
    env = {"CAPACITY_DATABASE_URL": database_of("capacity"), **SETTINGS, "DEMO": "1"}
    parts = assemble(env, clock=clock)
    demo = CapacityHouse(parts, clock)
    demo.furnish()
    browser = Browser(parts.make_web().test_client(), demo)
    assert browser.sends(path, page="/coordination/sign-in", staff="\x00").status_code == 404
    assert "camille@example.org</p>" in browser.opens("/coordination/sign-in").text
    assert browser.sends(path, page="/coordination/sign-in", staff=demo.camille).location == "/coordination/"
    parts.service.database.dispose()
