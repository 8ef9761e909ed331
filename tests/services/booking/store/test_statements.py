"""How many questions the database is asked: it decides how many bookings a second a machine takes."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from services.booking.domain.once import once
from shared.contracts.seats import Standing
from tests.services.booking.house import TWO, BookingHouse


@contextmanager
def counted(house: BookingHouse) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement.split("\n", maxsplit=1)[0])

    engine = house.service.database.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    yield statements
    sa.event.remove(engine, "before_cursor_execute", note)


def business(statements: list[str]) -> list[str]:
    return [statement for statement in statements if not statement.startswith("BEGIN")]


def test_accepting_a_booking_takes_four_statements(house: BookingHouse) -> None:
    house.announce()
    with counted(house) as statements:
        house.book(once=once("form", "a-token"))
    assert len(business(statements)) == 4, statements  # key, meal, booking, outbox


def test_a_batch_of_answers_takes_as_many_as_one(house: BookingHouse) -> None:
    house.announce()
    many = [house.book() for _ in range(50)]
    one, *rest = [house.answer(made, Standing.HELD, TWO) for made in many]
    with counted(house) as for_one:
        house.hear(one)
    with counted(house) as for_many:
        house.hear(*rest)
    assert len(for_many) == len(for_one) <= 8
