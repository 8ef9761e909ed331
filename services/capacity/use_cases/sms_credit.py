"""Notifications tells how many SMS can still be sent; if these are few, the network's administrators are told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.capacity.domain.addresses import alerts_page
from services.capacity.domain.alerts import NoSuchAlert
from services.capacity.domain.sms_credit import Credit, heard
from services.capacity.domain.staff import Staff
from services.capacity.store import sms_credit as credit_store
from services.capacity.store import staff as staff_store
from shared.contracts.alert import Recipient
from shared.contracts.sms_credit import CreditAlert, SmsCredit
from shared.contracts.staff import StaffRole
from shared.messaging.service import Service, UnitOfWork
from shared.one_by_one import one_by_one


@dataclass(frozen=True, kw_only=True)
class SeenCredit:
    """A credit that is low, and the name of who is on it (None: nobody, or somebody who has left)."""

    credit: Credit
    answered_by: str | None


def hear_credit(work: UnitOfWork, messages: Sequence[SmsCredit], public_url: str) -> None:
    """Keep how it stands, and raise, ease or worsen its alert."""
    known = credit_store.lock(work.conn, {one.thing for one in messages})
    for message in sorted(messages, key=lambda one: one.thing):
        before = known.get(message.thing)
        after = heard(before, message, work.now)
        if after:
            _keep(work, before, after, public_url)


def answer_credit(work: UnitOfWork, staff: Staff, provider: str, public_url: str) -> None:
    """An administrator is on it. Raises NoSuchAlert, also to everybody else."""
    before = credit_store.lock(work.conn, [provider]).get(provider)
    if before is None or before.raised_at is None or staff.role is not StaffRole.ADMINISTRATOR:
        raise NoSuchAlert
    after = before.answered(staff.id, work.now)
    if after != before:
        _keep(work, before, after, public_url)


def remind_of_credit(service: Service, public_url: str) -> int:
    """Tell again what nobody has answered in time. Returns how many that were."""

    def remind(provider: str) -> int:
        with service.work() as work:
            before = credit_store.lock(work.conn, [provider]).get(provider)
            if before is None or before.escalates_at is None or before.escalates_at > work.now:
                return 0
            _keep(work, before, before.unanswered(work.now), public_url)
        return 1

    return one_by_one(lambda: _unanswered(service), remind)


def credits_seen(service: Service, staff: Staff) -> list[SeenCredit]:
    """What an administrator sees of credits that are low; nobody else sees any."""
    if staff.role is not StaffRole.ADMINISTRATOR:
        return []
    with service.read() as conn:
        low = credit_store.low(conn)
        people = {one.id: one.name for one in staff_store.administrators(conn)} if low else {}
    return [SeenCredit(credit=one, answered_by=people.get(one.answered_by or "")) for one in low]


def _unanswered(service: Service) -> list[str]:
    with service.read() as conn:
        return credit_store.unanswered(conn, service.clock.now(conn))


def _keep(work: UnitOfWork, before: Credit | None, after: Credit, public_url: str) -> None:
    after = replace(after, revision=work.next_revision(after.revision))
    credit_store.keep(work.conn, [after])
    raised_at = after.raised_at or (before.raised_at if before else None)
    if raised_at is None:
        return  # it never was low: there is nothing to tell
    people = staff_store.administrators(work.conn)
    work.say(
        CreditAlert(
            thing=after.provider,
            revision=after.revision,
            left=after.remaining,
            standing=after.awaits_an_answer,
            raised_at=raised_at,
            telling=max(1, after.telling),
            recipients=tuple(
                Recipient(name=one.name, email=one.email or "", language=one.language, staff=one.id) for one in people
            ),
            link=alerts_page(public_url),
        )
    )
