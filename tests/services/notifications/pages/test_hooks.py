"""What providers bring to our door: who may, what is kept, and that nothing they send can hurt."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import sqlalchemy as sa
import urllib3
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.notifications.bootstrap import assemble
from services.notifications.domain.letter import name_of
from services.notifications.providers.signature import sign
from services.notifications.store.tables import delivery_receipt, text_in
from shared.clock import SetClock
from tests.services.notifications.conftest import SETTINGS
from tests.services.notifications.house import BY_SMS, NotificationsHouse
from tests.services.notifications.providers.test_hook_bounces import came_back

SECRET = "a-secret-of-a-provider-for-tests"
PHONE = str(BY_SMS["phone"])
HTTP, BREVO, OVH = (f"/messages/hooks/{name}/{SECRET}" for name in ("http", "brevo", "ovh"))


@pytest.fixture
def answerable(database_of: Callable[[str], str], clock: SetClock) -> Iterator[NotificationsHouse]:
    """Notifications with a number that can be answered, and a secret for who brings the answers."""
    env = {"NOTIFICATIONS_DATABASE_URL": database_of("notifications"), **SETTINGS}
    parts = assemble(env | {"HOOKS_SECRET": f"an-older-secret-of-a-provider,{SECRET}"}, clock=clock)
    yield NotificationsHouse(parts, clock)
    parts.service.database.dispose()


@pytest.fixture
def provider(answerable: NotificationsHouse) -> Iterator[FlaskClient]:
    """A provider's program."""
    with answerable.parts.make_web().test_client() as client:
        yield client


def kept(house: NotificationsHouse) -> list[tuple[str, str]]:
    with house.service.read() as conn:
        return [(row.phone, row.text) for row in conn.execute(sa.select(text_in).order_by(text_in.c.number))]


def test_a_text_is_kept_before_it_is_said_to_be_received(provider: FlaskClient, answerable: NotificationsHouse) -> None:
    assert provider.post(HTTP, json={"id": "1", "from": PHONE, "text": "Oui !"}).status_code == 200
    assert kept(answerable) == [(PHONE, "Oui !")]


@pytest.mark.parametrize("written", ["+33639980043", "0033639980043", "33639980043", "06 39 98 00 43"])
def test_numbers_are_read_as_providers_write_them(
    provider: FlaskClient, answerable: NotificationsHouse, written: str
) -> None:
    provider.post(HTTP, data={"id": "1", "from": written, "text": "Oui"})
    assert kept(answerable) == [(PHONE, "Oui")]


def test_ovh_brings_texts_by_get(provider: FlaskClient, answerable: NotificationsHouse) -> None:
    asked = {"id": "12", "sender": "+33639980043", "message": "Annuler"}
    assert provider.get(OVH, query_string=asked).status_code == 200
    assert provider.get(OVH, query_string=asked).status_code == 200
    assert kept(answerable) == [(PHONE, "Annuler")]


def test_brevo_brings_replies_among_other_events(provider: FlaskClient, answerable: NotificationsHouse) -> None:
    reply = {
        "id": 26570,
        "to": "33639980043",
        "messageId": 123,
        "msg_status": "replied",
        "reply": "Non",
        "ts_event": 16,
    }
    sent = {"id": 26570, "to": "33639980043", "messageId": 123, "msg_status": "sent", "credits_used": 1.5}
    another = {**reply, "to": "33639980044"}
    for body in (reply, sent, [reply, sent], {**reply, "ts_event": 17}, another):
        assert provider.post(BREVO, json=body).status_code == 200
    assert kept(answerable) == [(PHONE, "Non"), (PHONE, "Non"), ("+33639980044", "Non")]


def told(house: NotificationsHouse) -> list[tuple[str, str, str, str]]:
    """What providers told of letters: (provider, its name, ours, what)."""
    with house.service.read() as conn:
        rows = conn.execute(sa.select(delivery_receipt).order_by(delivery_receipt.c.number)).all()
    return [(row.provider, row.ref, row.name, row.delivery) for row in rows]


