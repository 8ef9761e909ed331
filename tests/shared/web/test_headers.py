import gzip

from flask import make_response, request
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf

from shared.web.headers import keep_secret, policy
from tests.shared.web.sample import sample


def test_nothing_comes_from_elsewhere_and_nothing_inline_runs(client: FlaskClient) -> None:
    for path in ("/", "/nowhere", "/api/nowhere", "/static/theme.css"):
        headers = client.get(path, buffered=True).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in headers


def test_a_page_may_ask_for_more() -> None:
    assert "frame-src 'self'" in policy(frame_src="'self'")
    assert "frame-ancestors 'self'" in policy(frame_ancestors="'self'")


def test_what_is_addressed_by_its_content_is_kept_for_ever(client: FlaskClient) -> None:
    page = client.get("/").text
    address = page.split('<link rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in client.get(address, buffered=True).headers["Cache-Control"]
    assert "immutable" not in client.get("/static/theme.css", buffered=True).headers["Cache-Control"]
    assert "private" in client.get("/").headers["Cache-Control"]


def test_what_is_read_by_machines_travels_compressed(client: FlaskClient) -> None:
    address = client.get("/").text.split('<link rel="stylesheet" href="')[1].split('"')[0]
    plain = client.get(address, buffered=True)
    small = client.get(address, headers={"Accept-Encoding": "gzip, deflate, br"}, buffered=True)
    assert gzip.decompress(small.data) == plain.data and len(small.data) * 2 < len(plain.data)
    assert small.headers["Content-Encoding"] == "gzip" and int(small.headers["Content-Length"]) == len(small.data)
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in small.headers["Vary"] and "Accept-Encoding" in plain.headers["Vary"]
    refused = client.get(address, headers={"Accept-Encoding": "gzip;q=0"}, buffered=True)
    assert "Content-Encoding" not in refused.headers


def test_a_page_travels_compressed_if_no_token_is_in_it(database_url: str) -> None:
    app, wants = sample(database_url), {"Accept-Encoding": "gzip"}
    words = "<!doctype html><title>x</title><p>" + "soup " * 1000
    app.add_url_rule("/open", "open", lambda: words)
    app.add_url_rule("/form", "form", lambda: words + generate_csrf())
    app.add_url_rule("/hidden", "hidden", lambda: keep_secret(make_response(words)))
    client = app.test_client()
    answer = app.test_client().get("/open", headers=wants)
    assert gzip.decompress(answer.data).decode() == words and "Accept-Encoding" in answer.headers["Vary"]
    assert client.get("/open").text == words
    for path in ("/form", "/hidden", "/api/nowhere"):
        assert "Content-Encoding" not in client.get(path, headers=wants).headers
    with client.session_transaction() as session:
        session["staff"] = "somebody"
    assert "Content-Encoding" not in client.get("/open", headers=wants).headers


def test_each_answer_carries_a_fresh_id(client: FlaskClient) -> None:
    assert client.get("/").headers["X-Request-ID"] != client.get("/").headers["X-Request-ID"]


def test_a_proxy_is_believed_only_if_it_is_ours(database_url: str) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "localhost"}
    for behind_proxy in (False, True):
        app = sample(database_url, behind_proxy=behind_proxy)
        app.add_url_rule("/secure", "secure", lambda: str(request.is_secure))
        assert app.test_client().get("/secure", headers=forwarded).text == str(behind_proxy)


def test_a_service_lives_under_its_prefix(database_url: str) -> None:
    client = sample(database_url, prefix="/coordination").test_client()
    page = client.get("/coordination/")
    assert '"/coordination/static/theme.css?v=' in page.text
    assert client.get("/coordination/healthz").status_code == client.get("/healthz").status_code == 200


def test_the_demo_says_that_it_is_one(database_url: str) -> None:
    assert "/messages/mailbox" in sample(database_url).test_client().get("/nowhere").text
    assert "/messages/mailbox" not in sample(database_url, demo=False).test_client().get("/nowhere").text
