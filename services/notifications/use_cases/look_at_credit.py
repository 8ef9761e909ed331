"""The SMS provider is asked how many SMS it will still send; if these are few, who tops it up is told, once.

The provider is asked with no transaction open. A letter that has not left when the credit is topped up is dropped.
"""

from datetime import timedelta

from services.notifications.domain.credit import Credit, watch
from services.notifications.domain.letter import NOT_WANTED, Channel, Letter, LetterKind, LetterState
from services.notifications.providers.provider import TellsCredit
from services.notifications.store import credit as credit_store
from services.notifications.store import letters
from shared.languages import DEFAULT
from shared.logs import get_logger
from shared.messaging.service import Service, UnitOfWork

log = get_logger(__name__)

USEFUL_FOR = timedelta(days=2)


def look_at_credit(service: Service, provider: TellsCredit, *, low_below: int, email: str) -> Credit | None:
    """Ask, and tell `email` if it is low. Returns the credit, or None if the provider does not tell now."""
    left = provider.credit()
    if left is None:
        return None
    with service.work() as work:
        before = credit_store.lock(work.conn, provider.name)
        told = Credit(provider=provider.name, remaining=left, told_at=work.now)
        now = watch(before, told, low_below)
        credit_store.keep(work.conn, now)
        if now.low_since:
            letters.write_once(work.conn, [_letter(work, now, email)])
        elif before and before.low_since:
            letters.drop_waiting(work.conn, _key(before), NOT_WANTED)
    if now.low_since:
        log.warning("The SMS credit is low.", provider=now.provider, left=now.remaining)
    return now


def _letter(work: UnitOfWork, one: Credit, email: str) -> Letter:
    return Letter(
        key=_key(one),
        kind=LetterKind.SMS_CREDIT,
        channel=Channel.EMAIL,
        state=LetterState.DUE,
        due_at=work.now,
        latest_at=work.now + USEFUL_FOR,
        facts={"email": email, "language": DEFAULT, "left": one.remaining, "provider": one.provider},
    )


def _key(one: Credit) -> str:
    """One for each time that it became low."""
    return f"credit:{one.provider}:{one.low_since:%Y%m%dT%H%M%S}"
