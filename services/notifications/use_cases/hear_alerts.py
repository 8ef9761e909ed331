"""Alerts were heard of: keep how they stand, and plan who hears of each, how and when.

A letter, or a line of a digest, is for one person, one time that an alert was raised, and one severity: so an alert
that is said again is told again only if it has become worse. Whether it still stands is looked at when it is sent.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from services.notifications.domain.alerts import KnownAlert, known, next_digest, tell_at, way_of
from services.notifications.domain.letter import Channel, Letter, LetterKind, LetterState
from services.notifications.store import alerts as alert_store
from services.notifications.store import letters
from services.notifications.store.alerts import DigestLine
from shared.contracts.alert import CapacityAlert, Recipient, Way
from shared.messaging.service import UnitOfWork

USEFUL_FOR = timedelta(days=2)  # at most; the meal's start, once known, ends it too
DIGEST_USEFUL_FOR = timedelta(hours=12)
ANYWHERE = "UTC"  # an older capacity does not say where

Told = tuple[CapacityAlert, Recipient]


def hear_alerts(work: UnitOfWork, alerts: Sequence[CapacityAlert]) -> None:
    """One letter to each who is told at once, one line in the digest of each who is told once a day."""
    alert_store.keep(work.conn, [known(alert) for alert in alerts])
    told = [(alert, person) for alert in alerts if alert.standing for person in alert.recipients]
    letters.write_unless_told(work.conn, [_letter(work, *one) for one in told if _way(one) is not Way.DIGEST])
    daily = [one for one in told if _way(one) is Way.DIGEST]
    if daily:
        _put_into_digests(work, daily)


def _way(told: Told) -> Way:
    alert, person = told
    return way_of(person, alert.severity)


def _letter(work: UnitOfWork, alert: CapacityAlert, person: Recipient) -> Letter:
    due_at, one = tell_at(alert, work.now), known(alert)
    return Letter(
        key=f"alert:{one.thing}:{one.raised}:{one.severity}:{_who(person)}",
        kind=LetterKind.ALERT,
        sitting=alert.sitting,
        channel=Channel.SMS if _way((alert, person)) is Way.SMS else Channel.EMAIL,
        state=LetterState.PLANNED if due_at > work.now else LetterState.DUE,
        due_at=due_at,
        latest_at=due_at + USEFUL_FOR,
        correlation=work.correlation_of(alert.thing),
        facts={**_address(person), "alert": one.thing, "raised": one.raised, "severity": one.severity},
    )


def _put_into_digests(work: UnitOfWork, told: Sequence[Told]) -> None:
    """Into today's, or tomorrow's once today's has left: it is locked, so it cannot leave meanwhile."""
    today = {_who(person): _digest(work, alert, person) for alert, person in told}
    letters.write_once(work.conn, today.values())
    open_ones = letters.lock_waiting(work.conn, [one.key for one in today.values()])
    tomorrow = {
        _who(person): _digest(work, alert, person, after=1)
        for alert, person in told
        if today[_who(person)].key not in open_ones
    }
    letters.write_once(work.conn, tomorrow.values())
    digests = today | tomorrow
    alert_store.write_lines(work.conn, _lines(told, {who: letter.key for who, letter in digests.items()}))


def _lines(told: Iterable[Told], keys: dict[str, str]) -> set[DigestLine]:
    return set(_each_line(told, keys))


def _each_line(told: Iterable[Told], keys: dict[str, str]) -> Iterator[DigestLine]:
    for alert, person in told:
        one: KnownAlert = known(alert)
        yield DigestLine(_who(person), one.thing, one.raised, one.severity, keys[_who(person)])


def _digest(work: UnitOfWork, alert: CapacityAlert, person: Recipient, *, after: int = 0) -> Letter:
    zone = alert.quiet.zone if alert.quiet else ANYWHERE
    due_at = next_digest(person.wishes.digest_at, zone, work.now, after=after)
    return Letter(
        key=f"digest:{_who(person)}:{due_at.astimezone(ZoneInfo(zone)).date()}",
        kind=LetterKind.DIGEST,
        channel=Channel.EMAIL,
        state=LetterState.PLANNED,
        due_at=due_at,
        latest_at=due_at + DIGEST_USEFUL_FOR,
        correlation=work.correlation_of(alert.thing),
        facts=_address(person),
    )


def _address(person: Recipient) -> dict[str, str]:
    return {
        "name": person.name,
        "email": person.email,
        "phone": person.phone or "",
        "language": person.language,
        "staff": person.staff,
    }


def _who(person: Recipient) -> str:
    """Stands for a person in keys."""
    return sha256(person.email.encode()).hexdigest()[:16]
