"""What the law wants said: honest where nothing was told, and no other than what the rules do."""

from collections.abc import Callable, Iterator

import pytest

from services.booking.bootstrap import assemble
from services.booking.domain.legal import Conformity, conformity
from services.booking.domain.persons import FORGOTTEN_AFTER
from services.booking.settings import Settings
from shared.clock import SetClock
from shared.purge import KEPT
from shared.settings import WrongSetting
from tests.services.booking.conftest import SETTINGS
from tests.services.booking.house import BookingHouse
from tests.services.booking.pages.conftest import Browser

TOLD = {
    "LEGAL_PUBLISHER": "Réseau Les Tablées",
    "LEGAL_ADDRESS": "1 rue des Invités, 69009 Lyon",
    "LEGAL_DIRECTOR": "Camille Exemple",
    "LEGAL_CONTACT": "bonjour@example.org",
    "LEGAL_HOST": "Hébergeur Exemple",
    "ACCESSIBILITY_RATE": "82",
    "ACCESSIBILITY_AUDITOR": "Cabinet Exemple",
}


@pytest.fixture
def told(database_of: Callable[[str], str], clock: SetClock) -> Iterator[Browser]:
    """A network that has told all."""
    parts = assemble({"BOOKING_DATABASE_URL": database_of("booking"), **SETTINGS, **TOLD}, clock=clock)
    client = parts.make_web().test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    yield Browser(client)
    parts.service.database.dispose()


def test_a_canteen_says_what_it_keeps_and_for_as_long_as_it_does(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    page = browser.open("/cantines/lyon-saone/privacy").text
    for words in ("La Tablée de Saône", "saone@example.org", "06\N{NO-BREAK SPACE}39\N{NO-BREAK SPACE}98"):
        assert words in page
    assert f"Forgotten {KEPT.days} days after the meal" in page
    assert f"without a visit for {FORGOTTEN_AFTER.days // 30} months" in page
    assert browser.open("/cantines/nowhere/privacy").status_code == 404


def test_every_page_leads_to_the_notices(house: BookingHouse, browser: Browser) -> None:
    house.announce()
    page = browser.open("/meals/lunch").text
    for path in ("/privacy", "/legal", "/accessibility", "/cantines/lyon-saone/privacy", "/my/bookings"):
        assert f'href="{path}"' in page
        assert browser.open(path).status_code == 200
    assert 'href="/cantines/lyon-saone/privacy"' in browser.open("/privacy").text


def test_what_was_not_told_is_said_to_be_missing(browser: Browser) -> None:
    legal = browser.open("/legal").text
    assert "not complete yet" in legal and "missing" in legal
    statement = browser.open("/accessibility").text
    assert "Not audited." in statement and "conforms" not in statement


def test_what_was_told_is_said(told: Browser) -> None:
    legal = told.open("/legal").text
    assert "missing" not in legal
    assert all(value in legal for name, value in TOLD.items() if name.startswith("LEGAL_"))
    statement = told.open("/accessibility").text
    assert "conforms partially" in statement and "Cabinet Exemple" in statement and "82 %" in statement


@pytest.mark.parametrize(
    ("rate", "called"),
    [
        (None, Conformity.NOT_AUDITED),
        (0, Conformity.NONE),
        (49, Conformity.NONE),
        (50, Conformity.PARTIAL),
        (99, Conformity.PARTIAL),
        (100, Conformity.FULL),
    ],
)
def test_a_site_is_called_what_its_audit_allows(rate: int | None, called: Conformity) -> None:
    assert conformity(rate) is called


@pytest.mark.parametrize("rate", ["101", "-1", "82 %", "many"])
def test_a_rate_that_is_none_stops_the_start(rate: str) -> None:
    with pytest.raises(WrongSetting, match="ACCESSIBILITY_RATE"):
        Settings.from_env({"BOOKING_DATABASE_URL": "sqlite:///x", **SETTINGS, "ACCESSIBILITY_RATE": rate})
