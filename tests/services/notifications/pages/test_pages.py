"""The mailbox of the demo, and the short links of SMS."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient

from services.notifications.bootstrap import assemble
from shared.clock import SetClock
from tests.services.notifications.conftest import SETTINGS
from tests.services.notifications.house import BY_SMS, CAMILLE, NotificationsHouse


@pytest.fixture
def browser(house: NotificationsHouse) -> Iterator[FlaskClient]:
    """A browser on the demo's pages, after Camille and Sam were written to."""
    house.announce()
    house.book()
    house.book("sam", **BY_SMS, name="Sam <b>Fictif</b>")
    house.send()
    with house.parts.make_web().test_client() as client:
        yield client


def number_of(house: NotificationsHouse, address: str) -> int:
    (found,) = (message.id for message in house.mail() if message.address == address)
    return int(found)


def test_the_newest_messages_come_first(browser: FlaskClient, house: NotificationsHouse) -> None:
    page = browser.get("/messages/mailbox?lang=fr").text
    ids = [int(number) for number in re.findall(r'href="/messages/mailbox/(\d+)"', page)]
    assert ids == sorted(ids, reverse=True) and len(ids) == 2
    assert "Boîte aux lettres" in page
    assert "Mailbox" in browser.get("/messages/mailbox?lang=en").text


def test_messages_can_be_found_by_address(browser: FlaskClient) -> None:
    page = browser.get("/messages/mailbox?to=camille").text
    assert "camille@example.org" in page
    assert BY_SMS["phone"] not in page
    assert "/messages/mailbox/list?to=camille" in page
    assert BY_SMS["phone"] in browser.get("/messages/mailbox/list").text
    assert "camille" not in browser.get("/messages/mailbox/list?to=%25").text


@pytest.mark.parametrize(
    "typed", ["0639980043", "06 39 98 00 43", "98 00 43", "+33 6 39 98 00 43", "639980043", "0043"]
)
def test_a_number_is_found_however_it_is_written(browser: FlaskClient, typed: str) -> None:
    page = browser.get("/messages/mailbox/list", query_string={"to": typed}).text
    assert BY_SMS["phone"] in page and "camille@example.org" not in page


def test_nobody_was_written_to_at_an_address_that_no_database_can_hold(browser: FlaskClient) -> None:
    page = browser.get("/messages/mailbox/list?to=camille%00")
    assert page.status_code == 200
    assert "camille@example.org" not in page.text


def test_a_search_may_be_emptied(browser: FlaskClient) -> None:
    page = browser.get("/messages/mailbox?to=camille").text
    (form,) = re.findall(r'<form[^>]*role="search".*?</form>', page, re.DOTALL)
    assert 'name="to"' in form and "required" not in form


def test_an_e_mail_is_shown_as_text_with_links_that_can_be_followed(
    browser: FlaskClient, house: NotificationsHouse
) -> None:
    page = browser.get(f"/messages/mailbox/{number_of(house, 'camille@example.org')}")
    assert f'href="{CAMILLE.link}"' in page.text
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert "sandbox=" in page.text


def test_the_html_of_an_e_mail_can_do_nothing(browser: FlaskClient, house: NotificationsHouse) -> None:
    page = browser.get(f"/messages/mailbox/{number_of(house, 'camille@example.org')}/html")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "script" not in policy
    assert '<base target="_top">' in page.text


def test_an_sms_is_shown_with_its_length_and_what_was_typed_stays_text(
    browser: FlaskClient, house: NotificationsHouse
) -> None:
    page = browser.get(f"/messages/mailbox/{number_of(house, BY_SMS['phone'])}?lang=en").text
    assert re.search(r"1\d\d characters, 1 SMS", page)
    assert "<b>Fictif" not in page


def test_the_short_link_of_an_sms_leads_to_the_booking(browser: FlaskClient, house: NotificationsHouse) -> None:
    (sms,) = (message for message in house.mail() if message.channel == "sms")
    found = re.search(r"http://127\.0\.0\.1:8000(/messages/l/\S+)", sms.text)
    assert found
    answer = browser.get(found[1])
    assert (answer.status_code, answer.location) == (302, CAMILLE.link)
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_booking_keeps_its_short_link(browser: FlaskClient, house: NotificationsHouse) -> None:
    house.book("sam")
    house.send()
    links = {re.search(r"/messages/l/\S+", message.text) for message in house.mail() if message.channel == "sms"}
    assert len({link and link[0] for link in links}) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/messages/mailbox/999",
        "/messages/mailbox/999/html",
        "/messages/mailbox/9223372036854775808",
        "/messages/mailbox/9223372036854775808/calendar",
        "/messages/mailbox/x",
        "/messages/l/forged",
        "/messages/l/%00",
        "/messages/l/%ED%A0%80",
    ],
)
def test_what_is_not_there_is_not_found(browser: FlaskClient, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_in_the_demo_one_says_what_became_of_a_message(browser: FlaskClient, house: NotificationsHouse) -> None:
    page = f"/messages/mailbox/{number_of(house, 'camille@example.org')}"
    found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(page).text)
    assert found
    token = {"csrf_token": found[1]}
    assert browser.post(f"{page}/fate", data={**token, "told": "x"}).status_code == 400
    assert browser.post(f"{page}/fate", data={**token, "told": "dead"}).status_code == 303
    house.ring()
    house.send()
    assert len([message for message in house.mail() if message.address == CAMILLE.phone]) == 1


def test_outside_the_demo_there_is_no_mailbox(database_of: Callable[[str], str], clock: SetClock) -> None:
    env = {**SETTINGS, "DEMO": "", "MAIL_PROVIDER": "recorder", "SMS_PROVIDER": "recorder"}
    parts = assemble({**env, "NOTIFICATIONS_DATABASE_URL": database_of("notifications")}, clock=clock)
    with parts.make_web().test_client() as client:
        for path in ("/messages/mailbox", "/messages/mailbox/1", "/messages/mailbox/1/html"):
            assert client.get(path).status_code == 404
        assert client.get("/messages/healthz").status_code == 200
    parts.service.database.dispose()


def test_no_short_link_proves_the_address_beside_its_number(browser: FlaskClient, house: NotificationsHouse) -> None:
    proves = f"{CAMILLE.link}&by=mailbox"
    house.book("ada", email="ada@example.org", phone="+33639980044", by_sms=True, email_link=proves)
    house.send()
    (sms,) = (message for message in house.mail() if message.address == "+33639980044")
    found = re.search(r"http://127\.0\.0\.1:8000(/messages/l/\S+)", sms.text)
    assert found and browser.get(found[1]).location == CAMILLE.link
    house.book("ada", by_sms=False, email="ada@example.org", phone=None)
    house.send()
    (mail,) = (message for message in house.mail() if message.address == "ada@example.org")
    assert proves in mail.text
