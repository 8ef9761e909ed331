"""A new key is put in front: what the old one signed is good until it is taken away."""

import pytest
from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from shared.links import ForgedLink, Links
from tests.shared.web.sample import sample

OLD, NEW = "an-old-key-for-tests-of-enough-characters", "a-newer-key-for-tests-of-enough-characters"


def app_with(database_url: str, *keys: str) -> Flask:
    app = sample(database_url, secret_keys=keys)

    def sign_in() -> str:
        session["who"] = "camille"
        return str(generate_csrf())

    app.add_url_rule("/in", "in", sign_in)
    app.add_url_rule("/who", "who", lambda: str(session.get("who")))
    app.add_url_rule("/write", "write", lambda: "written", methods=["POST"])
    return app


def test_who_is_signed_in_stays_so_and_their_open_forms_are_taken(database_url: str) -> None:
    before = app_with(database_url, OLD).test_client()
    token = before.get("/in").text
    cookie = before.get_cookie("tablee")
    assert cookie is not None
    for keys, known in (((NEW, OLD), True), ((NEW,), False)):
        client = app_with(database_url, *keys).test_client()
        client.set_cookie("tablee", cookie.value)
        assert client.get("/who").text == ("camille" if known else "None")
        answer = client.post("/write", data={"csrf_token": token})
        assert (answer.status_code == 200) is known


def test_links_in_letters_go_on_until_their_key_is_taken_away() -> None:
    sent = Links((OLD,)).sign("booking", "one")
    assert Links((NEW, OLD)).read("booking", sent) == "one"
    with pytest.raises(ForgedLink):
        Links((NEW,)).read("booking", sent)


def test_what_is_new_is_signed_with_the_new_key() -> None:
    assert Links((NEW,)).read("booking", Links((NEW, OLD)).sign("booking", "one")) == "one"


def test_a_key_that_was_removed_is_of_no_use_to_who_stole_it() -> None:
    with pytest.raises(ForgedLink):
        Links((NEW, OLD)).read("booking", Links(("a-third-key-that-nobody-here-ever-had-x",)).sign("booking", "one"))
