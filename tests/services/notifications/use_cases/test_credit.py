"""The credit for SMS runs low: somebody is told, once, until it is topped up."""

import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from services.notifications.bootstrap import _credit_watch, make_providers
from services.notifications.domain.credit import Credit, watch
from services.notifications.domain.letter import LetterKind, LetterState
from services.notifications.sender import Sender
from services.notifications.use_cases.look_at_credit import look_at_credit
from shared.contracts.alert import Recipient
from shared.contracts.sms_credit import CreditAlert, SmsCredit
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


@pytest.mark.parametrize("by_resay", [True, False])
def test_the_credit_of_a_provider_that_is_not_asked_any_more_is_not_low(
    house: NotificationsHouse, by_resay: bool
) -> None:
    """The house speaks to the recorder, which tells nothing."""
    looks(house, 42)
    if by_resay:
        house.parts.resay()
    else:
        _credit_watch(house.settings, house.service, make_providers(house.settings, house.service))()
    assert [one.low for one in house.said(SmsCredit)][-1] is False
    assert states(house) == [LetterState.DROPPED]


def test_what_was_told_is_not_told_again_once_its_letters_are_forgotten(house: NotificationsHouse) -> None:
    awa = Recipient(name="Awa", email="awa@example.org", language="fr", staff="awa")
    alert = CreditAlert(
        thing="brevo", revision=1, left=80, standing=True, raised_at=NOW, telling=4, recipients=(awa,), link="http://x/"
    )
    house.hear(alert)
    assert house.send() == 1
    house.clock.pass_time(days=400)
    house.ring()
    assert states(house) == []
    house.hear(replace(alert, revision=2))
    assert states(house) == []
    house.hear(replace(alert, revision=3, telling=5))
    assert states(house) == [LetterState.DUE]
    house.hear(replace(alert, revision=4, raised_at=house.clock.at, telling=1))
    assert len(states(house)) == 2


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
