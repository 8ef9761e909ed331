"""The credit for SMS runs low: somebody is told, once, until it is topped up."""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from services.notifications.domain.credit import Credit, watch
from services.notifications.domain.letter import LetterKind, LetterState
from services.notifications.sender import Sender
from services.notifications.use_cases.look_at_credit import look_at_credit
from shared.messaging.bell import LocalBell
from tests.services.notifications.house import NotificationsHouse

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass
class Provider:
    """Tells one figure after the other."""

    figures: list[int | None] = field(default_factory=list)
    name: str = "brevo"

    def credit(self) -> int | None:
        return self.figures.pop(0)


def looks(house: NotificationsHouse, *figures: int | None) -> None:
    provider = Provider(list(figures))
    for _ in figures:
        look_at_credit(house.service, provider, low_below=100, email="bureau@example.org")
        house.clock.pass_time(hours=1)


def states(house: NotificationsHouse) -> list[LetterState]:
    return [LetterState(row.state) for row in house.rows(None) if row.kind == LetterKind.SMS_CREDIT]


@pytest.mark.parametrize(
    ("figures", "times"),
    [
        ([100, 500], 0),
        ([99], 1),
        ([99, 50, 0], 1),
        ([99, 101, 99, 109, 98], 1),  # around the limit it is one alert
        ([99, 110, 99], 2),
        ([99, None, 98], 1),
    ],
)
def test_it_is_told_once_each_time_that_it_runs_low(
    house: NotificationsHouse, figures: list[int | None], times: int
) -> None:
    looks(house, *figures)
    assert len(states(house)) == times


def test_the_letter_says_how_many_are_left_and_what_to_do(house: NotificationsHouse) -> None:
    looks(house, 42)
    house.send()
    (mail,) = house.mail()
    assert mail.address == "bureau@example.org"
    assert "42" in mail.subject
    assert "Brevo" in mail.text
    assert states(house) == [LetterState.SENT]


def test_once_it_is_topped_up_a_letter_that_has_not_left_is_dropped(house: NotificationsHouse) -> None:
    looks(house, 42, 5000)
    assert states(house) == [LetterState.DROPPED]
    assert house.send() == 0


def test_low_is_left_a_tenth_above() -> None:
    low = Credit(provider="brevo", remaining=5, told_at=NOW, low_since=NOW)
    told = [watch(low, Credit(provider="brevo", remaining=left, told_at=NOW), 100).low_since for left in (109, 110)]
    assert told == [NOW, None]


def test_the_sender_looks_when_it_has_nothing_to_send(house: NotificationsHouse) -> None:
    stop, looked = threading.Event(), []

    def look() -> None:
        looked.append(1)
        stop.set()

    Sender(house.sender(), LocalBell(), look).run(stop)
    assert looked == [1]
