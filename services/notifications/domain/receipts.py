"""Delivery receipts: what a provider tells of a letter after it has taken it. Pure rules.

Receipts come late, twice, and in any order. A letter's fate only rises, from sent to delivered, returned, complained
of; so it ends the same, whatever came first. That a letter is late changes nothing, and is shown.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from services.notifications.domain.letter import DELAYED, Letter, LetterState

KNOWN_WITHIN = timedelta(hours=1)  # a receipt of a letter that we do not know by then is forgotten
IN_HANDS_FOR = timedelta(seconds=60)  # a sender that has spoken to a provider keeps what it said by then, or has died
LONGEST_PAUSE = timedelta(minutes=1)


class Delivery(StrEnum):
    """What a receipt tells. `returned`: this letter did not arrive; `dead`: nor will any other to that address."""

    DELAYED = "delayed"
    DELIVERED = "delivered"
    RETURNED = "returned"
    DEAD = "dead"
    COMPLAINED = "complained"


_BECOMES = {
    Delivery.DELIVERED: LetterState.DELIVERED,
    Delivery.RETURNED: LetterState.RETURNED,
    Delivery.DEAD: LetterState.RETURNED,
    Delivery.COMPLAINED: LetterState.COMPLAINED,
}
_RISING = [LetterState.SENT, LetterState.DELIVERED, LetterState.RETURNED, LetterState.COMPLAINED]


@dataclass(frozen=True, kw_only=True)
class DeliveryReceipt:
    """One receipt, as it came in (UTC). It names the letter as the provider does (`ref`), or as we do (`name`).

    `detail` is the provider's own short word for it, without personal data.
    """

    number: int
    provider: str
    ref: str
    name: str
    delivery: Delivery
    detail: str
    received_at: datetime


def is_early(letter: Letter, now: datetime) -> bool:
    """Whether the sender may still be about to keep what the provider said: then that comes first."""
    begun = letter.called_at or letter.taken_at
    return letter.state is LetterState.ATTEMPTING and begun is not None and now < begun + IN_HANDS_FOR


def told_by(receipt: DeliveryReceipt, letter: Letter) -> Letter:
    """The letter as it stands then; the same, if the receipt tells nothing new.

    It settles what became of an attempt of which nobody knew.
    """
    if not letter.attempts:  # it was never in anybody's hands
        return letter
    becomes, reason = _BECOMES.get(receipt.delivery), f"{receipt.delivery}: {receipt.detail}".rstrip(": ")
    if becomes is None:
        return replace(letter, reason=f"{DELAYED}: {receipt.detail}") if letter.state is LetterState.SENT else letter
    if letter.state in _RISING and _RISING.index(letter.state) >= _RISING.index(becomes):
        return letter
    return replace(letter, state=becomes, reason=None if becomes is LetterState.DELIVERED else reason)


def look_again_at(receipt: DeliveryReceipt, now: datetime) -> datetime | None:
    """When to look for its letter again; None once it is to be forgotten."""
    age = now - receipt.received_at
    if age >= KNOWN_WITHIN:
        return None
    return now + min(max(age, timedelta(seconds=1)), LONGEST_PAUSE)
