"""What Prometheus reads of a service."""

import re
from typing import Any

from flask.testing import FlaskClient

from tests.shared.web.sample import sample


def metered(database_url: str, **changes: Any) -> FlaskClient:
    return sample(database_url, metrics=True, demo=False, **changes).test_client()


def value(told: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", told, re.MULTILINE)
    assert found, f"{name} is not told:\n{told}"
    return float(found[1])


def test_requests_are_counted_by_route_and_outcome(database_url: str) -> None:
    client = metered(database_url)
    for _ in range(3):
        client.get("/healthz")
    client.get("/nowhere/a-secret")
    told = client.get("/metrics").text
    assert value(told, 'tablee_requests_total{route="/healthz",service="booking",status="200"}') == 3
    assert value(told, 'tablee_requests_total{route="none",service="booking",status="404"}') == 1
    assert value(told, 'tablee_request_seconds_count{route="/healthz",service="booking"}') == 3
    assert "a-secret" not in told


def test_who_comes_through_the_proxy_is_told_nothing(database_url: str) -> None:
    for behind in (True, False):
        client = metered(database_url, behind_proxy=behind)
        answer = client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"})
        assert answer.status_code == 404
        assert "tablee_" not in answer.text


def test_it_is_not_there_unless_it_is_wanted(client: FlaskClient) -> None:
    assert client.get("/metrics").status_code == 404


def test_a_database_that_is_away_is_told(database_url: str) -> None:
    told = metered("postgresql://postgres@127.0.0.1:1/x").get("/metrics").text
    assert value(told, 'tablee_database_up{service="booking"}') == 0


def test_a_broker_that_is_away_is_told(database_url: str) -> None:
    told = metered(database_url, broker_url="amqp://guest:guest@127.0.0.1:1//").get("/metrics").text
    assert value(told, 'tablee_broker_up{service="booking"}') == 0
