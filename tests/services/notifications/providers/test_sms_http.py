"""A provider that is only known from the settings, as a local server speaks it."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request as Asked
from werkzeug import Response

from services.notifications.domain.letter import Channel
from services.notifications.domain.sending import Accepted, NotNow, Outcome, Outgoing, Refused, Unknown
from services.notifications.providers.sms_http import HttpSms, Request, _filled, read_body

SMS = Outgoing(key="camille:reminder:x", channel=Channel.SMS, to="+33639980042", text='A "bientot", {from}')
BODY = read_body('{"messages": [{"to": "{to}", "body": "{text}", "ref": "{key}"}], "sender": "{from}", "flash": false}')


def send(httpserver: HTTPServer, outgoing: Outgoing = SMS) -> Outcome:
    request = Request(url=httpserver.url_for("/send"), authorization="Bearer token", body=BODY, ref="id")
    provider = HttpSms(request, sender="Tablee", connect=1, read=0.3)
    try:
        return provider.send(outgoing)
    finally:
        provider.close()


def test_an_sms_is_sent_as_the_settings_say(httpserver: HTTPServer) -> None:
    httpserver.expect_request(
        "/send",
        method="POST",
        headers={"Authorization": "Bearer token", "Idempotency-Key": SMS.key},
        json={"messages": [{"to": SMS.to, "body": SMS.text, "ref": SMS.key}], "sender": "Tablee", "flash": False},
    ).respond_with_json({"id": "abc"}, status=202)
    assert send(httpserver) == Accepted("abc")


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (204, Accepted()),
        (401, NotNow("HTTP 401")),
        (429, NotNow("HTTP 429")),
        (503, NotNow("HTTP 503")),
        (302, Unknown("HTTP 302")),
        (422, Refused("HTTP 422")),
        (500, Unknown("HTTP 500")),
    ],
)
def test_answers_are_told_apart(httpserver: HTTPServer, status: int, outcome: object) -> None:
    httpserver.expect_request("/send").respond_with_data("", status=status, headers={"Location": "http://127.0.0.1:9"})
    assert send(httpserver) == outcome


def test_silence_after_the_request_leaves_it_unknown(httpserver: HTTPServer) -> None:
    heard = threading.Event()

    def fall_silent(_request: Asked) -> Response:
        heard.wait(5)
        return Response("{}")

    httpserver.expect_request("/send").respond_with_handler(fall_silent)
    assert send(httpserver) == Unknown("ReadTimeoutError")
    heard.set()


@pytest.mark.parametrize("text", ["", "[]", '{"to": "{to}"}', '{"text": "{text}", "to": "to"}', "{to} {text}"])
def test_a_body_without_places_for_number_and_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_body(text)


@given(text=st.text())
def test_no_text_breaks_out_of_its_place(text: str) -> None:
    filled = _filled(BODY, {"to": "1", "text": text, "from": "T", "key": "k"})
    assert filled == {"messages": [{"to": "1", "body": text, "ref": "k"}], "sender": "T", "flash": False}
