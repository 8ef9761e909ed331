import re
from traceback import format_exception

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from tests.shared.web.sample import sample

TOLD = [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503]


@pytest.mark.parametrize("status", TOLD)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_problem_has_a_friendly_page(client: FlaskClient, status: int, language: str) -> None:
    answer = client.get(f"/problem/{status}", headers={"Accept-Language": language})
    assert answer.status_code == status
    assert f'<html lang="{language}">' in answer.text
    assert re.search(r"<h1>.{8,}</h1>", answer.text)


def test_what_may_be_gone_a_moment_later_can_be_tried_again(client: FlaskClient) -> None:
    for status in (429, 500, 503):
        assert f'<a class="button" href="/problem/{status}">' in client.get(f"/problem/{status}").text
    assert 'class="button" ' not in client.get("/problem/404").text


def test_programs_are_told_in_their_own_way(client: FlaskClient) -> None:
    answer = client.get("/api/v1/full")
    assert answer.status_code == 409
    assert answer.mimetype == "application/problem+json"
    assert answer.json == {
        "type": "about:blank",
        "title": "Complet",
        "status": 409,
        "detail": "Il n’y a plus de place.",
        "errors": {"party": ["Trop"]},
    }


def test_who_accepts_json_is_a_program(client: FlaskClient) -> None:
    assert client.get("/nowhere", headers={"Accept": "application/json"}).mimetype == "application/problem+json"
    assert client.get("/nowhere", headers={"Accept": "*/*"}).mimetype == "text/html"


def test_a_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    answer = client.get("/sign-in")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_form_sent_without_its_token_changes_nothing_and_says_what_to_do(client: FlaskClient) -> None:
    answer = client.post("/", data={"name": "Amina"}, headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert "open for a long time" in answer.text
    assert '<a class="button" href="/">Open the page afresh</a>' in answer.text
    assert "Amina" not in client.get("/").text


def test_too_much_is_refused(client: FlaskClient) -> None:
    answer = client.post("/", data={"name": "x" * 70_000})
    assert answer.status_code == 413
    assert "C’est trop long" in answer.text


def test_another_host_name_is_refused(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "elsewhere.example" not in answer.text


def test_a_crash_is_logged_without_the_secret_link_and_told_with_a_number(database_url: str) -> None:
    app = sample(database_url)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with capture_logs() as logged:
        answer = app.test_client().get("/b/secret-token")
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in answer.text
    assert [line["event"] for line in logged] == ["A page raised.", "A request was answered."]
    told = "".join(format_exception(*logged[0].pop("exc_info"))) + str(logged)
    assert "broken" in told
    assert "secret-token" not in told


def test_while_the_database_is_away_one_is_asked_to_come_back() -> None:
    app = sample("postgresql://postgres@127.0.0.1:1/nowhere")
    answer = app.test_client().get("/away")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "cuisine" in answer.text
