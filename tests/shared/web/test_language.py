from flask.testing import FlaskClient


def lang(client: FlaskClient, path: str = "/", browser: str = "") -> str:
    page = client.get(path, headers={"Accept-Language": browser}).text
    return page.split('<html lang="')[1].split('"')[0]


def test_french_is_spoken_unless_told_otherwise(client: FlaskClient) -> None:
    assert lang(client) == "fr"
    assert lang(client, browser="de-AT, ja;q=0.5") == "fr"


def test_the_browser_may_ask(client: FlaskClient) -> None:
    assert lang(client, browser="en-GB, fr;q=0.5") == "en"


def test_a_choice_is_remembered_and_outweighs_the_browser(client: FlaskClient) -> None:
    assert lang(client, "/?lang=en", browser="fr") == "en"
    assert lang(client, browser="fr") == "en"


def test_an_unknown_choice_changes_nothing(client: FlaskClient) -> None:
    answer = client.get("/?lang=xx")
    assert "tablee_language" not in str(answer.headers)
    assert answer.headers["Content-Language"] == "fr"


def test_the_switch_keeps_the_page_and_its_question(client: FlaskClient) -> None:
    page = client.get("/wrong?cantine=vaise&lang=fr").text
    assert 'href="/wrong?cantine=vaise&amp;lang=en"' in page


def test_the_switch_leads_home_from_where_one_cannot_return(client: FlaskClient) -> None:
    assert 'href="/?lang=en"' in client.get("/nowhere?x=1").text


def test_the_api_speaks_the_language_asked_for(client: FlaskClient) -> None:
    answer = client.get("/api/nowhere", headers={"Accept-Language": "en"})
    assert answer.json is not None
    assert answer.json["title"] == "There is nothing here"
