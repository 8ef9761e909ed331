"""Administrators see whether all three services move, what is stuck, since when, and what to do."""

import re
from datetime import timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from services.capacity.store.tables import staff
from shared.contracts.service_state import ServiceState, Trouble, Wait
from tests.services.capacity.pages.conftest import Browser

PAGE = "/coordination/health"
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def administrator(camille: Browser) -> Browser:
    with camille.house.parts.service.work() as work:
        work.conn.execute(sa.update(staff).values(role="administrator"))
    return camille


def text_of(page: str) -> str:
    """What is read on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def tells(browser: Browser, service: str, **more: object) -> None:
    """A service tells how it is: well, but for this."""
    now = browser.house.clock.at
    well: dict[str, object] = {"told_at": now, "broker": True, "hearers": 1, "unheard": 0, "waits": (), "troubles": ()}
    revision = int(now.timestamp())
    state = ServiceState(thing=service, revision=revision, **(well | more))  # type: ignore[arg-type]
    browser.house.hears(state, sender=service)


def test_only_administrators_see_it(camille: Browser) -> None:
    assert camille.opens(PAGE).status_code == 403
    assert PAGE not in camille.opens("/coordination/").text


def test_all_moves(administrator: Browser) -> None:
    for service in ("booking", "capacity", "notifications"):
        tells(administrator, service)
    page = administrator.opens(PAGE).text
    assert "Everything moves." in page and "silent" not in page.split("<ul")[2]
    assert PAGE in administrator.opens("/coordination/").text


def test_what_is_stuck_and_since_when_and_what_to_do(administrator: Browser) -> None:
    clock = administrator.house.clock
    tells(administrator, "notifications")
    since = clock.at
    clock.pass_time(minutes=10)
    tells(administrator, "capacity", unheard=40)
    troubles = (
        Trouble(how="stuck", what="seats_request", count=3, seconds=60),
        Trouble(how="parked", what="seats_answer", count=1, seconds=3600),
        Trouble(how="timer", what="thank", count=4, seconds=301, error="KeyError"),
    )
    waits = (Wait(what="notifications", count=1, seconds=400), Wait(what="capacity", count=2, seconds=400))
    tells(administrator, "booking", troubles=troubles, waits=waits, told_at=clock.at - timedelta(hours=1))
    page = text_of(administrator.opens(PAGE).text)
    assert "3 services need somebody." in page
    for words in (
        f"Nothing has been heard of it since {since.astimezone(PARIS):%a %-d %b %H:%M}.",
        "Times are those of Europe/Paris.",
        "40 tasks wait in its queue.",
        "3 items (seats_request) are never receipted",
        "services.booking unstick",
        "1 item (seats_answer) could not be handled",
        "killed or hung its worker",
        "services.booking parked list",
        "The timer “thank” has failed since",
        "1 message to notifications has waited since",
        "They leave by themselves once notifications hears: look there.",
        "2 messages to capacity wait, the oldest since",
        "Its clock is 60 minutes behind capacity’s.",
    ):
        assert words in page, (words, page)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_lack_has_words_in_both_languages(administrator: Browser, language: str) -> None:
    tells(administrator, "capacity", broker=False, hearers=None, unheard=None)
    tells(administrator, "notifications", hearers=0, waits=(Wait(what="letters", count=2, seconds=1000),))
    page = text_of(administrator.opens(f"{PAGE}?lang={language}").text)
    for words in {
        "fr": (
            "RabbitMQ ne le laisse pas entrer depuis le",
            "Aucun worker ne prend ce qui lui est dit",
            "2 lettres auraient dû partir",
            "On ne l’a pas encore entendu.",
            "capacity lui-même n’entend rien",
        ),
        "en": (
            "The broker has not let it in since",
            "No worker has taken what is said to it since",
            "2 letters should have left",
            "Nothing has been heard of it yet.",
            "capacity itself hears nothing",
        ),
    }[language]:
        assert words in page, (words, page)


def test_a_service_that_is_none_of_ours_is_not_shown(administrator: Browser) -> None:
    tells(administrator, "wizard")
    assert "wizard" not in administrator.opens(PAGE).text
