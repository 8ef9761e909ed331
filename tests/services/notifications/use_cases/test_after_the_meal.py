"""A word on the day after the meal: when it leaves, what stops it, and that it is one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from typing import Any

import pytest

from services.notifications.domain.letter import NOT_WANTED, TOO_LATE, UNKNOWN_OUTCOME, LetterKind, LetterState
from services.notifications.domain.sending import Unknown
from services.notifications.providers.smtp import compose
from services.notifications.use_cases.reach import change_contact
from shared.contracts.booking import Attended, BookingStatus
from shared.contracts.sitting import SittingStatus
from tests.services.notifications.conftest import LINKS
from tests.services.notifications.house import BY_SMS, CANTINE, STARTS_AT, NotificationsHouse, ScriptedProvider

THANKS, MISSED = LetterKind.THANKS, LetterKind.MISSED
PLANNED, DUE, SENT, DROPPED = LetterState.PLANNED, LetterState.DUE, LetterState.SENT, LetterState.DROPPED
NIGHT = STARTS_AT + timedelta(hours=12)  # after the Friday's lunch: 0:30 in Paris
TEN = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)  # Saturday, in Paris


@pytest.fixture
def over(house: NotificationsHouse) -> NotificationsHouse:
    """The night after the meal."""
    house.announce(cantine=replace(CANTINE, thanks=True))
    house.book()
    while house.send():
        pass
    house.clock.at = NIGHT
    return house


def after(house: NotificationsHouse, attended: Attended | None, **changes: Any) -> None:
    """Booking says who came; it is no news."""
    house.book(attended=attended, news=1, **changes)


def at_ten(house: NotificationsHouse) -> None:
    house.clock.at = TEN
    house.ring()
    house.send()


@pytest.mark.parametrize(
    ("attended", "kind", "words"),
    [(Attended.CAME, THANKS, "Merci d’être venu·e"), (Attended.ABSENT, MISSED, "Vous nous avez manqué")],
)
def test_a_word_leaves_at_ten_on_the_day_after(
    over: NotificationsHouse, attended: Attended, kind: LetterKind, words: str
) -> None:
    after(over, attended)
    over.send()
    assert (over.letters()[kind], over.row(kind).due_at) == (PLANNED, TEN)
    at_ten(over)
    assert over.letters()[kind] is SENT and words in over.mail()[-1].subject
    after(over, attended, by_sms=True)
    over.send()
    assert [words in one.subject for one in over.mail()].count(True) == 1


def test_an_absence_that_is_corrected_in_time_is_never_told(over: NotificationsHouse) -> None:
    after(over, Attended.ABSENT)
    after(over, Attended.CAME)
    at_ten(over)
    assert (over.letters()[MISSED], over.letters()[THANKS]) == (DROPPED, SENT)
    assert over.row(MISSED).reason == NOT_WANTED


def test_one_that_is_corrected_too_late_is_not_told_twice(over: NotificationsHouse) -> None:
    after(over, Attended.ABSENT)
    at_ten(over)
    after(over, Attended.CAME)
    assert over.letters()[MISSED] is SENT and THANKS not in over.letters()


@pytest.mark.parametrize(
    "changes",
    [{"attended": None}, {"quiet": True}, {"status": BookingStatus.CANCELLED}],
    ids=["no longer wished", "quiet", "gone"],
)
def test_what_is_no_longer_wished_is_dropped(over: NotificationsHouse, changes: dict[str, Any]) -> None:
    after(over, Attended.CAME)
    over.book(**{"attended": Attended.CAME, "news": 1, **changes})
    at_ten(over)
    assert over.letters()[THANKS] is DROPPED


@pytest.mark.parametrize(
    "changes", [{"cantine": CANTINE}, {"status": SittingStatus.CANCELLED}], ids=["off", "cancelled"]
)
def test_where_the_cantine_changes_its_mind_it_is_dropped(over: NotificationsHouse, changes: dict[str, Any]) -> None:
    after(over, Attended.CAME)
    over.announce(**changes)
    at_ten(over)
    assert over.letters()[THANKS] is DROPPED


def test_by_sms_it_waits_for_monday_and_nobody_who_said_stop_gets_it(over: NotificationsHouse) -> None:
    over.announce(starts_at=STARTS_AT + timedelta(days=1), date=date(2026, 11, 28))
    over.clock.at = NIGHT + timedelta(days=1)
    over.book("odile", attended=Attended.CAME, **BY_SMS)
    assert over.row(THANKS, "odile").due_at == datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    with over.service.work() as work:
        change_contact(work, LINKS, BY_SMS["phone"], lambda one: replace(one, opted_out=True))
    over.clock.at = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    over.ring()
    over.send()
    assert over.letters("odile")[THANKS] is DROPPED


def test_by_sms_it_does_not_leave_in_the_evening_to_which_it_was_held_up(over: NotificationsHouse) -> None:
    after(over, Attended.CAME, by_sms=True)
    over.clock.at = TEN
    over.ring()
    over.clock.at = datetime(2026, 11, 28, 19, 30, tzinfo=UTC)
    over.send()
    assert (over.letters()[THANKS], over.row(THANKS).due_at) == (PLANNED, datetime(2026, 11, 30, 7, 0, tzinfo=UTC))
    over.clock.at = TEN + timedelta(days=3, seconds=1)
    over.ring()
    over.send()
    assert (over.letters()[THANKS], over.row(THANKS).reason) == (DROPPED, TOO_LATE)


def test_one_that_may_have_arrived_is_not_sent_again(over: NotificationsHouse) -> None:
    after(over, Attended.CAME)
    over.clock.at = TEN
    over.ring()
    over.send(email=ScriptedProvider(script=[Unknown("time-out")]))
    assert over.letters()[THANKS] is LetterState.FAILED
    assert over.row(THANKS).reason.startswith(UNKNOWN_OUTCOME)


def test_its_e_mail_can_be_ended_with_one_click_and_its_sms_is_a_solicitation(over: NotificationsHouse) -> None:
    post, phone = ScriptedProvider(), ScriptedProvider()
    after(over, Attended.CAME)
    over.book("other", attended=Attended.CAME, news=1, **BY_SMS)
    over.clock.at = TEN
    over.ring()
    while over.send(email=post, sms=phone):
        pass
    (letter,), (text,) = post.received, phone.received
    headers = message_from_bytes(compose(letter, "post@example.org", letter.to))
    assert "/messages/unsubscribe/" in headers["List-Unsubscribe"]
    assert letter.solicitation and text.solicitation
    assert headers["List-Unsubscribe"].strip("<>") in letter.text


@pytest.mark.parametrize(
    ("day", "zone", "at"),
    [
        (date(2026, 3, 28), "Europe/Paris", datetime(2026, 3, 29, 8, 0, tzinfo=UTC)),  # the night with 2:00 to 3:00
        (date(2026, 10, 24), "Europe/Paris", datetime(2026, 10, 25, 9, 0, tzinfo=UTC)),  # the night with 3:00 to 2:00
        (date(2026, 10, 24), "Indian/Reunion", datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),
        (date(2026, 10, 24), "Asia/Kolkata", datetime(2026, 10, 25, 4, 30, tzinfo=UTC)),
    ],
)
def test_ten_is_as_the_canteens_clock_shows_it(house: NotificationsHouse, day: date, zone: str, at: datetime) -> None:
    starts_at = at - timedelta(hours=22)
    house.clock.at = starts_at - timedelta(days=2)
    house.announce(cantine=replace(CANTINE, thanks=True, zone=zone), date=day, starts_at=starts_at)
    house.book()
    house.clock.at = starts_at + timedelta(hours=14)
    after(house, Attended.CAME)
    assert house.row(THANKS).due_at == at
