"""A coordinator chooses when guests are reminded."""

from datetime import time

import pytest

from shared.contracts.sitting import SittingNotice
from tests.services.capacity.pages.conftest import Browser

PAGE = "/coordination/reminders"


def test_a_coordinator_chooses_when_her_cantine_reminds(camille: Browser) -> None:
    sitting = camille.house.opens()
    assert 'value="16:00"' in camille.opens(PAGE).text
    answer = camille.sends(f"{PAGE}/lyon-vaise", page=PAGE, days="2", at="10:30")
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert 'value="10:30"' in camille.opens(PAGE).text
    assert _said(camille, sitting) == (2, time(10, 30))


def test_an_sms_on_the_morning_is_offered_or_not(camille: Browser) -> None:
    sitting = camille.house.opens()
    for more, offered in (({"morning": "1"}, True), ({}, False)):
        camille.sends(f"{PAGE}/lyon-vaise", page=PAGE, days="1", at="16:00", **more)
        assert camille.house.said(SittingNotice, "booking")[sitting].cantine.morning_sms is offered


def test_a_word_after_the_meal_is_offered_or_not(camille: Browser) -> None:
    sitting = camille.house.opens()
    assert not camille.house.said(SittingNotice, "booking")[sitting].cantine.thanks
    for more, offered in (({"thanks": "1"}, True), ({}, False)):
        camille.sends(f"{PAGE}/lyon-vaise", page=PAGE, days="1", at="16:00", **more)
        assert camille.house.said(SittingNotice, "booking")[sitting].cantine.thanks is offered


@pytest.mark.parametrize(
    "wrong", [{"days": "0"}, {"days": "8"}, {"days": "one"}, {"at": "07:59"}, {"at": "21:00"}, {"at": ""}, {"at": "x"}]
)
def test_not_at_night_nor_so_long_before(camille: Browser, wrong: dict[str, str]) -> None:
    sitting = camille.house.opens()
    answer = camille.sends(f"{PAGE}/lyon-vaise", page=PAGE, **{"days": "1", "at": "16:00", **wrong})
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert _said(camille, sitting) == (1, time(16, 0))


def test_not_of_another_cantine(camille: Browser) -> None:
    assert camille.sends(f"{PAGE}/metz-sablon", page=PAGE, days="2", at="10:00").status_code == 404


def test_a_stranger_signs_in_first(browser: Browser) -> None:
    assert browser.opens(PAGE).status_code == 303


def _said(camille: Browser, sitting: str) -> tuple[int, time]:
    notice = camille.house.said(SittingNotice, "notifications")[sitting]
    return notice.cantine.reminder_days, notice.cantine.reminder_at
