import re
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from tests.shared.web.sample import sample

OLD_KEY = "a key of the sample that nobody may guess"
NEW_KEY = "a newer key of the sample, still a secret"


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def cookie(headers: Headers) -> str:
    return next(line for line in headers.getlist("Set-Cookie") if line.startswith("tablee="))


def sign_in(client: FlaskClient) -> Headers:
    return client.post("/sign-in", data={"csrf_token": token(client.get("/").text)}).headers


def test_who_signs_in_is_known_until_they_sign_out(client: FlaskClient) -> None:
    assert client.get("/me").text == "nobody"
    sign_in(client)
    assert client.get("/me").text == "marie vaise perrache"
    assert client.get("/me").headers["Cache-Control"] == "no-store"
    client.post("/sign-out", data={"csrf_token": token(client.get("/").text)})
    assert client.get("/me").text == "nobody"


def test_signing_in_leaves_nothing_of_the_session_before(client: FlaskClient) -> None:
    before = token(client.get("/").text)
    sign_in(client)
    assert client.post("/", data={"csrf_token": before, "name": "Zoé"}).status_code == 400


def test_the_cookie_is_kept_from_scripts_and_other_sites_for_twelve_hours(client: FlaskClient) -> None:
    said = cookie(sign_in(client))
    assert "HttpOnly" in said
    assert "SameSite=Lax" in said
    assert "Secure" not in said
    ends = datetime.strptime(said.split("Expires=")[1].split(";")[0], "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    assert abs(ends - datetime.now(UTC) - timedelta(hours=12)) < timedelta(minutes=1)


def test_after_twelve_hours_one_signs_in_again_however_busy_one_was(client: FlaskClient) -> None:
    sign_in(client)
    with client.session_transaction() as session:  # as a message does, it signs the cookie anew
        session["since"] -= 12 * 3600 + 1
    assert client.get("/me").text == "nobody"


def test_on_https_the_cookie_stays_on_https(database_url: str) -> None:
    client = sample(database_url, public_url="https://tablees.example").test_client()
    answer = client.get("/", base_url="https://tablees.example")
    assert "Secure" in cookie(answer.headers)
    assert answer.headers["Strict-Transport-Security"]


def test_a_key_can_be_rotated_without_signing_anybody_out(database_url: str) -> None:
    client = sample(database_url, secret_keys=(OLD_KEY,)).test_client()
    sign_in(client)
    form = token(client.get("/").text)
    value = client.get_cookie("tablee").value  # type: ignore[union-attr]
    rotated = sample(database_url, secret_keys=(NEW_KEY, OLD_KEY)).test_client()
    rotated.set_cookie("tablee", value)
    assert rotated.get("/me").text.startswith("marie")
    assert rotated.post("/", data={"csrf_token": form, "name": "Zoé"}).status_code == 302


def test_forms_of_one_service_stay_good_while_another_is_visited(database_url: str) -> None:
    booking, capacity = sample(database_url), sample(database_url, prefix="/coordination")
    first, second = booking.test_client(), capacity.test_client()
    form = token(first.get("/").text)
    second.set_cookie("tablee", first.get_cookie("tablee").value)  # type: ignore[union-attr]
    other = token(second.get("/coordination/").text)
    assert second.get_cookie("tablee").value == first.get_cookie("tablee").value  # type: ignore[union-attr]
    assert first.post("/", data={"csrf_token": form, "name": "Zoé"}).status_code == 302
    assert second.post("/coordination/", data={"csrf_token": other, "name": "Zoé"}).status_code == 302


def test_a_form_left_open_past_twelve_hours_is_told_to_be_sent_again(client: FlaskClient) -> None:
    form = token(client.get("/").text)
    later = datetime.now(UTC) + timedelta(hours=13)
    with patch("itsdangerous.timed.time.time", return_value=later.timestamp()):
        answer = client.post("/", data={"csrf_token": form, "name": "Zoé"})
    assert answer.status_code == 400
    assert "Merci d’envoyer à nouveau" in answer.text
