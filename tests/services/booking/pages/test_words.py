"""How a party is said."""

import pytest
from flask import Flask

from services.booking.pages import words
from shared.contracts.party import Party
from tests.services.booking.house import BookingHouse


@pytest.fixture
def app(house: BookingHouse) -> Flask:
    return house.parts.make_web()


@pytest.mark.parametrize(
    ("party", "english", "french"),
    [
        (Party(eaters=1), "1 person", "1 personne"),
        (Party(cooks=1), "1 person, who also cooks", "1 personne, qui vient aussi cuisiner"),
        (Party(cooks=2), "2 people, all cooking", "2 personnes, toutes en cuisine"),
        (Party(cooks=1, eaters=1), "2 people, 1 cooking", "2 personnes, dont 1 en cuisine"),
        (
            Party(cooks=2, eaters=1, children=1),
            "4 people, 2 cooking, 1 child",
            "4 personnes, dont 2 en cuisine, dont 1 enfant",
        ),
    ],
)
def test_a_party_is_said_as_people_say_it(app: Flask, party: Party, english: str, french: str) -> None:
    for code, said in (("en", english), ("fr", french)):
        with app.test_request_context(headers={"Accept-Language": code}):
            app.preprocess_request()
            assert words.party(party).replace("\N{NO-BREAK SPACE}", " ") == said
