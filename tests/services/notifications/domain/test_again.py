"""Which letters may be sent again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.notifications.domain.again import MOST, OF_A_BOOKING, WITHOUT_A_BOOKING, Refusal, again, refusal
from services.notifications.domain.letter import NO_WAY, NOT_WANTED, Channel, Letter, LetterKind, LetterState
from services.notifications.domain.masking import masked
from tests.services.notifications.domain.facts import BOOKING, SITTING

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
TOLD = Letter(
    key="camille:confirmed:1",
    kind=LetterKind.CONFIRMED,
    booking="camille",
    sitting="lunch",
    channel=Channel.EMAIL,
    state=LetterState.SENT,
    due_at=NOW,
    latest_at=SITTING.starts_at,
    starts_at=SITTING.starts_at,
)
SECOND = again(TOLD, 1, "nora", NOW, Channel.EMAIL)


@pytest.mark.parametrize(
    ("letter", "why_not"),
    [
        (TOLD, None),
        (replace(TOLD, state=LetterState.FAILED, reason="SMTP 550"), None),
        (replace(TOLD, state=LetterState.DUE), Refusal.ON_ITS_WAY),
        (replace(TOLD, state=LetterState.ATTEMPTING), Refusal.ON_ITS_WAY),
        (replace(TOLD, latest_at=NOW - timedelta(seconds=1)), Refusal.TOO_LATE),
        (replace(TOLD, state=LetterState.DROPPED, reason=NOT_WANTED), Refusal.NO_LONGER_TRUE),
        (replace(TOLD, key="camille:confirmed:0"), Refusal.NO_LONGER_TRUE),
        (replace(TOLD, kind=LetterKind.WAITLISTED, key="camille:waitlisted:1"), Refusal.NO_LONGER_TRUE),
        (replace(TOLD, kind=LetterKind.CANCELLED_BY_CANTINE), Refusal.NO_LONGER_TRUE),
        (replace(TOLD, kind=LetterKind.REMINDER), None),
        (replace(TOLD, kind=LetterKind.REMINDER, starts_at=NOW), Refusal.NO_LONGER_TRUE),
        (replace(TOLD, kind=LetterKind.COOK_CALL), Refusal.ONCE_ONLY),
        (SECOND, Refusal.ONCE_ONLY),
        (replace(TOLD, kind=LetterKind.USUAL_PAUSED, booking=None), None),
        (replace(TOLD, kind=LetterKind.HOST_MESSAGE, state=LetterState.FAILED, reason=NO_WAY), Refusal.NO_WAY),
    ],
)
def test_only_what_is_true_useful_and_not_on_its_way(letter: Letter, why_not: Refusal | None) -> None:
    assert refusal(letter, [], BOOKING, SITTING, NOW) is why_not


def test_who_cannot_be_written_to_is_called() -> None:
    assert refusal(TOLD, [], replace(BOOKING, email=None, phone=None), SITTING, NOW) is Refusal.NO_WAY
    assert refusal(TOLD, [], None, None, NOW) is Refusal.NO_LONGER_TRUE


def test_it_is_not_sent_again_and_again() -> None:
    assert refusal(TOLD, [SECOND], BOOKING, SITTING, NOW) is Refusal.ON_ITS_WAY
    sent = [replace(SECOND, state=LetterState.SENT)] * MOST
    assert refusal(TOLD, sent[1:], BOOKING, SITTING, NOW) is None
    assert refusal(TOLD, sent, BOOKING, SITTING, NOW) is Refusal.OFTEN_ENOUGH


def test_solicitations_secrets_and_alerts_are_never_sent_again() -> None:
    assert set(LetterKind) - OF_A_BOOKING - WITHOUT_A_BOOKING >= {
        LetterKind.COOK_CALL,
        LetterKind.SIGN_IN,
        LetterKind.GUEST_LINK,
        LetterKind.ALERT,
        LetterKind.DIGEST,
        LetterKind.SMS_CREDIT,
    }


@pytest.mark.parametrize(
    ("address", "shown"), [("camille@example.org", "c…@example.org"), ("+33639980042", "…42"), ("x", "…x"), ("", "…")]
)
def test_addresses_are_masked(address: str, shown: str) -> None:
    assert masked(address) == shown
