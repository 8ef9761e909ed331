"""Residents ask for seats: decide a whole batch in one transaction, and answer every one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from services.capacity.domain.claims import Claim
from services.capacity.domain.history import THE_GUESTS
from services.capacity.domain.places import nowhere
from services.capacity.domain.seating import decide
from services.capacity.domain.sittings import PlannedSitting
from services.capacity.store import claims as claim_store
from services.capacity.store import sittings as sitting_store
from services.capacity.use_cases.conclude import Changed, conclude
from services.capacity.use_cases.line import log_promotions, with_the_line
from services.capacity.use_cases.quotas import Quotas
from shared.contracts.seats import SeatsRequest
from shared.messaging.service import UnitOfWork
from shared.purge import is_forgotten


class SittingExchanged(Exception):
    """A booking never changes its sitting: it is cancelled and made anew."""


def answer_requests(work: UnitOfWork, requests: Sequence[SeatsRequest], public_url: str) -> None:
    """Apply requests in order of arrival; those about a meal of long ago are ignored. Raises SittingExchanged."""
    sittings = sitting_store.lock(work.conn, sorted({one.sitting for one in requests}))
    requests = [one for one in requests if not _is_forgotten(sittings.get(one.sitting), work.now)]
    asked = {sitting: list(_of(requests, sitting)) for sitting in sorted({one.sitting for one in requests})}
    claims = claim_store.lock(work.conn, {one.thing for one in requests})
    _make_sure_of_sittings(claims, requests)
    related = claim_store.of_groups(work.conn, list(_groups(requests, claims, sittings)))
    lines = {
        sitting: with_the_line(
            work.conn,
            sittings[sitting].seating if sitting in sittings else nowhere(sitting, work.now),
            [claim for claim in claims if claim.sitting == sitting],
            work.now,
        )
        for sitting in asked
    }
    known = [sittings[sitting] for sitting in asked if sitting in sittings]
    quotas = Quotas(work.conn, [(one, _kinds(asked[one.id], lines[one.id])) for one in known])
    changed: list[Changed] = []
    answers: list[Claim] = []
    for sitting, theirs in asked.items():
        planned = quotas.allowed(sittings[sitting]) if sitting in sittings else None
        before = planned.seating if planned else nowhere(sitting, work.now)
        group = [claim for claim in related if claim.sitting == sitting]
        decision = decide(before, lines[sitting], theirs, work.now, group)
        log_promotions(decision)
        answers += decision.answers
        if planned and decision.sitting != before:
            after = replace(planned, seating=decision.sitting, watch=planned.watch.without(decision.passed))
            quotas.note(after)
            changed.append((planned, after))
    conclude(work, changed, answers, public_url, THE_GUESTS)


def _of(requests: Sequence[SeatsRequest], sitting: str) -> Iterator[SeatsRequest]:
    return (one for one in requests if one.sitting == sitting)


def _kinds(requests: Sequence[SeatsRequest], line: Sequence[Claim]) -> Iterator[str | None]:
    """Of which kinds the bookings are to which seats may go."""
    yield from (one.allotment for one in requests)
    yield from (claim.kind for claim in line)


def _groups(
    requests: Sequence[SeatsRequest], claims: Sequence[Claim], sittings: Mapping[str, PlannedSitting]
) -> Iterator[claim_store.Group]:
    """The groups that matter: those of a sitting that has a cap for them.

    A request that names none stays with the group that its claim is known to have.
    """
    known = {claim.booking: (claim.group, claim.kind) for claim in claims}
    for one in requests:
        planned = sittings.get(one.sitting)
        if planned is None or planned.seating.kitchen.group_cap is None:
            continue
        group, kind = known.get(one.thing, (None, None))
        contact, partner = one.group or group, planned.seating.kitchen.partner(one.allotment or kind)
        if contact or partner:
            yield claim_store.Group(sitting=one.sitting, contact=contact, partner=partner.id if partner else None)


def _is_forgotten(planned: PlannedSitting | None, now: datetime) -> bool:
    return planned is not None and is_forgotten(planned.starts_at, now)


def _make_sure_of_sittings(claims: Sequence[Claim], requests: Sequence[SeatsRequest]) -> None:
    sittings = {one.thing: one.sitting for one in requests}
    for claim in claims:
        if claim.sitting != sittings[claim.booking]:
            raise SittingExchanged