NAME = name_of("camille:confirmed:1")


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"event": "delivered", "message-id": f"<{NAME}@example.org>"}, ("", NAME, "delivered")),
        ({"event": "hard_bounce", "message-id": "<1@relay>", "X-Mailin-custom": NAME}, ("", NAME, "dead")),
        ({"event": "deferred", "message-id": f"<{NAME}@x>", "reason": "full"}, ("", NAME, "delayed")),
        ({"event": "soft_bounce", "message-id": f"<{NAME}@x>", "reason": "full"}, ("", NAME, "returned")),
        ({"event": "blocked", "message-id": f"<{NAME}@x>"}, ("", NAME, "returned")),
        ({"event": "spam", "message-id": f"<{NAME}@x>", "email": "camille@example.org"}, ("", NAME, "complained")),
        ({"msg_status": "delivered", "messageId": 1511882900176220}, ("1511882900176220", "", "delivered")),
        ({"msg_status": "hard_bounce", "messageId": 5, "tag": "camille:confirmed:1"}, ("5", NAME, "dead")),
        ({"msg_status": "soft_bounce", "messageId": 5, "tag": ["camille:confirmed:1"]}, ("5", NAME, "returned")),
    ],
)
def test_brevo_tells_what_became_of_letters(
    provider: FlaskClient, answerable: NotificationsHouse, event: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    assert provider.post(BREVO, json={"id": 26570, "ts_event": 1604933654, **event}).status_code == 200
    assert told(answerable) == [("brevo", *expected)]


def test_what_brevo_tells_of_others_letters_and_other_events_is_left(
    provider: FlaskClient, answerable: NotificationsHouse
) -> None:
    opened = {"event": "unique_opened", "message-id": f"<{NAME}@x>"}
    others = {"event": "delivered", "message-id": "<201798300811.5787683@relay.domain.com>"}
    assert provider.post(BREVO, json=[opened, others, {"msg_status": "sent", "messageId": 5}]).status_code == 200
    assert told(answerable) == []


@pytest.mark.parametrize(
    ("asked", "delivery"),
    [
        ({"ptt": "4", "description": "1"}, "delivered"),
        ({"dlr": "1"}, "delivered"),
        ({"ptt": "23", "description": "2"}, "dead"),
        ({"ptt": "24", "description": "2"}, "returned"),
        ({"ptt": "24", "description": "4"}, "delayed"),
        ({"ptt": "1"}, "delayed"),
        ({"ptt": "6", "description": "16"}, "returned"),
        ({"ptt": "3"}, None),
        ({"ptt": "6"}, None),
        ({"ptt": "x"}, None),
    ],
)
def test_ovh_tells_what_became_of_an_sms(
    provider: FlaskClient, answerable: NotificationsHouse, asked: dict[str, str], delivery: str | None
) -> None:
    assert provider.get(OVH, query_string={"id": "4242", "date": "20261124100000", **asked}).status_code == 200
    assert told(answerable) == ([("ovh", "4242", "", delivery)] if delivery else [])


def test_any_provider_tells_by_its_own_name_or_by_ours(provider: FlaskClient, answerable: NotificationsHouse) -> None:
    receipts = [{"ref": "abc", "status": "Delivered"}, {"key": "camille:confirmed:1", "status": "dead", "reason": "x"}]
    assert provider.post(HTTP, json=receipts).status_code == 200
    assert told(answerable) == [("http", "abc", "", "delivered"), ("http", "", NAME, "dead")]
    assert provider.post(HTTP, json={"ref": "abc", "status": "lost"}).status_code == 400
    assert provider.post(HTTP, json={"status": "delivered"}).status_code == 400


def test_a_mail_server_brings_what_came_back(provider: FlaskClient, answerable: NotificationsHouse) -> None:
    message = came_back()
    sent = {"data": message + b"x" * 200_000, "content_type": "message/rfc822"}
    assert provider.post(f"/messages/hooks/bounces/{SECRET}", **sent).status_code == 200
    bearer = {"Authorization": f"Bearer {SECRET}"}
    assert provider.post("/messages/hooks/bounces", data=b"Hello", headers=bearer).status_code == 200
    assert [one[0] for one in told(answerable)] == ["smtp"]
    assert provider.post("/messages/hooks/bounces/wrong", data=message).status_code == 404
    too_long = provider.post(f"/messages/hooks/bounces/{SECRET}", data=b"x" * 1_100_000)
    assert (too_long.status_code, len(told(answerable))) == (413, 1)


def signed(body: bytes, *, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,b3RoZXI= {sign(secret, 'msg_1', stamp, body)}",
        "Content-Type": "application/json",
    }


def test_a_signature_proves_who_it_is_for_minutes(provider: FlaskClient, answerable: NotificationsHouse) -> None:
    body = json.dumps({"id": "1", "from": PHONE, "text": "Oui"}).encode()
    address = "/messages/hooks/http"
    for wrong in (
        signed(body, at=time.time() - 600),
        signed(body, at=time.time() + 600),
        signed(body + b" "),
        signed(body, secret="another-secret-of-some-provider"),
        {**signed(body), "webhook-timestamp": "now"},
        {**signed(body), "webhook-signature": "v1,é"},
    ):
        assert provider.post(address, data=body, headers=wrong).status_code == 404
    assert provider.post(f"{HTTP}", data=body, headers=signed(body, secret="x" * 30)).status_code == 404, "both count"
    for _replay in range(2):
        assert provider.post(address, data=body, headers=signed(body)).status_code == 200
    assert kept(answerable) == [(PHONE, "Oui")]


def test_a_secret_may_come_as_a_bearer_token(provider: FlaskClient, answerable: NotificationsHouse) -> None:
    body = {"id": "1", "from": PHONE, "text": "Oui"}
    header = {"Authorization": f"Bearer {SECRET}"}
    assert provider.post("/messages/hooks/http", json=body, headers=header).status_code == 200
    assert provider.post("/messages/hooks/http", json=body).status_code == 404
    assert len(kept(answerable)) == 1


@pytest.mark.parametrize(
    "address", ["/messages/hooks/http/wrong", "/messages/hooks/http/é", f"/messages/hooks/twilio/{SECRET}"]
)
def test_who_does_not_know_the_secret_finds_nothing(
    provider: FlaskClient, answerable: NotificationsHouse, address: str
) -> None:
    assert provider.post(address, json={"id": "1", "from": PHONE, "text": "Oui"}).status_code == 404
    assert kept(answerable) == []


def test_without_a_secret_nobody_brings_anything(house: NotificationsHouse) -> None:
    with house.parts.make_web().test_client() as client:
        for address in (HTTP, "/messages/hooks/http", "/messages/hooks/http/"):
            assert client.post(address, json={"id": "1", "from": PHONE, "text": "Oui"}).status_code == 404


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[" * 50_000, "application/json"),
        (b'"text"', "application/json"),
        (b'[{"text": "Oui"}]', "application/json"),
        (b'{"id": {"a": 1}, "from": "+33639980043", "text": "Oui"}', "application/json"),
        (b'{"id": "\\u0000", "from": "+33639980043", "text": "Oui"}', "application/json"),
        (b'{"id": "\\ud800", "from": "+33639980043", "text": "Oui"}', "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"text=Oui", "application/x-www-form-urlencoded"),
    ],
)
def test_what_cannot_be_read_is_refused(
    provider: FlaskClient, answerable: NotificationsHouse, body: bytes, kind: str
) -> None:
    assert provider.post(HTTP, data=body, content_type=kind).status_code == 400
    assert kept(answerable) == []


def test_a_body_has_a_largest_size(provider: FlaskClient) -> None:
    assert provider.post(HTTP, json={"id": "1", "from": PHONE, "text": "x" * 100_000}).status_code == 413


def test_only_ovh_asks_by_get(provider: FlaskClient) -> None:
    assert provider.get(HTTP, query_string={"id": "1", "from": PHONE, "text": "Oui"}).status_code == 405


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=50),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=10), part, max_size=3),
    max_leaves=10,
)
_OF_TEXTS = ("id", "from", "text", "sender", "message", "to", "reply", "messageId", "msg_status", "ref")
_OF_RECEIPTS = ("event", "message-id", "X-Mailin-custom", "tag", "ptt", "dlr", "description", "status", "key", "reason")
NAMES = st.sampled_from([*_OF_TEXTS, *_OF_RECEIPTS])
WORDS = st.sampled_from([PHONE, "delivered", "hard_bounce", "dead", "4", f"<{NAME}@x>"])
BODIES = JSON | st.dictionaries(NAMES, JSON | WORDS, max_size=6)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([HTTP, BREVO, OVH]), BODIES)
def test_whatever_a_provider_sends_nothing_breaks(
    provider: FlaskClient, answerable: NotificationsHouse, address: str, body: Any
) -> None:
    answer = provider.post(address, data=json.dumps(body), content_type="application/json")
    assert answer.status_code in {200, 400}
    for timer in ("hear_texts", "hear_receipts"):
        answerable.parts.timers[timer]()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(), min_size=1, max_size=200))
