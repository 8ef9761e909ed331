"""Administrators look at every letter before anybody else has to."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from services.notifications.domain.letter import BACK_TO_TEXTS, LetterKind
from services.notifications.pages import letter_words
from shared.contracts.staff import StaffRole
from tests.services.notifications.house import NotificationsHouse
from tests.services.notifications.pages.staff import enter as sign_in

Enter = Callable[..., FlaskClient]


@pytest.fixture
def enter(house: NotificationsHouse) -> Enter:
    """Gives a browser in which somebody of a role is signed in."""
    app = house.parts.make_web()

    return lambda role, *cantines: sign_in(house, app, role, *cantines)


@pytest.mark.parametrize("kind", LetterKind)
def test_every_kind_is_shown_in_both_languages(enter: Enter, kind: LetterKind) -> None:
    browser = enter(StaffRole.ADMINISTRATOR)
    page = browser.get(f"/messages/preview/{kind.value}?lang=en")
    assert page.status_code == 200
    assert 'id="in-fr"' in page.text and 'id="in-en"' in page.text
    frames = re.findall(r'<iframe class="paper" src="([^"]+)"[^>]* sandbox>', page.text)
    assert len(frames) >= 2 or kind in BACK_TO_TEXTS
    for frame in frames:
        letter = browser.get(frame)
        assert letter.status_code == 200 and "<!doctype html>" in letter.text
        policy = letter.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and policy.endswith("sandbox")
    assert ("GSM-7" in page.text) is ("Only by e-mail" not in page.text)
    if kind is not LetterKind.HOST_MESSAGE:
        assert "2 SMS" not in page.text


def test_all_kinds_are_listed_in_words(enter: Enter) -> None:
    page = enter(StaffRole.ADMINISTRATOR).get("/messages/preview?lang=fr").text
    for kind in LetterKind:
        assert f"/messages/preview/{kind.value}" in page
        assert kind.value not in re.sub(r'href="[^"]*"', "", page)


def test_every_kind_is_called_by_words(house: NotificationsHouse) -> None:
    with house.parts.make_web().test_request_context():
        assert {letter_words.kind(kind) for kind in LetterKind}.isdisjoint(kind.value for kind in LetterKind)


@pytest.mark.parametrize("role", [StaffRole.HOST, StaffRole.COORDINATOR, StaffRole.HELPER])
def test_others_do_not_see_it(enter: Enter, role: StaffRole) -> None:
    browser = enter(role, "lyon-saone")
    for path in ("", "/confirmed", "/confirmed/fr/0"):
        assert browser.get(f"/messages/preview{path}").status_code == 403


@pytest.mark.parametrize("path", ["/pigeon", "/confirmed/fr/99", "/confirmed/xx/0", "/sign_in/%00/0"])
def test_what_is_not_there_is_not_found(enter: Enter, path: str) -> None:
    assert enter(StaffRole.ADMINISTRATOR).get(f"/messages/preview{path}").status_code == 404
