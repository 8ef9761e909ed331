"""From the click in the form to the letter: one correlation id, and what is told to whom."""

import sqlalchemy as sa

from services.capacity.domain.history import Author
from services.capacity.use_cases.cancel_sitting import cancel_sitting
from shared.contracts.party import Party
from tests.stories.house import House
from tests.stories.residents import call_off, letters, lunch, reserve, rows


def letter_table(house: House) -> sa.Table:
    return house["notifications"].metadata.tables["letter"]


def test_the_correlation_id_travels_from_the_click_to_the_letter(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    client = house["booking"].make_web().test_client()
    answer = client.post(
        "/api/v1/bookings",
        json={"sitting": sitting, "party": {"people": 2}, "name": "Jeanne", "email": "jeanne@example.org"},
    )
    assert answer.status_code == 202
    house.settle()
    (letter,) = rows(house, "notifications", letter_table(house))[:1]
    assert letter.correlation == answer.headers["X-Request-ID"]


def test_a_confirmed_guest_is_told_at_once_and_reminded_the_day_before(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    reserve(house, sitting, Party(eaters=2))
    house.settle()
    told = {row.kind: row for row in rows(house, "notifications", letter_table(house))}
    assert told["confirmed"].due_at == house.clock.at
    assert told["reminder"].due_at.isoformat() == "2026-11-26T15:00:00+00:00"  # 16:00 in Lyon


def test_a_guest_who_cancels_is_not_reminded(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    jeanne = reserve(house, sitting, Party(eaters=2))
    house.settle()
    call_off(house, jeanne)
    house.settle()
    assert ("reminder", "dropped") in letters(house)


def test_every_guest_of_a_cancelled_meal_is_told_once(house: House) -> None:
    sitting = lunch(house)
    house.settle()
    for name in ("Jeanne", "Paul", "Awa"):
        reserve(house, sitting, Party(eaters=1), name=name)
    house.settle()
    with house["capacity"].service.work() as work:
        cancel_sitting(work, sitting, "", Author(name="Camille"))
    house.settle()
    live = [kind for kind, state in letters(house) if state != "dropped"]
    assert live == ["cancelled_by_cantine"] * 3
