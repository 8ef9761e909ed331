"""Brevo's interface for SMS, as a local server speaks it."""

import socket
import threading
from collections.abc import Iterator

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from services.notifications.domain.letter import Channel
from services.notifications.domain.receipts import Delivery
from services.notifications.domain.sending import Accepted, NotNow, Outgoing, Refused, Unknown
from services.notifications.providers.sms_brevo import BrevoSms

SMS = Outgoing(key="camille:reminder:x", channel=Channel.SMS, to="+33639980042", text="A bientot, Camille")
PATH = "/v3/transactionalSMS/send"


@pytest.fixture
def brevo(httpserver: HTTPServer) -> Iterator[BrevoSms]:
    provider = BrevoSms(api_key="a-key", sender="Tablee", url=httpserver.url_for("").rstrip("/"), connect=1, read=0.3)
    yield provider
    provider.close()


def test_an_sms_is_accepted(httpserver: HTTPServer, brevo: BrevoSms) -> None:
    httpserver.expect_request(
        PATH,
        method="POST",
        headers={"api-key": "a-key"},
        json={
            "sender": "Tablee",
            "recipient": "33639980042",
            "content": SMS.text,
            "type": "transactional",
            "tag": SMS.key,
            "unicodeEnabled": False,
        },
    ).respond_with_json({"messageId": 1511882900176220}, status=201)
    assert brevo.send(SMS) == Accepted("1511882900176220")
    httpserver.check_assertions()


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (429, "too_many_requests", NotNow("HTTP 429 too_many_requests")),
        (402, "not_enough_credits", NotNow("HTTP 402 not_enough_credits")),
        (400, "not_enough_credits", NotNow("HTTP 400 not_enough_credits")),
        (401, "unauthorized", NotNow("HTTP 401 unauthorized")),
        (503, "", NotNow("HTTP 503")),
        (400, "invalid_parameter", Refused("HTTP 400 invalid_parameter")),
        (400, "duplicate_parameter", Accepted()),
        (500, "", Unknown("HTTP 500")),
        (502, "", Unknown("HTTP 502")),
    ],
)
def test_refusals_are_told_apart(
    httpserver: HTTPServer, brevo: BrevoSms, status: int, code: str, outcome: object
) -> None:
    answer = {"code": code, "message": f"about {SMS.to}"}
    httpserver.expect_request(PATH).respond_with_json(answer, status=status)
    assert brevo.send(SMS) == outcome


def test_a_number_that_is_none_is_known_to_be_dead(httpserver: HTTPServer, brevo: BrevoSms) -> None:
    answer = {"code": "invalid_parameter", "message": f"Invalid telephone number {SMS.to}"}
    httpserver.expect_request(PATH).respond_with_json(answer, status=400)
    assert brevo.send(SMS) == Refused("HTTP 400 invalid_parameter", Delivery.DEAD)


def test_a_sender_that_is_none_says_nothing_of_the_number(httpserver: HTTPServer, brevo: BrevoSms) -> None:
    answer = {"code": "invalid_parameter", "message": "Sender must be a phone number or alphanumeric"}
    httpserver.expect_request(PATH).respond_with_json(answer, status=400)
    assert brevo.send(SMS) == Refused("HTTP 400 invalid_parameter")


@pytest.mark.parametrize("body", ["<html>welcome to the hotel's network</html>", "[]", "{}", ""])
def test_an_answer_that_cannot_be_understood_leaves_it_unknown(
    httpserver: HTTPServer, brevo: BrevoSms, body: str
) -> None:
    httpserver.expect_request(PATH).respond_with_data(body, status=200)
    assert isinstance(brevo.send(SMS), Unknown)


def test_silence_after_the_request_leaves_it_unknown(httpserver: HTTPServer, brevo: BrevoSms) -> None:
    taken: list[str] = []
    heard = threading.Event()

    def take_and_fall_silent(request: Request) -> Response:
        taken.append(request.get_json()["tag"])
        heard.wait(5)
        return Response(status=201)

    httpserver.expect_request(PATH).respond_with_handler(take_and_fall_silent)
    assert brevo.send(SMS) == Unknown("ReadTimeoutError")
    heard.set()
    assert taken == [SMS.key]


def test_nobody_there_has_certainly_not_taken_it() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    outcome = BrevoSms(api_key="a-key", sender="Tablee", url=url).send(SMS)
    assert outcome == NotNow("no connection: NewConnectionError")


def test_a_connection_cut_after_the_request_leaves_it_unknown() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def cut() -> None:
            connection, _ = listener.accept()
            connection.recv(65536)
            connection.close()

        threading.Thread(target=cut, daemon=True).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        assert isinstance(BrevoSms(api_key="a-key", sender="Tablee", url=url).send(SMS), Unknown)


@pytest.mark.parametrize(
    ("answer", "status", "left"),
    [
        (
            {"plan": [{"type": "free", "credits": 300}, {"type": "sms", "credits": 47.5, "creditsType": "sendLimit"}]},
            200,
            47,
        ),
        ({"plan": [{"type": "sms", "credits": 0}]}, 200, 0),
        ({"plan": [{"type": "free", "credits": 300}]}, 200, None),
        ({"plan": [{"type": "sms", "credits": "many"}, 7]}, 200, None),
        ({"plan": "free"}, 200, None),
        ({"code": "unauthorized"}, 401, None),
    ],
)
def test_the_credit_is_that_of_the_plan_for_sms(
    httpserver: HTTPServer, brevo: BrevoSms, answer: object, status: int, left: int | None
) -> None:
    httpserver.expect_request("/v3/account", method="GET", headers={"api-key": "a-key"}).respond_with_json(
        answer, status=status
    )
    assert brevo.credit() == left


def test_a_provider_that_is_away_tells_no_credit() -> None:
    provider = BrevoSms(api_key="a-key", sender="Tablee", url="http://127.0.0.1:9", connect=0.2, read=0.2)
    assert provider.credit() is None
