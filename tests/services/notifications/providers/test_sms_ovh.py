"""OVHcloud's interface for SMS, as a local server speaks it."""

import threading
import time
from collections.abc import Iterator
from hashlib import sha1

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from services.notifications.domain.letter import Channel
from services.notifications.domain.receipts import Delivery
from services.notifications.domain.sending import Accepted, NotNow, Outgoing, Refused, Unknown
from services.notifications.providers.sms_ovh import OvhSms

SMS = Outgoing(key="camille:reminder:x", channel=Channel.SMS, to="+33639980042", text="A bientot, Camille")
ACCOUNT = "/1.0/sms/sms-ab12345-1"
JOBS = f"{ACCOUNT}/jobs"
TAKEN = {"totalCreditsRemoved": 1, "invalidReceivers": [], "ids": [4242], "validReceivers": [SMS.to]}
AN_HOUR = 3600


@pytest.fixture
def ovh(httpserver: HTTPServer) -> Iterator[OvhSms]:
    """A provider whose server is an hour ahead of us."""
    httpserver.expect_request("/1.0/auth/time").respond_with_data(str(int(time.time()) + AN_HOUR))
    provider = OvhSms(
        service="sms-ab12345-1",
        application="app",
        secret="secret",
        consumer="consumer",
        sender="Tablee",
        url=httpserver.url_for("").rstrip("/"),
        connect=1,
        read=0.3,
    )
    yield provider
    provider.close()


def test_an_sms_is_accepted_as_a_service_message(httpserver: HTTPServer, ovh: OvhSms) -> None:
    seen: list[Request] = []

    def take(request: Request) -> Response:
        seen.append(request)
        job = request.get_json()
        assert (job["receivers"], job["message"], job["sender"]) == ([SMS.to], SMS.text, "Tablee")
        assert job["noStopClause"] is True
        return Response('{"ids": [4242], "invalidReceivers": []}', content_type="application/json")

    httpserver.expect_request(JOBS, method="POST").respond_with_handler(take)
    assert ovh.send(SMS) == Accepted("4242")
    httpserver.check_assertions()
    assert seen


def test_each_request_is_signed_by_the_servers_clock(httpserver: HTTPServer, ovh: OvhSms) -> None:
    def check(request: Request) -> Response:
        told = request.headers["X-Ovh-Timestamp"]
        signed = f"secret+consumer+POST+{request.url}+{request.get_data(as_text=True)}+{told}"
        assert request.headers["X-Ovh-Signature"] == "$1$" + sha1(signed.encode()).hexdigest()
        assert (request.headers["X-Ovh-Application"], request.headers["X-Ovh-Consumer"]) == ("app", "consumer")
        assert abs(int(told) - time.time() - AN_HOUR) < 10
        return Response('{"ids": [1]}', content_type="application/json")

    httpserver.expect_request(JOBS).respond_with_handler(check)
    ovh.send(SMS)
    httpserver.check_assertions()


@pytest.mark.parametrize(
    ("status", "answer", "outcome"),
    [
        (200, TAKEN | {"ids": [], "invalidReceivers": [SMS.to]}, Refused("the number is not valid", Delivery.DEAD)),
        (200, {}, Unknown("an answer that cannot be understood")),
        (200, ["what"], Unknown("an answer that cannot be understood")),
        (403, {"errorCode": "INVALID_CREDENTIAL"}, NotNow("HTTP 403 INVALID_CREDENTIAL")),
        (402, {}, NotNow("HTTP 402")),
        (429, {}, NotNow("HTTP 429")),
        (503, {}, NotNow("HTTP 503")),
        (400, {"message": f"about {SMS.to}"}, Refused("HTTP 400")),
        (500, {}, Unknown("HTTP 500")),
    ],
)
def test_refusals_are_told_apart(
    httpserver: HTTPServer, ovh: OvhSms, status: int, answer: object, outcome: object
) -> None:
    httpserver.expect_request(JOBS).respond_with_json(answer, status=status)
    assert ovh.send(SMS) == outcome


def test_silence_after_the_request_leaves_it_unknown(httpserver: HTTPServer, ovh: OvhSms) -> None:
    heard = threading.Event()

    def fall_silent(_request: Request) -> Response:
        heard.wait(5)
        return Response("{}")

    httpserver.expect_request(JOBS).respond_with_handler(fall_silent)
    assert ovh.send(SMS) == Unknown("ReadTimeoutError")
    heard.set()


def test_nobody_there_has_certainly_not_taken_it() -> None:
    away = OvhSms(service="s", application="a", secret="s", consumer="c", sender="T", url="http://127.0.0.1:9")
    assert isinstance(away.send(SMS), NotNow)
    assert away.credit() is None


@pytest.mark.parametrize(
    ("answer", "status", "left"),
    [({"creditsLeft": 47.5}, 200, 47), ({"creditsLeft": "many"}, 200, None), ({}, 200, None), ({}, 403, None)],
)
def test_the_credit_is_what_the_account_says(
    httpserver: HTTPServer, ovh: OvhSms, answer: object, status: int, left: int | None
) -> None:
    httpserver.expect_request(ACCOUNT, method="GET").respond_with_json(answer, status=status)
    assert ovh.credit() == left
