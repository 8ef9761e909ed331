"""Delivery receipts: what a letter's fate becomes, in whatever order they come, and which way is tried instead."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.contacts import ContactRecord, came_back, said_start, said_stop, tried_again
from services.notifications.domain.letter import DELAYED, UNKNOWN_OUTCOME, Channel, Letter, LetterKind, LetterState
from services.notifications.domain.other_way import other_way, unread_since
from services.notifications.domain.receipts import (
    KNOWN_WITHIN,
    Delivery,
    DeliveryReceipt,
    is_early,
    look_again_at,
    told_by,
)
from tests.services.notifications.domain.facts import BOOKING, SITTING

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TOLD = Letter(
    key=f"{BOOKING.id}:confirmed:{BOOKING.news}",
    kind=LetterKind.CONFIRMED,
    booking=BOOKING.id,
    sitting=SITTING.id,
    channel=Channel.EMAIL,
    state=LetterState.SENT,
    due_at=NOW,
    latest_at=SITTING.starts_at,
    starts_at=SITTING.starts_at,
    taken_at=NOW,
    attempts=1,
)
LOST_EMAIL = replace(BOOKING, lost=frozenset({Channel.EMAIL}))
SENT, DELIVERED, RETURNED = LetterState.SENT, LetterState.DELIVERED, LetterState.RETURNED


def receipt(delivery: Delivery, **changes: object) -> DeliveryReceipt:
    one = DeliveryReceipt(
        number=1, provider="smtp", ref="", name="x", delivery=delivery, detail="5.1.1", received_at=NOW
    )
    return replace(one, **changes)  # type: ignore[arg-type]


def after(letter: Letter, deliveries: Sequence[Delivery]) -> Letter:
    for one in deliveries:
        letter = told_by(receipt(one), letter)
    return letter


@pytest.mark.parametrize(
    ("delivery", "state", "reason"),
    [
        (Delivery.DELAYED, SENT, f"{DELAYED}: 5.1.1"),
        (Delivery.DELIVERED, DELIVERED, None),
        (Delivery.RETURNED, RETURNED, "returned: 5.1.1"),
        (Delivery.DEAD, RETURNED, "dead: 5.1.1"),
        (Delivery.COMPLAINED, LetterState.COMPLAINED, "complained: 5.1.1"),
    ],
)
def test_what_a_receipt_tells(delivery: Delivery, state: LetterState, reason: str | None) -> None:
    told = told_by(receipt(delivery), TOLD)
    assert (told.state, told.reason) == (state, reason)


def test_a_letter_that_is_late_and_arrives_was_not_late() -> None:
    assert after(TOLD, [Delivery.DELAYED, Delivery.DELIVERED]) == replace(TOLD, state=DELIVERED)
    assert after(TOLD, [Delivery.DELIVERED, Delivery.DELAYED]) == replace(TOLD, state=DELIVERED)


@given(st.lists(st.sampled_from(Delivery), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_receipts_end_the_same_in_any_order_and_however_often(told: list[Delivery], chance: object) -> None:
    shuffled = [*told, *told]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert after(TOLD, told).state is after(TOLD, shuffled).state


@pytest.mark.parametrize("state", [LetterState.DUE, LetterState.FAILED, LetterState.DROPPED, LetterState.ATTEMPTING])
def test_a_receipt_settles_an_attempt_of_which_nobody_knew(state: LetterState) -> None:
    unknown = replace(TOLD, state=state, reason=f"{UNKNOWN_OUTCOME}: time-out")
    assert told_by(receipt(Delivery.DELIVERED), unknown) == replace(TOLD, state=DELIVERED)
    never_taken = replace(unknown, attempts=0)
    assert told_by(receipt(Delivery.DELIVERED), never_taken) == never_taken


def test_what_the_sender_is_about_to_keep_comes_first() -> None:
    taken = replace(TOLD, state=LetterState.ATTEMPTING)
    assert is_early(taken, NOW + timedelta(seconds=30))
    assert not is_early(taken, NOW + timedelta(seconds=61)), "the sender has died"
    assert not is_early(TOLD, NOW)


def test_a_receipt_of_an_unknown_letter_is_looked_at_again_for_an_hour() -> None:
    at, looks = NOW, 0
    while (again := look_again_at(receipt(Delivery.DELIVERED), at)) is not None:
        assert again > at
        at, looks = again, looks + 1
    assert NOW + KNOWN_WITHIN <= at < NOW + KNOWN_WITHIN + timedelta(minutes=1)
    assert looks < 100


def test_a_letter_that_comes_back_goes_another_way_once() -> None:
    other = other_way(TOLD, LOST_EMAIL, SITTING, NOW)
    assert other
    assert (other.channel, other.state, other.again_of, other.attempts) == (Channel.SMS, LetterState.DUE, TOLD.key, 0)
    assert other_way(other, replace(BOOKING, lost=frozenset({Channel.SMS})), SITTING, NOW) is None


def test_nobodys_telephone_rings_at_night_because_an_e_mail_came_back() -> None:
    night = datetime(2026, 11, 25, 1, tzinfo=UTC)
    other = other_way(TOLD, LOST_EMAIL, SITTING, night)
    assert other and (other.state, other.due_at.hour) == (LetterState.PLANNED, 7), "8:00 in Paris"
    ends_soon = replace(TOLD, latest_at=night + timedelta(hours=1))
    at_once = other_way(ends_soon, LOST_EMAIL, SITTING, night)
    assert at_once and (at_once.state, at_once.due_at) == (LetterState.DUE, night)


@pytest.mark.parametrize(
    ("letter", "reader", "at"),
    [
        (TOLD, replace(LOST_EMAIL, phone=None), NOW),
        (TOLD, replace(BOOKING, lost=frozenset(Channel)), NOW),
        (TOLD, LOST_EMAIL, SITTING.starts_at + timedelta(seconds=1)),
        (replace(TOLD, latest_at=NOW - timedelta(seconds=1)), LOST_EMAIL, NOW),
        (TOLD, replace(LOST_EMAIL, news=BOOKING.news + 1), NOW),
        (replace(TOLD, kind=LetterKind.MORNING, channel=Channel.SMS), LOST_EMAIL, NOW),
        (replace(TOLD, kind=LetterKind.COOK_CALL, booking=None, person="ada"), None, NOW),
        (replace(TOLD, kind=LetterKind.SIGN_IN, booking=None, facts={"email": "a@example.org"}), None, NOW),
    ],
)
def test_what_has_no_other_way_or_no_use_goes_nowhere(letter: Letter, reader: object, at: datetime) -> None:
    assert other_way(letter, reader, SITTING, at) is None  # type: ignore[arg-type]


def test_an_alert_that_no_telephone_took_goes_by_e_mail() -> None:
    facts = {"phone": "+33639980001", "email": "ana@example.org"}
    alert = replace(TOLD, kind=LetterKind.ALERT, booking=None, channel=Channel.SMS, facts=facts)
    other = other_way(alert, None, SITTING, NOW)
    assert other and other.channel is Channel.EMAIL


REVISION = int(NOW.timestamp()) * 1_000_000
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("kind", "taken_at", "since"),
    [
        (LetterKind.CONFIRMED, NOW + timedelta(minutes=1), NOW - MOMENT),
        (LetterKind.MOVED, NOW + timedelta(days=1), NOW - MOMENT),
        (
            LetterKind.REMINDER,
            datetime(2026, 11, 26, 15, 2, tzinfo=UTC),
            datetime(2026, 11, 26, 15, tzinfo=UTC) - MOMENT,
        ),
        (LetterKind.REMINDER, NOW + timedelta(days=1), NOW + timedelta(days=1) - MOMENT),
        (LetterKind.MORNING, NOW + timedelta(days=3), NOW + timedelta(days=3)),
        (LetterKind.HOST_MESSAGE, NOW + timedelta(days=1), NOW + timedelta(days=1)),
    ],
)
def test_what_was_read_before_is_not_said_by_telephone(kind: LetterKind, taken_at: datetime, since: datetime) -> None:
    letter, reader = replace(TOLD, kind=kind, taken_at=taken_at), replace(BOOKING, news=REVISION)
    assert unread_since(letter, reader, SITTING) == since
    assert unread_since(letter, None, None) == taken_at


SINCE, LATER = NOW, NOW + timedelta(days=3)


@given(st.permutations([(SINCE, LATER), (SINCE + timedelta(hours=1), NOW + timedelta(days=1)), (LATER, LATER)]))
def test_an_address_is_as_silent_in_whatever_order_letters_came_back(told: list[tuple[datetime, datetime]]) -> None:
    one = ContactRecord(mark="x")
    for since, until in (*told, *told):
        one = came_back(one, since, until)
    assert (one.lost, one.unread_since, one.silent_until) == (True, SINCE, LATER)
    assert not tried_again(one).lost and not said_start(one).lost


def test_stop_outlasts_what_came_back() -> None:
    stopped = said_stop(came_back(ContactRecord(mark="x"), SINCE, LATER), LATER)
    assert stopped.unread_since == SINCE, "what came back was not read either"
    assert tried_again(stopped).lost and not said_start(stopped).lost
    ever = replace(ContactRecord(mark="x"), opted_out=True)
    assert came_back(ever, SINCE, LATER).unread_since is None
