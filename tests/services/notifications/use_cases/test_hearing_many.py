"""Many at once, and two at the same moment."""

import threading
from dataclasses import replace

import pytest
import sqlalchemy as sa

from services.notifications.domain.letter import LetterKind, LetterState
from services.notifications.store.tables import letter
from services.notifications.use_cases import send_due
from shared.contracts.message import Message
from shared.contracts.party import Party
from tests.services.notifications.house import CAMILLE, LUNCH, NotificationsHouse, ScriptedProvider

MANY = [replace(CAMILLE, thing=f"guest-{number:03d}") for number in range(200)]


def statements(house: NotificationsHouse, *messages: Message) -> int:
    """How many statements it takes to hear these."""
    count = 0

    def note(*_: object) -> None:
        nonlocal count
        count += 1

    engine = house.service.database.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        house.hear(*messages)
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    return count


def test_two_hundred_bookings_take_as_many_statements_as_one(house: NotificationsHouse) -> None:
    house.announce()
    one = statements(house, replace(CAMILLE, thing="one"))
    assert statements(house, *MANY) == one <= 12
    assert house.letters("guest-199") == {
        LetterKind.CONFIRMED: LetterState.DUE,
        LetterKind.REMINDER: LetterState.PLANNED,
    }


def test_a_meal_whose_seats_change_is_not_planned_anew(house: NotificationsHouse) -> None:
    house.hear(LUNCH)
    house.hear(*MANY)
    seats_only = statements(house, replace(LUNCH, revision=2, seats_left=3))
    moved = statements(house, replace(LUNCH, revision=3, cooking_starts=LUNCH.meal_starts))
    assert seats_only < moved


def test_letters_of_many_leave_in_few_steps(house: NotificationsHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send_due, "IN_DOUBT", 60.0)  # however slow the machine is
    house.announce()
    house.hear(*MANY[:50])
    provider, steps = ScriptedProvider(), 0
    sender = house.sender(email=provider)
    while sender.step():
        steps += 1
    assert steps == 4
    assert len(provider.received) == 50


@pytest.mark.parametrize("known_before", [False, True])
def test_a_booking_and_its_meal_that_arrive_together_never_miss_each_other(
    house: NotificationsHouse, known_before: bool
) -> None:
    for round_ in range(12):
        lunch = replace(LUNCH, thing=f"lunch-{round_}")
        booking = replace(CAMILLE, thing=f"guest-{round_}", sitting=lunch.thing, party=Party(eaters=1))
        if known_before:
            house.hear(replace(lunch, date=lunch.date.replace(day=26)))
            lunch = replace(lunch, revision=2)
        gate = threading.Barrier(2)

        def arrive(message: Message, gate: threading.Barrier = gate) -> None:
            gate.wait()
            house.hear(message)

        both = [threading.Thread(target=arrive, args=(message,)) for message in (lunch, booking)]
        for one in both:
            one.start()
        for one in both:
            one.join(timeout=30)
        assert house.letters(booking.thing)[LetterKind.CONFIRMED] is LetterState.DUE
        with house.service.read() as conn:
            waiting = letter.c.booking == booking.thing, letter.c.state == LetterState.PLANNED
            due_at = conn.execute(sa.select(letter.c.due_at).where(*waiting)).scalar_one()
        assert due_at.day == 26
