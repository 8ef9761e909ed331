"""Letters to staff: an alert to each who is told, a link to sign in. Each is written once, whatever is heard again."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from services.notifications.domain.letter import Channel, Letter, LetterKind, LetterState
from services.notifications.store import letters
from shared.contracts.alert import AlertKind, CapacityAlert, Recipient
from shared.contracts.sign_in import SignInLink
from shared.messaging.service import UnitOfWork

ALERT_USEFUL_FOR = timedelta(days=2)  # at most; the meal's start, once known, ends it too
_KINDS = {AlertKind.SITTING_FULL: LetterKind.ALERT_FULL}


def hear_alerts(work: UnitOfWork, alerts: Sequence[CapacityAlert]) -> None:
    """One e-mail to each recipient of each alert."""
    letters.write_once(work.conn, [_alert(work, alert, who) for alert in alerts for who in alert.recipients])


def hear_sign_in_links(work: UnitOfWork, links: Sequence[SignInLink]) -> None:
    """One e-mail for each request."""
    letters.write_once(work.conn, [_sign_in(work, link) for link in links])


def _alert(work: UnitOfWork, alert: CapacityAlert, recipient: Recipient) -> Letter:
    return Letter(
        key=f"alert:{alert.thing}:{sha256(recipient.email.encode()).hexdigest()[:16]}",
        kind=_KINDS[alert.alert],
        sitting=alert.sitting,
        channel=Channel.EMAIL,
        state=LetterState.DUE,
        due_at=work.now,
        latest_at=work.now + ALERT_USEFUL_FOR,
        correlation=work.correlation_of(alert.thing),
        facts={
            "name": recipient.name,
            "email": recipient.email,
            "language": recipient.language,
            "link": alert.link,
            "covers": alert.covers,
            "cooks": alert.cooks,
            "waitlist_length": alert.waitlist_length,
        },
    )


def _sign_in(work: UnitOfWork, link: SignInLink) -> Letter:
    return Letter(
        key=f"sign-in:{link.thing}",
        kind=LetterKind.SIGN_IN,
        channel=Channel.EMAIL,
        state=LetterState.DUE,
        due_at=work.now,
        latest_at=link.valid_until,
        correlation=work.correlation_of(link.thing),
        facts={"name": link.name, "email": link.email, "language": link.language, "link": link.link},
    )
