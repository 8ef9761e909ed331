"""Coordinators see what needs them, and say that they are on it."""

import re
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from services.capacity.domain.addresses import short_sitting_page, sitting_of
from services.capacity.pages.alert_words import headline, to_do
from services.capacity.store.tables import staff
from services.capacity.use_cases.look_after_alerts import look_at_alerts
from shared.contracts.alert import AlertKind
from shared.contracts.party import Party
from shared.contracts.sms_credit import SmsCredit
from tests.services.capacity.house import URL
from tests.services.capacity.pages.conftest import Browser

ALERTS = "/coordination/alerts"


def fill(camille: Browser, cantine: str = "lyon-vaise") -> str:
    """A meal that is full."""
    sitting = camille.house.opens(cantine, seats=2, cook_places=1)
    camille.house.asked(sitting, f"all of {sitting}", Party(eaters=2))
    return sitting


def text_of(camille: Browser, path: str) -> str:
    return " ".join(camille.opens(path).text.split())


def test_what_stands_is_shown_with_what_to_do_and_then_what_is_over(camille: Browser) -> None:
    assert "Nothing needs you now." in text_of(camille, ALERTS)
    sitting = fill(camille)
    for path in (ALERTS, f"/coordination/sittings/{sitting}"):
        text = text_of(camille, path)
        assert "Full" in text
        assert "There is nothing to do" in text
        assert "I’m on it" not in text
        assert ">Can wait<" in text
    assert "A meal that is nearly full or full, a waiting list that grows." in text_of(
        camille, f"{ALERTS}/choices/mine"
    )
    camille.house.cancelled(sitting, f"all of {sitting}")
    text = text_of(camille, ALERTS)
    assert "Nothing needs you now." in text
    assert "Over by now" in text
    camille.house.clock.pass_time(days=8)
    camille.signs_in()
    assert "Over by now" not in text_of(camille, ALERTS)


def test_what_is_urgent_comes_first(camille: Browser) -> None:
    near, full = camille.house.opens(seats=40, cook_places=10, day=date(2026, 11, 26)), fill(camille)
    camille.house.clock.at = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
    camille.signs_in()
    look_at_alerts(camille.house.parts.service, URL)
    found = re.findall(r"<h2>([^<]+)</h2>", camille.opens(ALERTS).text)
    assert found == ["Too few cooks", "Few guests so far", "Full"]
    assert camille.opens(ALERTS).text.index(near) < camille.opens(ALERTS).text.index(full)


def test_who_is_on_it_is_shown_to_all(camille: Browser) -> None:
    sitting = fill(camille)
    page = f"/coordination/sittings/{sitting}"
    answer = camille.sends(f"{page}/alerts/sitting_full/on-it", page=page)
    assert (answer.status_code, answer.location) == (303, page)
    for path in (ALERTS, page):
        text = text_of(camille, path)
        assert "Camille Rey is on it." in text
        assert "I’m on it" not in text


def test_alerts_of_other_cantines_are_not_there(camille: Browser) -> None:
    theirs, mine = fill(camille, "metz-sablon"), fill(camille)
    assert text_of(camille, ALERTS).count("There is nothing to do") == 1
    page = f"/coordination/sittings/{mine}"
    for sitting, kind in ((theirs, "sitting_full"), (mine, "at_risk"), (mine, "nonsense"), ("%00", "sitting_full")):
        answer = camille.sends(f"/coordination/sittings/{sitting}/alerts/{kind}/on-it", page=page)
        assert answer.status_code == 404


def test_the_credit_for_sms_is_for_administrators(camille: Browser) -> None:
    camille.house.hears(SmsCredit(thing="brevo", revision=1, left=12, low=True, scarce=True), sender="notifications")
    assert "SMS credit is low" not in text_of(camille, ALERTS)
    assert camille.sends(f"{ALERTS}/sms-credit/brevo/on-it", page=f"{ALERTS}/choices/mine").status_code == 404
    with camille.house.parts.service.database.begin() as conn:
        conn.execute(sa.update(staff).values(role="administrator"))
    assert "Brevo will send 12 more text messages." in text_of(camille, ALERTS)
    assert camille.sends(f"{ALERTS}/sms-credit/brevo/on-it", page=ALERTS).location == ALERTS
    assert "Camille Rey is on it." in text_of(camille, ALERTS)
    assert camille.sends(f"{ALERTS}/sms-credit/ovh/on-it", page=f"{ALERTS}/choices/mine").status_code == 404


def test_a_late_change_is_shown_beside_what_was(camille: Browser) -> None:
    sitting = camille.house.opens(seats=20, cook_places=5)
    for name in "abc":
        camille.house.asked(sitting, name, Party(cooks=1, eaters=3))
    camille.house.clock.at = datetime(2026, 11, 30, 20, 30, tzinfo=UTC)
    camille.signs_in()
    camille.house.cancelled(sitting, "a")
    look_at_alerts(camille.house.parts.service, URL)
    said = "When booking closed: 12 people, 3 of them cooks. Now: 8 people, 2 of them cooks."
    assert said in text_of(camille, ALERTS)


def test_the_short_address_leads_to_the_meal(camille: Browser) -> None:
    sitting = camille.house.opens()
    short = short_sitting_page(URL, sitting).removeprefix(URL)
    assert len(short) == len("/coordination/m/") + 22
    assert camille.opens(short).location == f"/coordination/sittings/{sitting}"


@pytest.mark.parametrize("odd", ["x", "é", "AAAA", "a" * 23, "no-uuid"])
def test_a_short_address_of_nothing_leads_nowhere(camille: Browser, odd: str) -> None:
    assert sitting_of(odd) == odd
    assert camille.client.get(f"/coordination/m/{odd}", follow_redirects=True).status_code == 404


@pytest.mark.parametrize("kind", AlertKind)
def test_every_kind_has_its_words(camille: Browser, kind: AlertKind) -> None:
    with camille.client.application.test_request_context():
        assert headline(kind)
        assert to_do(kind)