def test_whatever_a_guest_writes_is_kept_and_handled(
    provider: FlaskClient, answerable: NotificationsHouse, text: str
) -> None:
    with answerable.service.database.begin() as conn:
        conn.execute(sa.delete(text_in))
    body = json.dumps({"id": text[:100].encode().hex() if text.isascii() else "x", "from": PHONE, "text": text})
    assert provider.post(HTTP, data=body, content_type="application/json").status_code == 200
    answerable.parts.timers["hear_texts"]()
    with answerable.service.read() as conn:
        assert conn.execute(sa.select(text_in.c.handled_at)).scalars().all() != [None]


def test_a_real_server_hears_a_real_provider(answerable: NotificationsHouse) -> None:
    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with make_server("127.0.0.1", 0, answerable.parts.make_web(), handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            site = f"http://127.0.0.1:{server.server_port}"
            pool = urllib3.PoolManager(timeout=5.0, retries=False)
            form = {"id": "1", "from": "06 39 98 00 43", "text": "Oui, ça marche"}
            assert pool.request("POST", site + HTTP, fields=form, encode_multipart=False).status == 200
            assert pool.request("GET", f"{site}{OVH}?id=1&sender=%2B33639980043&message=Merci").status == 200
            reply = {"to": "33639980043", "messageId": 5, "reply": "Annuler", "ts_event": 1}
            assert pool.request("POST", site + BREVO, json=[reply]).status == 200
            assert pool.request("GET", f"{site}{OVH}?id=4242&ptt=4&description=1").status == 200
            bounces = f"{site}/messages/hooks/bounces/{SECRET}"
            assert (
                pool.request("POST", bounces, body=came_back(), headers={"Content-Type": "message/rfc822"}).status
                == 200
            )
        finally:
            server.shutdown()
            thread.join()
    assert kept(answerable) == [(PHONE, "Oui, ça marche"), (PHONE, "Merci"), (PHONE, "Annuler")]
    assert told(answerable) == [("ovh", "4242", "", "delivered"), ("smtp", "", NAME, "dead")]
