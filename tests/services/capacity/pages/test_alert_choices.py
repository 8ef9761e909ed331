"""A cantine chooses what it hears of, and coordinators how they are told."""

from datetime import time
from typing import Any

import pytest

from services.capacity.domain.alert_duty import Reachable
from services.capacity.domain.alerts import AlertSettings
from services.capacity.store import alerts as alert_store
from services.capacity.store import staff as staff_store
from shared.contracts.alert import Way, Wishes
from tests.services.capacity.pages.conftest import Browser

MINE = "/coordination/alerts/choices/mine"
VAISE = "/coordination/alerts/choices/of/lyon-vaise"
WAYS: dict[str, Any] = {
    "urgent": "sms",
    "important": "email",
    "routine": "digest",
    "phone": "06 39 98 00 77",
    "digest_at": "18:30",
}
CHOICE: dict[str, Any] = {
    "nearly_full": "90",
    "waiting": "5",
    "cooks": "4",
    "guests": "12",
    "days": "3",
    "quiet_since": "22:00",
    "quiet_until": "08:00",
    "on_duty": "",
    "answer_within": "30",
    "call_hours": "24",
}


def reach(browser: Browser) -> Reachable:
    with browser.house.parts.service.read() as conn:
        camille = staff_store.find(conn, browser.house.camille)
        assert camille
        return alert_store.reach(conn, camille)


def chosen(browser: Browser) -> AlertSettings:
    with browser.house.parts.service.read() as conn:
        return alert_store.places(conn, ["lyon-vaise"])["lyon-vaise"].settings


def test_my_wishes_are_kept_and_shown(camille: Browser) -> None:
    assert camille.sends(MINE, **WAYS).status_code == 303
    kept = reach(camille)
    assert (kept.phone, kept.wishes) == ("+33639980077", Wishes(digest_at=time(18, 30)))
    text = camille.opens(MINE).text
    assert 'value="+33639980077"' in text
    assert 'value="digest" checked' in text


@pytest.mark.parametrize(
    ("field", "value"),
    [("urgent", "pigeon"), ("phone", "12"), ("phone", ""), ("phone", "\x00"), ("digest_at", "25:00")],
)
def test_a_wish_that_cannot_be_met_is_said_at_its_field(camille: Browser, field: str, value: str) -> None:
    answer = camille.sends(MINE, **{**WAYS, field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert reach(camille).phone is None


def test_without_a_number_there_are_other_ways(camille: Browser) -> None:
    camille.sends(MINE, **{**WAYS, "urgent": "email", "phone": ""})
    assert reach(camille).wishes.urgent is Way.EMAIL


def test_what_a_cantine_hears_of_is_kept_and_shown(camille: Browser) -> None:
    mine = camille.house.camille
    assert camille.sends(VAISE, **{**CHOICE, "on_duty": mine}).status_code == 303
    assert chosen(camille) == AlertSettings(
        nearly_full=90,
        waiting=5,
        cooks=4,
        guests=12,
        days=3,
        quiet_since=time(22),
        quiet_until=time(8),
        on_duty=mine,
        answer_within=30,
        call_hours=24,
    )
    assert f'value="{mine}" selected' in camille.opens(VAISE).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("nearly_full", "101"),
        ("waiting", "0"),
        ("cooks", "-1"),
        ("guests", "many"),
        ("days", ""),
        ("quiet_since", "late"),
        ("quiet_until", "7h75"),
        ("on_duty", "somebody"),
        ("answer_within", "9" * 30),
        ("call_hours", "169"),
        ("days", "0000000149999999"),
        ("answer_within", "60000000000"),
        ("quiet_since", "0239:00"),
    ],
)
def test_a_choice_that_cannot_be_is_said_at_its_field(camille: Browser, field: str, value: str) -> None:
    answer = camille.sends(VAISE, **{**CHOICE, field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert chosen(camille) == AlertSettings()


def test_another_cantine_s_choices_are_not_mine(camille: Browser) -> None:
    other = VAISE.replace("lyon-vaise", "metz-sablon")
    assert camille.opens(other).status_code == 404
    assert camille.sends(other, page=VAISE, **CHOICE).status_code == 404
