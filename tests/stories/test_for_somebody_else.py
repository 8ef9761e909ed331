"""A neighbour books for Jeanne: whom the letters go to, what they say, and that nothing of the neighbour stays."""

from typing import Any

import sqlalchemy as sa

from services.booking.domain.contact import way_of
from services.booking.domain.staff import Staff
from services.booking.domain.wish import wish_of
from services.booking.use_cases.book import book
from services.booking.use_cases.calls import look_at_calls
from services.booking.use_cases.cancel import cancel
from services.booking.use_cases.erase import erase
from shared.contracts.booking import BookingStatus
from shared.contracts.staff import StaffRole
from shared.links import Links
from tests.stories.agree import differences
from tests.stories.house import House
from tests.stories.residents import lunch, outcome_of, voice
from tests.stories.test_as_the_guest_likes import post

SAMIRA = Staff(id="samira", name="Samira", role=StaffRole.ADMINISTRATOR, cantines=())


def books_for_jeanne(house: House, sitting: str, *, contact_is: str, email: str = "", phone: str = "") -> str:
    typed: dict[str, Any] = {"people": 1, "cooks": 0, "children": 0, "language": "fr", "languages": ["fr"], "sms": True}
    wish = wish_of(
        name="Jeanne Exemple", email=email, phone=phone, proxy_name="Ursula Voisine", contact_is=contact_is, **typed
    )
    made = book(house["booking"].service, voice(house), sitting, wish).id
    house.settle()
    return made


def kept_anywhere(house: House) -> str:
    said = []
    for name in ("booking", "capacity", "notifications"):
        part = house[name]
        with part.service.read() as conn:
            said += [
                str(tuple(row)) for table in part.metadata.tables.values() for row in conn.execute(sa.select(table))
            ]
    return "\n".join(said)


def test_jeanne_is_written_to_and_reads_first_who_booked_and_how_to_refuse(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    jeanne = books_for_jeanne(house, sitting, contact_is="guest", email="jeanne@example.org")
    ((channel, text, invited),) = post(house)
    assert channel == "email" and invited and "Bonjour Jeanne Exemple" in text
    assert "Ursula Voisine a réservé pour vous" in text and "sans motif" in text
    assert outcome_of(house, jeanne).status is BookingStatus.CONFIRMED
    assert differences(house) == []


def test_by_sms_too(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    books_for_jeanne(house, sitting, contact_is="guest", phone="06 39 98 00 42")
    ((channel, text, _calendar),) = post(house)
    assert channel == "sms" and "pour vous par Ursula V." in text


def test_if_the_neighbour_cancels_jeanne_does_not_read_that_she_did(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    jeanne = books_for_jeanne(house, sitting, contact_is="guest", email="jeanne@example.org")
    post(house)
    cancel(house["booking"].service, voice(house), jeanne)
    house.settle()
    _channel, text, _calendar = post(house)[-1]
    assert "est annulée : par vous, ou par Ursula Voisine, qui avait réservé pour vous" in " ".join(text.split())
    assert "Vous avez annulé" not in text and "Annulez-la" not in text


def test_without_a_contact_of_her_own_the_neighbour_is_written_to_for_her(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    books_for_jeanne(house, sitting, contact_is="proxy", email="ursula@example.org")
    ((channel, text, invited),) = post(house)
    assert channel == "email" and "Bonjour Ursula Voisine" in text
    assert "la réservation que vous avez faite pour Jeanne Exemple" in text
    assert invited is None, "the meal is not the neighbour's"


def test_with_a_landline_she_is_called_and_nobody_is_written_to(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    jeanne = books_for_jeanne(house, sitting, contact_is="guest", phone="04 72 00 12 34")
    assert post(house) == []
    part = house["booking"]
    calls, _now = look_at_calls(part.service, Links(part.settings.secret_keys), SAMIRA, sms=True)
    assert [(call.booking.id, call.booking.proxy and call.booking.proxy.name) for call in calls] == [
        (jeanne, "Ursula Voisine")
    ]


def test_who_was_booked_for_is_forgotten_on_request_and_who_booked_with_them(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    books_for_jeanne(house, sitting, contact_is="guest", email="jeanne@example.org")
    post(house)
    part = house["booking"]
    way = way_of("jeanne@example.org", language="fr", sms=True)
    erase(part.service, Links(part.settings.secret_keys), voice(house), way)
    house.settle()
    for word in ("Ursula", "Jeanne", "jeanne@"):
        assert word not in kept_anywhere(house)
    assert differences(house) == []


def test_ninety_days_later_nobody_knows_who_booked(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    for contact_is in ("guest", "proxy"):
        books_for_jeanne(house, sitting, contact_is=contact_is, email=f"{contact_is}@example.org")
    post(house)
    assert "Ursula" in kept_anywhere(house)
    house.let_time_pass(days=95)
    for word in ("Ursula", "Jeanne", "proxy@", "guest@"):
        assert word not in kept_anywhere(house)
    assert differences(house) == []
