"""Letters leave, are refused, stay in the air; senders die and databases go away."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from services.notifications.domain.letter import LetterKind, LetterState
from services.notifications.domain.sending import NotNow, Outcome, Outgoing, Refused, Unknown
from services.notifications.domain.taken import Taken
from services.notifications.store.tables import letter
from services.notifications.use_cases import send_due
from services.notifications.use_cases.send_due import SendDue, take
from shared.contracts.booking import BookingStatus
from shared.messaging.service import UnitOfWork
from tests.services.notifications.conftest import LINKS
from tests.services.notifications.house import BY_SMS, REMINDER_AT, NotificationsHouse, ScriptedProvider

CONFIRMED, REMINDER = LetterKind.CONFIRMED, LetterKind.REMINDER
DUE, ATTEMPTING, SENT = LetterState.DUE, LetterState.ATTEMPTING, LetterState.SENT


@pytest.fixture
def provider() -> ScriptedProvider:
    return ScriptedProvider()


@pytest.fixture
def booked(house: NotificationsHouse) -> Iterator[NotificationsHouse]:
    """Camille has booked; the confirmation is due, the reminder planned."""
    house.announce()
    house.book()
    yield house


def _at_the_reminder(house: NotificationsHouse) -> None:
    house.send()
    house.clock.at = REMINDER_AT
    house.ring()


def test_a_sent_letter_keeps_the_providers_reference(booked: NotificationsHouse, provider: ScriptedProvider) -> None:
    booked.send(email=provider)
    row = booked.row(CONFIRMED)
    assert (row.state, row.provider, row.provider_ref, row.attempts) == (SENT, "scripted", "ref-1", 1)
    assert row.sent_at == booked.clock.at
    assert booked.send(email=provider) == 0


def test_what_was_not_taken_is_tried_again_later_with_the_same_key(
    booked: NotificationsHouse, provider: ScriptedProvider
) -> None:
    provider.script = [NotNow("SMTP 450"), NotNow("SMTP 450")]
    for wait in (5, 15, 0):
        assert booked.send(email=provider) == 1
        assert booked.send(email=provider) == 0
        booked.clock.pass_time(seconds=wait)
    assert booked.row(CONFIRMED).state == SENT
    assert len({outgoing.key for outgoing in provider.received}) == 1
    assert len(provider.received) == 3


def test_what_is_refused_for_good_is_told_to_the_operator(
    booked: NotificationsHouse, provider: ScriptedProvider
) -> None:
    provider.script = [Refused("SMTP 550 for the recipient")]
    booked.send(email=provider)
    row = booked.row(CONFIRMED)
    assert (row.state, row.reason) == (LetterState.FAILED, "SMTP 550 for the recipient")


@pytest.mark.parametrize("trouble", [Unknown("time-out"), RuntimeError("about camille@example.org")])
def test_a_confirmation_of_unknown_fate_is_repeated(
    booked: NotificationsHouse, provider: ScriptedProvider, trouble: Outcome | Exception
) -> None:
    provider.script = [trouble]
    booked.send(email=provider)
    assert booked.letters()[CONFIRMED] is DUE
    assert "camille" not in booked.row(CONFIRMED).reason
    booked.clock.pass_time(seconds=5)
    booked.send(email=provider)
    assert booked.letters()[CONFIRMED] is SENT


def test_a_reminder_of_unknown_fate_is_not_repeated(booked: NotificationsHouse, provider: ScriptedProvider) -> None:
    _at_the_reminder(booked)
    provider.script = [Unknown("time-out")]
    booked.send(email=provider)
    row = booked.row(REMINDER)
    assert (row.state, row.reason) == (LetterState.FAILED, "unknown outcome: time-out")


def test_a_letter_that_cannot_be_written_does_not_stop_the_others(
    booked: NotificationsHouse, provider: ScriptedProvider
) -> None:
    with booked.service.work() as work:
        work.conn.execute(sa.update(letter).where(letter.c.kind == CONFIRMED).values(kind="sign_in", booking=None))
    booked.book("sam")
    booked.send(email=provider)
    assert booked.letters("sam")[CONFIRMED] is SENT
    assert [row.reason for row in booked.rows(None)] == ["it cannot be written: KeyError"]


def test_who_has_a_telephone_only_gets_an_sms_or_the_operator_is_told(
    house: NotificationsHouse, provider: ScriptedProvider
) -> None:
    house.announce()
    house.book(**BY_SMS)
    house.send(email=provider)
    assert house.row(CONFIRMED).reason == "no provider for sms"
    house.book("sam", **BY_SMS)
    house.send(sms=provider)
    assert [outgoing.to for outgoing in provider.received] == [BY_SMS["phone"]]


def test_a_sender_that_died_before_calling_leaves_the_letter_to_another(
    booked: NotificationsHouse, provider: ScriptedProvider
) -> None:
    _at_the_reminder(booked)
    with booked.service.work() as work:
        taken, _dropped = take(work, LINKS, 10, {})
    assert len(taken) == 1
    booked.clock.pass_time(seconds=61)
    booked.ring()
    booked.send(email=provider)
    assert booked.letters()[REMINDER] is SENT
    assert booked.row(REMINDER).attempts == 1


def test_a_step_holds_no_more_letters_than_leave_in_a_moment(
    house: NotificationsHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.announce()
    for number in range(60):
        house.book(f"guest-{number:02d}")
    swift, slow = house.sender(email=ScriptedProvider()), house.sender(email=ScriptedProvider())
    monkeypatch.setattr(send_due, "IN_DOUBT", 60.0)  # five letters leave within, on any machine
    assert [swift.step(), swift.step() > send_due.FIRST] == [send_due.FIRST, True]
    monkeypatch.setattr(send_due, "IN_DOUBT", 0.0)
    assert [slow.step(), slow.step()] == [send_due.FIRST, 1]


@pytest.mark.parametrize(("kind", "becomes"), [(CONFIRMED, DUE), (REMINDER, LetterState.FAILED)])
def test_a_sender_that_died_while_calling_leaves_it_unknown(
    booked: NotificationsHouse, kind: LetterKind, becomes: LetterState
) -> None:
    if kind is REMINDER:
        _at_the_reminder(booked)
    with pytest.raises(KeyboardInterrupt):
        booked.send(email=Killed())
    assert booked.letters()[kind] is ATTEMPTING
    booked.clock.pass_time(seconds=59)
    booked.ring()
    assert booked.letters()[kind] is ATTEMPTING
    booked.clock.pass_time(seconds=2)
    booked.ring()
    assert booked.letters()[kind] is becomes
    assert "its sender went silent" in booked.row(kind).reason


def test_where_the_provider_sends_a_key_once_even_a_reminder_is_repeated(booked: NotificationsHouse) -> None:
    _at_the_reminder(booked)
    with pytest.raises(KeyboardInterrupt):
        booked.send(email=Killed(name="recorder"))
    booked.clock.pass_time(seconds=61)
    booked.ring()
    booked.clock.pass_time(seconds=5)
    booked.send()
    assert booked.letters()[REMINDER] is SENT
    assert len(booked.mail()) == 2


def test_a_sender_that_was_only_slow_still_tells_what_became_of_it(booked: NotificationsHouse) -> None:
    class Slow(ScriptedProvider):
        def send(self, outgoing: Outgoing) -> Outcome:
            booked.clock.pass_time(seconds=61)
            booked.ring()
            assert booked.letters()[CONFIRMED] is DUE
            return super().send(outgoing)

    booked.send(email=Slow())
    assert booked.letters()[CONFIRMED] is SENT


def test_a_reminder_that_another_sender_has_taken_meanwhile_is_left_to_it(
    booked: NotificationsHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = ScriptedProvider()
    _at_the_reminder(booked)

    def taken_over(work: UnitOfWork, *args: Any) -> tuple[list[Taken], int]:
        mine, dropped = take(work, *args)
        for one in mine:  # a minute passes, and the letter is given to somebody else
            late = work.now + timedelta(minutes=2)
            work.conn.execute(sa.update(letter).where(letter.c.key == one.letter.key).values(taken_at=late))
        return mine, dropped

    monkeypatch.setattr(send_due, "take", taken_over)
    booked.send(email=other)
    assert other.received == []
    assert booked.letters()[REMINDER] is ATTEMPTING


def test_letters_that_nobody_wants_any_more_are_given_up_without_a_pause(
    house: NotificationsHouse, provider: ScriptedProvider
) -> None:
    house.announce()
    guests = [f"guest-{number:02d}" for number in range(3 * send_due.FIRST)]
    for guest in guests:
        house.book(guest)
    house.clock.pass_time(days=30)  # nobody sent anything, and the meal is over
    _drain(house.sender(email=provider))
    assert provider.received == []
    assert {house.letters(guest)[CONFIRMED] for guest in guests} == {LetterState.DROPPED}


def test_a_batch_that_takes_too_long_gives_the_rest_back(
    booked: NotificationsHouse, provider: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    booked.book("sam")
    booked.book("ada")
    monkeypatch.setattr(send_due, "HOLD_FOR", 0.0)
    booked.send(email=provider)
    states = [booked.letters(who)[CONFIRMED] for who in ("camille", "sam", "ada")]
    assert provider.received == []
    assert states == [DUE] * 3


def test_told_to_stop_it_gives_back_what_it_has_not_begun(
    booked: NotificationsHouse, provider: ScriptedProvider
) -> None:
    stop = threading.Event()
    stop.set()
    booked.sender(email=provider).step(stop)
    assert booked.letters()[CONFIRMED] is DUE


def test_the_outcome_waits_for_a_database_that_is_away(
    booked: NotificationsHouse, provider: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = booked.sender(email=provider)
    keep = sender._keep
    troubles = iter([sa.exc.TimeoutError(), sa.exc.TimeoutError()])

    def keep_when_back(*args: object) -> None:
        for trouble in troubles:
            raise trouble
        keep(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(sender, "_keep", keep_when_back)
    monkeypatch.setattr(send_due, "PAUSES", (0.0, 0.0, 0.0))
    sender.step()
    assert booked.letters()[CONFIRMED] is SENT
    assert len(provider.received) == 1


def test_no_transaction_is_open_while_the_provider_is_called(booked: NotificationsHouse) -> None:
    class Looking(ScriptedProvider):
        def send(self, outgoing: Outgoing) -> Outcome:
            assert booked.service.database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
            assert booked.letters()[CONFIRMED] is ATTEMPTING
            return super().send(outgoing)

    booked.send(email=Looking())
    assert booked.letters()[CONFIRMED] is SENT


def test_two_senders_never_send_the_same_letter(house: NotificationsHouse, provider: ScriptedProvider) -> None:
    house.announce()
    for number in range(60):
        house.book(f"guest-{number:02d}")
    both = [threading.Thread(target=_drain, args=(house.sender(email=provider),)) for _ in range(2)]
    for sender in both:
        sender.start()
    for sender in both:
        sender.join(timeout=60)
    keys = [outgoing.key for outgoing in provider.received]
    assert len(keys) == len(set(keys)) == 60


def test_the_log_follows_the_booking_and_names_nobody(booked: NotificationsHouse, provider: ScriptedProvider) -> None:
    with capture_logs() as logs:
        booked.send(email=provider)
    (line,) = logs
    assert line["event"] == "A letter was handed over."
    assert line["state"] == SENT
    assert "camille" not in str(line)


def test_who_cancels_while_the_letter_is_on_its_way_gets_both(booked: NotificationsHouse) -> None:
    class Cancelling(ScriptedProvider):
        def send(self, outgoing: Outgoing) -> Outcome:
            if "confirmed" in outgoing.key:
                booked.book(status=BookingStatus.CANCELLED)
            return super().send(outgoing)

    provider = Cancelling()
    booked.send(email=provider)
    booked.send(email=provider)
    assert booked.letters()[CONFIRMED] is SENT
    assert booked.letters()[LetterKind.CANCELLED_BY_GUEST] is SENT


class Killed(ScriptedProvider):
    """Its process is killed in the middle of a call."""

    def send(self, outgoing: Outgoing) -> Outcome:
        raise KeyboardInterrupt


def _drain(sender: SendDue) -> None:
    while sender.step():
        pass
