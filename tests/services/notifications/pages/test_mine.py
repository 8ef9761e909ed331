"""What was written to me, and what I wrote: behind the link that booking has sent."""

import pytest
from flask.testing import FlaskClient

from services.notifications.domain.receipts import Delivery
from services.notifications.domain.sending import Refused
from services.notifications.use_cases.receive_text import receive_text
from shared.contracts.guest_link import MINE
from shared.links import Links
from tests.services.notifications.house import BY_SMS, NotificationsHouse
from tests.services.notifications.house import ScriptedProvider as Post


def page(house: NotificationsHouse) -> str:
    return "/messages/my/" + Links(house.settings.secret_keys).sign(MINE, "request")


@pytest.fixture
def client(house: NotificationsHouse) -> FlaskClient:
    """Somebody whose browser wants English."""
    client = house.parts.make_web().test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_i_see_my_letters_and_my_texts_and_nobody_elses(house: NotificationsHouse, client: FlaskClient) -> None:
    house.announce()
    house.book("sam", **BY_SMS, name="Sam Exemple")
    house.book()
    receive_text(house.service, "http", "one", BY_SMS["phone"], "Je serai en retard")
    house.ring()
    house.ask_for_link(email=None, phone=BY_SMS["phone"])
    answer = client.get(page(house))
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Booked" in answer.text and "Je serai en retard" in answer.text
    kept = client.get(page(house) + "/kept.json").get_json()
    assert {one["to"] for one in kept["letters"]} == {"Sam Exemple", None}
    assert [one["text"] for one in kept["texts_from_you"]] == ["Je serai en retard"]
    assert kept["said_stop"] is False


def test_who_booked_for_others_takes_along_for_whom(house: NotificationsHouse, client: FlaskClient) -> None:
    house.announce()
    house.book("jeanne", **BY_SMS, name="Jeanne Exemple", proxy="Ursula Voisine", to_proxy=True)
    house.ring()
    house.ask_for_link(email=None, phone=BY_SMS["phone"])
    letters = client.get(page(house) + "/kept.json").get_json()["letters"]
    assert ("Jeanne Exemple", "Ursula Voisine") in {(one["to"], one["booked_by"]) for one in letters}


def test_after_half_an_hour_it_is_closed(house: NotificationsHouse, client: FlaskClient) -> None:
    house.ask_for_link()
    assert client.get(page(house)).status_code == 200
    house.clock.pass_time(minutes=31)
    assert client.get(page(house)).status_code == 410
    house.ring()
    house.clock.pass_time(minutes=-31)
    assert client.get(page(house)).status_code == 410  # to whom it went is forgotten


@pytest.mark.parametrize("token", ["x", "é"])
def test_a_forged_link_opens_nothing(client: FlaskClient, token: str) -> None:
    assert client.get(f"/messages/my/{token}").status_code == 404


def test_who_said_stop_reads_it_and_not_whose_letter_came_back(house: NotificationsHouse, client: FlaskClient) -> None:
    house.announce()
    house.book("sam", **BY_SMS)
    house.send(sms=Post(name="http", script=[Refused("the number is not valid", Delivery.DEAD)]))
    house.ask_for_link(email=None, phone=BY_SMS["phone"])
    assert client.get(page(house) + "/kept.json").get_json()["said_stop"] is False
    receive_text(house.service, "http", "one", BY_SMS["phone"], "stop")
    house.ring()
    assert client.get(page(house) + "/kept.json").get_json()["said_stop"] is True
