"""The SMS provider is asked how many SMS it will still send. If these are few, capacity is told, which knows the
network's administrators; and who tops it up without an account here is written to, once.

The provider is asked with no transaction open. A letter that has not left when the credit is topped up is dropped.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta

from services.notifications.domain.credit import Credit, watch
from services.notifications.domain.letter import NOT_WANTED, Channel, Letter, LetterKind, LetterState
from services.notifications.providers.provider import TellsCredit
from services.notifications.store import credit as credit_store
from services.notifications.store import letters
from shared.contracts.sms_credit import SmsCredit
from shared.languages import DEFAULT
from shared.logs import get_logger
from shared.messaging.service import Service, UnitOfWork

log = get_logger(__name__)

USEFUL_FOR = timedelta(days=2)


def look_at_credit(service: Service, provider: TellsCredit, *, low_below: int, email: str = "") -> Credit | None:
    """Ask, and tell of it if it is low. Returns the credit, or None if the provider does not tell now."""
    left = provider.credit()
    if left is None:
        return None
    with service.work() as work:
        before = credit_store.lock(work.conn, provider.name)
        told = Credit(provider=provider.name, remaining=left, told_at=work.now)
        now = watch(before, told, low_below)
        if now.low_since or before is None or before.low_since:
            now = _say(work, now, low_below)
        credit_store.keep(work.conn, now)
        if now.low_since and email:
            letters.write_once(work.conn, [_letter(work, now, email)])
        elif before and before.low_since and not now.low_since:
            letters.drop_waiting(work.conn, _key(before), NOT_WANTED)
    if now.low_since:
        log.warning("The SMS credit is low.", provider=now.provider, left=now.remaining)
    return now


def end_unwatched(service: Service, watched: Collection[str], low_below: int) -> int:
    """The credit of a provider that nobody asks any more is not low: it was replaced, or the setting was taken out.
    Returns how many that ended.
    """
    with service.work() as work:
        over = [one for one in credit_store.some(work.conn) if one.low_since and one.provider not in watched]
        for one in over:
            credit_store.keep(work.conn, _say(work, replace(one, low_since=None), low_below))
            letters.drop_waiting(work.conn, _key(one), NOT_WANTED)
    return len(over)


def say_all_credits(service: Service, low_below: int) -> int:
    """Say again of all providers how their credit stands. Returns how many."""
    with service.work() as work:
        known = credit_store.some(work.conn)
        for one in known:
            credit_store.keep(work.conn, _say(work, one, low_below))
    return len(known)


def say_credits_above(work: UnitOfWork, kept: Mapping[str, int], low_below: int) -> None:
    """Capacity keeps higher revisions of these than we have: go above them and say them again."""
    for one in credit_store.some(work.conn, kept):
        raised = replace(one, revision=max(one.revision, kept[one.provider]))
        credit_store.keep(work.conn, _say(work, raised, low_below))


def _say(work: UnitOfWork, one: Credit, low_below: int) -> Credit:
    one = replace(one, revision=work.next_revision(one.revision))
    is_low, is_scarce = one.low_since is not None, one.is_scarce(low_below)
    work.say(SmsCredit(thing=one.provider, revision=one.revision, left=one.remaining, low=is_low, scarce=is_scarce))
    return one


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
