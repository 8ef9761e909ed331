import socket

from flask.testing import FlaskClient

from tests.shared.web.sample import sample

NOBODY = "127.0.0.1:1"


def test_all_is_well(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok", "service": "booking"}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "service": "booking", "database": "ok"})


def test_without_its_database_a_service_lives_but_cannot_serve() -> None:
    client = sample(f"postgresql://postgres@{NOBODY}/x").test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"status": "away", "service": "booking", "database": "away"}


def test_without_the_broker_pages_are_still_served(database_url: str) -> None:
    answer = sample(database_url, broker_url=f"amqp://guest:guest@{NOBODY}//").test_client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {"status": "degraded", "service": "booking", "database": "ok", "broker": "away"}


def test_a_broker_that_hangs_is_away_although_its_port_is_open(database_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as hung:
        url = f"amqp://guest:guest@127.0.0.1:{hung.getsockname()[1]}//"
        answer = sample(database_url, broker_url=url).test_client().get("/readyz")
    assert answer.json == {"status": "degraded", "service": "booking", "database": "ok", "broker": "away"}


def test_one_broker_of_several_is_enough(database_url: str, rabbitmq: None) -> None:
    urls = f"amqp://guest:guest@{NOBODY}//;amqp://guest:guest@127.0.0.1:5672//"
    answer = sample(database_url, broker_url=urls).test_client().get("/readyz")
    assert answer.json is not None
    assert answer.json["broker"] == "ok"
