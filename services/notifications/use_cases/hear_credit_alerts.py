"""Capacity says who is to hear that few SMS can still be sent: by e-mail, for it is the SMS that may not leave."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from services.notifications.domain.letter import NOT_WANTED, Channel, Letter, LetterKind, LetterState
from services.notifications.store import credit, letters
from shared.contracts.alert import Recipient
from shared.contracts.sms_credit import CreditAlert
from shared.messaging.service import UnitOfWork

USEFUL_FOR = timedelta(days=2)


def hear_credit_alerts(work: UnitOfWork, alerts: Sequence[CreditAlert]) -> None:
    """One letter to each, for each time that it is told, though its letters be forgotten; none that waits, once
    somebody is on it.
    """
    for one in alerts:
        if one.standing:
            if credit.is_told(work.conn, one.thing, one.raised_at, one.telling):
                continue
            credit.keep_told(work.conn, one.thing, one.raised_at, one.telling)
            letters.write_once(work.conn, [_letter(work, one, person) for person in one.recipients])
        else:
            letters.drop_waiting_of(work.conn, _prefix(one), NOT_WANTED)


def _prefix(alert: CreditAlert) -> str:
    return f"credit-alert:{alert.thing}:"


def _letter(work: UnitOfWork, alert: CreditAlert, person: Recipient) -> Letter:
    who = sha256(person.email.encode()).hexdigest()[:16]
    return Letter(
        key=f"{_prefix(alert)}{alert.raised_at:%Y%m%dT%H%M%S}:{alert.telling}:{who}",
        kind=LetterKind.SMS_CREDIT,
        channel=Channel.EMAIL,
        state=LetterState.DUE,
        due_at=work.now,
        latest_at=work.now + USEFUL_FOR,
        correlation=work.correlation_of(alert.thing),
        facts={
            "name": person.name,
            "email": person.email,
            "language": person.language,
            "left": alert.left,
            "provider": alert.thing,
            "again": int(alert.telling > 1),
            "page": alert.link,
        },
    )
