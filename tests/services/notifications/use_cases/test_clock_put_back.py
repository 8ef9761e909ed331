"""The clock of the database was an hour ahead and is put right: no letter that is under way waits for an hour."""

import pytest

from services.notifications.domain.letter import LetterKind, LetterState
from tests.services.notifications.house import NotificationsHouse
from tests.services.notifications.use_cases.test_sending import Killed

CONFIRMED = LetterKind.CONFIRMED


def test_a_letter_that_was_due_is_sent(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    house.clock.pass_time(hours=-1)
    house.send()
    assert house.letters()[CONFIRMED] is LetterState.SENT


def test_a_letter_in_the_hands_of_a_sender_that_died_is_given_back(house: NotificationsHouse) -> None:
    house.announce()
    house.book()
    with pytest.raises(KeyboardInterrupt):
        house.send(email=Killed())
    house.clock.pass_time(hours=-1)
    house.ring()
    assert house.letters()[CONFIRMED] is LetterState.DUE
