"""The team of a cantine, at its coordinator's browser."""

import re
import time

import pytest
import sqlalchemy as sa

from services.capacity.use_cases.add_coordinator import add_coordinator
from shared.contracts.sign_in import SignInLink
from shared.contracts.staff import StaffRole
from tests.services.capacity.house import CapacityHouse
from tests.services.capacity.pages.conftest import Browser

PAUL = {
    "name": "Paul Noiret",
    "email": "paul@example.org",
    "language": "fr",
    "role": "helper",
    "cantines": "lyon-vaise",
}


def staff_id(house: CapacityHouse, email: str) -> str:
    staff = house.parts.metadata.tables["staff"]
    with house.parts.service.read() as conn:
        return str(conn.execute(sa.select(staff.c.id).where(staff.c.email == email)).scalar_one())


def test_invite_change_and_remove(camille: Browser) -> None:
    assert camille.sends("/coordination/staff/new", **PAUL).location == "/coordination/staff/"
    assert "paul@example.org" in {link.email for link in camille.house.said(SignInLink).values()}
    page = camille.opens("/coordination/staff/").text
    assert "Paul Noiret" in page
    assert "helper at the door" in page
    own = f"/coordination/staff/{staff_id(camille.house, 'paul@example.org')}"
    camille.sends(own, role="coordinator", cantines="lyon-vaise")
    assert "changed what Paul Noiret is (now coordinator" in camille.opens("/coordination/staff/").text
    camille.sends(f"{own}/remove", page=own)
    assert "paul@example.org" not in camille.opens("/coordination/staff/").text
    assert camille.opens(own).status_code == 404


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("name", ""), ("name", "x" * 81), ("name", "\x00"), ("email", "paul"), ("email", "p@\x00"), ("language", "xx"),
     ("role", "host"), ("role", "queen"), ("cantines", "metz-sablon"), ("cantines", ""),
     ("email", "camille@example.org")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_the_field(camille: Browser, field: str, wrong: str) -> None:
    answer = camille.sends("/coordination/staff/new", **{**PAUL, field: wrong})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


def test_whoever_is_of_another_cantine_is_not_there(camille: Browser) -> None:
    with camille.house.parts.service.work() as work:
        hugo = add_coordinator(
            work, email="hugo@example.org", name="Hugo Perrin", language="fr", cantines=("metz-sablon",)
        ).id
    assert "Hugo Perrin" not in camille.opens("/coordination/staff/").text
    assert camille.opens(f"/coordination/staff/{hugo}").status_code == 404
    for path in (f"/coordination/staff/{hugo}", f"/coordination/staff/{hugo}/remove"):
        answer = camille.sends(path, page="/coordination/staff/", role="helper", cantines="lyon-vaise")
        assert answer.status_code == 404


def test_a_tablet_comes_in_by_its_code_and_finds_no_meals_to_plan(camille: Browser) -> None:
    page = camille.sends("/coordination/staff/tablet", page="/coordination/staff/", cantine="lyon-vaise", tablet="Door")
    code = re.search(r'class="code">([A-Z2-9-]{9})<', page.text)
    assert code
    tablet = Browser(camille.house.web.test_client(), camille.house)
    assert tablet.sends("/coordination/tablet", code="AAAA-AAAA").status_code == 422
    assert tablet.sends("/coordination/tablet", code=code[1]).location == "/table/"
    for path in ("/coordination/", "/coordination/staff/", f"/coordination/sittings/{camille.house.opens()}"):
        assert tablet.opens(path).location == "/table/"
    stranger = Browser(camille.house.web.test_client(), camille.house)
    assert stranger.sends("/coordination/tablet", code=code[1]).status_code == 422


def test_an_administrator_sees_the_whole_network(browser: Browser) -> None:
    with browser.house.parts.service.work() as work:
        add_coordinator(
            work, email="nora@example.org", name="Nora", language="fr", cantines=(), role=StaffRole.ADMINISTRATOR
        )
    with browser.client.session_transaction() as session:
        session.update(since=time.time(), staff=staff_id(browser.house, "nora@example.org"), name="Nora", cantines=[])
    metz = browser.house.opens("metz-sablon")
    assert browser.opens(f"/coordination/sittings/{metz}").status_code == 200
    assert "Camille Rey" in browser.opens("/coordination/staff/").text
