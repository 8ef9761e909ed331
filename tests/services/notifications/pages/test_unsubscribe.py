"""One click ends calls for cooks: what the e-mail says in its header, and what stands behind that address."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes

import pytest
from flask.testing import FlaskClient

from services.notifications.domain.solicitations import UNSUBSCRIBE
from services.notifications.providers.smtp import compose
from shared.contracts.person import AskedToCook, PersonNotice
from shared.contracts.reply import GuestAnswer, GuestReply
from tests.services.notifications.conftest import LINKS
from tests.services.notifications.house import STARTS_AT, NotificationsHouse, ScriptedProvider

ADA = PersonNotice(
    thing="ada",
    revision=1,
    name="Ada",
    email="ada@example.org",
    phone=None,
    language="fr",
    asked=(AskedToCook(sitting="lunch", call="1", until=STARTS_AT - timedelta(hours=4), link="http://x/cook/secret"),),
)


@pytest.fixture
def called(house: NotificationsHouse) -> dict[str, str]:
    """Ada is called to cook. The headers of the e-mail."""
    house.announce()
    house.hear(ADA)
    post = ScriptedProvider()
    house.send(email=post)
    (letter,) = post.received
    return dict(message_from_bytes(compose(letter, "post@example.org", letter.to)).items())


@pytest.fixture
def browser(house: NotificationsHouse) -> Iterator[FlaskClient]:
    with house.parts.make_web().test_client() as client:
        yield client


def path_in(headers: dict[str, str]) -> str:
    found = re.fullmatch(r"<http://127\.0\.0\.1:8000(/messages/unsubscribe/[\w.-]+)>", headers["List-Unsubscribe"])
    assert found
    return found[1]


def said(house: NotificationsHouse) -> list[tuple[str | None, GuestAnswer]]:
    return [(one.person, one.answer) for one in house.said(GuestReply)]


def test_a_program_for_mail_ends_calls_with_one_post(
    browser: FlaskClient, house: NotificationsHouse, called: dict[str, str]
) -> None:
    assert called["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for _time in range(2):
        answer = browser.post(path_in(called), data={"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert said(house) == [("ada", GuestAnswer.NO_MORE_CALLS)]


def test_who_opens_the_address_changes_nothing(
    browser: FlaskClient, house: NotificationsHouse, called: dict[str, str]
) -> None:
    page = browser.get(path_in(called), headers={"Accept-Language": "fr"})
    assert "Ne plus m’écrire à ce sujet" in page.text and said(house) == []
    assert "Nous ne vous appelons plus" in browser.post(path_in(called), headers={"Accept-Language": "fr"}).text
    assert len(said(house)) == 1


def test_who_agreed_again_can_end_it_again(
    browser: FlaskClient, house: NotificationsHouse, called: dict[str, str]
) -> None:
    browser.post(path_in(called))
    (first,) = house.said(GuestReply)
    house.clock.pass_time(days=1)
    browser.post(path_in(called))
    (second,) = house.said(GuestReply)
    assert second.revision > first.revision and second.said_at > first.said_at


def test_of_who_has_ended_nothing_is_said(
    browser: FlaskClient, house: NotificationsHouse, called: dict[str, str]
) -> None:
    house.hear(replace(ADA, revision=2, name=None, email=None, asked=(), ended=True))
    assert browser.post(path_in(called)).status_code == 200
    assert said(house) == []


def test_words_after_a_meal_end_with_one_click_too(browser: FlaskClient, house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    address = f"/messages/unsubscribe/{LINKS.sign(UNSUBSCRIBE, 'thanks:camille')}"
    assert "No more messages after a meal?" in browser.get(address, headers={"Accept-Language": "en"}).text
    assert house.said(GuestReply) == []
    assert "Nous ne vous écrivons plus" in browser.post(address, headers={"Accept-Language": "fr"}).text
    (reply,) = house.said(GuestReply)
    assert (reply.booking, reply.answer) == ("camille", GuestAnswer.NO_MORE_THANKS)
    nobody = LINKS.sign(UNSUBSCRIBE, "thanks:nobody")
    assert browser.post(f"/messages/unsubscribe/{nobody}").status_code == 200
    assert len(house.said(GuestReply)) == 1


def test_what_was_not_signed_for_this_is_not_found(browser: FlaskClient) -> None:
    others = LINKS.sign("booking", "cook_calls:ada"), LINKS.sign(UNSUBSCRIBE, "news:ada")
    for token in ("forged", *others, "%00", "%ED%A0%80"):
        for answer in (browser.get(f"/messages/unsubscribe/{token}"), browser.post(f"/messages/unsubscribe/{token}")):
            assert answer.status_code == 404


def test_letters_about_bookings_have_no_such_header(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    post = ScriptedProvider()
    house.send(email=post)
    assert b"List-Unsubscribe" not in compose(post.received[0], "post@example.org", post.received[0].to)
